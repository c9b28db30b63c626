import type { LoaderFunctionArgs } from '@remix-run/node'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { makeKeyringFile } from '#app/domain/ledger/keyring.server.ts'
import { paths } from '#app/paths.ts'
import { statementsOf } from '#tests/bench/captured.ts'
import { test } from '#tests/support/database.ts'
import { testKeyring } from '#tests/support/keyring.ts'

type Loader = (arrived: LoaderFunctionArgs) => Promise<unknown>

/** Each list's page with the table its rows come from. The hour, the marketplace and a figure beside the list are asked for apart. */
const LISTS: [name: string, address: string, from: RegExp, load: () => Promise<{ loader: unknown }>][] = [
  ['the list of services', paths.catalogue(), /from "?listings\b/, () => import('#app/routes/public/catalogue.tsx')],
  ['the list of services, searched', paths.catalogue({ q: '水土', after: 'R10' }), /from "?listings\b/, () => import('#app/routes/public/catalogue.tsx')],
  ['approval items', paths.approvalItems(), /from "?approval_items\b/, () => import('#app/routes/public/approval-items.tsx')],
  ['tenders', paths.tenders(), /from "?tenders\b/, () => import('#app/routes/public/tenders.tsx')],
  ['results', paths.results(), /from "?tenders\b/, () => import('#app/routes/public/results.tsx')],
  ['agencies', paths.agencies(), /from "?agencies\b/, () => import('#app/routes/public/agencies.tsx')],
  ['the ledger', paths.ledger(), /from "?ledger_entries\b/, () => import('#app/routes/public/ledger.tsx')],
]
const MOST_BESIDE = 3

const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan-routes-'))

beforeAll(() => makeKeyringFile(path.join(dataDir, 'keyring.json'), testKeyring()))
afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }))

test.for(LISTS)('the rows of %s come by one query', async ([, address, from, load], { database }) => {
  vi.stubEnv('DATABASE_URL', database.url)
  vi.stubEnv('DATA_DIR', dataDir)
  const { theServices, closeServices } = await import('#app/http/services.server.ts')
  const { loader } = (await load()) as { loader: Loader }
  const context = { traceId: '0'.repeat(32), ip: '127.0.0.1', nonce: '' }
  const ask = () => loader({ request: new Request(`http://localhost${address}`), context, params: {} })
  try {
    const statements = await statementsOf(theServices().db, ask)
    const sent = statements.map(({ sql }) => sql)
    expect(sent.filter((sql) => from.test(sql))).toHaveLength(1)
    expect(sent.length - 1, sent.join('; ')).toBeLessThanOrEqual(MOST_BESIDE)
  } finally {
    await closeServices()
    vi.unstubAllEnvs()
  }
})
