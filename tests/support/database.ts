import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import pg from 'pg'
import { inject, test as base } from 'vitest'
import { VISITOR, type Actor } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { connect } from '#db/client.ts'
import { clockAt, type TestClock } from './clock.ts'
import { testKeyring } from './keyring.ts'

export { clockAt, type TestClock } from './clock.ts'
export { testKeyring } from './keyring.ts'

/** A database of one's own: migrated, with reference data and catalogue, dropped afterwards. */
export type TestDatabase = {
  name: string
  /** For a process that is started by the test; it acts with the web's rights. */
  url: string
  ownerUrl: string
  /** The rights that the web has; what a verb cannot do with them it cannot do at all. */
  app: Knex
  /** The sequencer's rights. */
  ledger: Knex
  reader: Knex
  /** May do anything: to arrange what no verb can, and to look. */
  owner: Knex
}

export type TestContext = Context & { clock: TestClock }
export type MakeContext = (actor?: Actor, options?: { clock?: TestClock; traceId?: string }) => TestContext

/** Clones a template, the migrated one unless another is named. Whoever calls it outside a fixture drops it too. */
export async function makeDatabase(template = inject('cluster')?.template): Promise<TestDatabase & { drop: () => Promise<void> }> {
  const cluster = inject('cluster')
  if (!cluster) throw new Error('A test with a database belongs into tests/db, tests/search, tests/routes, tests/site, tests/e2e or tests/faults.')
  const name = `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  // Files are copied at a quarter of what a copy through the log costs; nothing waits for the disk here.
  await administer(cluster.superUrl, `create database ${name} template ${template} owner mingdan_owner strategy file_copy`)
  const url = (from: string) => from.replace(/DATABASE$/, name)
  const pools = new Map<string, Knex>()
  const pool = (role: 'app' | 'ledger' | 'reader' | 'owner') => {
    const open = pools.get(role) ?? connect(url(role === 'owner' ? cluster.ownerUrl : cluster.webUrl), role, { most: 5 })
    pools.set(role, open)
    return open
  }
  return {
    name,
    url: url(cluster.webUrl),
    ownerUrl: url(cluster.ownerUrl),
    get app() { return pool('app') },
    get ledger() { return pool('ledger') },
    get reader() { return pool('reader') },
    get owner() { return pool('owner') },
    drop: async () => {
      await Promise.all([...pools.values()].map((open) => open.destroy()))
      await administer(cluster.superUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

let administrator: Promise<pg.Client> | undefined

/** One connection for all databases that a worker makes: to open another for each takes as long as a test of few rows. */
async function administer(url: string, statement: string): Promise<void> {
  administrator ??= connected(url.replace(/DATABASE$/, 'postgres'))
  await (await administrator).query(statement)
}

async function connected(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  client.on('error', () => (administrator = undefined))
  await client.connect()
  const { unref } = client as unknown as { unref: () => void }
  unref.call(client)
  return client
}

function contextOf(database: TestDatabase, clock: TestClock): MakeContext {
  return (actor = VISITOR, options = {}) => ({
    db: database.app,
    actor,
    clock: options.clock ?? clock,
    keyring: testKeyring(),
    traceId: options.traceId ?? '0'.repeat(31) + '1',
  })
}

/** One database for the whole file: its tests see one another's rows, so each makes its own organisations. */
export const test = base
  .extend('database', { scope: 'file' }, async ({}, { onCleanup }) => {
    const database = await makeDatabase()
    onCleanup(database.drop)
    return database as TestDatabase
  })
  .extend('db', { scope: 'file' }, ({ database }) => database.app)
  .extend('clock', () => clockAt())
  .extend('context', ({ database, clock }) => contextOf(database, clock))

/** A database for every test, where one counts rows or needs an empty ledger. */
export const testApart = base
  .extend('database', async ({}, { onCleanup }) => {
    const database = await makeDatabase()
    onCleanup(database.drop)
    return database as TestDatabase
  })
  .extend('db', ({ database }) => database.app)
  .extend('clock', () => clockAt())
  .extend('context', ({ database, clock }) => contextOf(database, clock))
