import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { AppLoadContext } from '@remix-run/node'
import type { Knex } from 'knex'
import { readConfig } from '#app/config.server.ts'
import { grantToken } from '#app/domain/accounts/access-token.server.ts'
import { makeApiClient } from '#app/domain/accounts/make-api-client.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Clock } from '#app/domain/context.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { paths } from '#app/paths.ts'
import { connect } from '#db/client.ts'
import { keepDemo } from '#db/seeds/demo.ts'
import { authority } from '#tests/support/factories.ts'
import { anyOf, encode, freshOf, statementsOf } from './captured.ts'
import { FILLED_CODES, fillDecisions, fillListings, PAST_DECISIONS } from './filling.ts'
import type { Ground } from './ground.ts'
import type { Load } from './pairs.ts'

const DECISIONS_BEFORE = 10_000
const SITE = 'http://127.0.0.1'

export type ReadyGuard = { request: NonNullable<Load['request']>; scriptFile: string; statements: number; decisionsBefore: number }

/**
 * Fills the demo, asks the guard twice in this process to learn the statements that one decision takes, and puts
 * decisions on record, so that the measured ones do not meet an empty table.
 *
 * @param full years of lists and decisions (filling.ts) instead of ten thousand decisions; each demand is then for another service
 */
export async function readyGuard({ dataDir, ownerUrl, asSuper }: Ground, env: Record<string, string>, { full = false } = {}): Promise<ReadyGuard> {
  Object.assign(process.env, { ...env, DEMO_SCALE: '0' })
  await keepDemo(readConfig())
  const { theServices, closeServices } = await import('#app/http/services.server.ts')
  const owner = connect(ownerUrl, 'owner', { most: 1 })
  try {
    const { db } = theServices()
    const { id, ...wanted } = await anyStatutory(owner)
    if (full) await asSuper((client) => fillListings(client, id))
    const demanded = full ? { ...wanted, item: FILLED_CODES[0]! } : wanted
    const system = await openCaseSystem(owner, theServices())
    const call = callOf(await system.ask(), demanded)
    let answer = ''
    const statements = await statementsOf(db, async () => void (answer = await askInProcess(call)))
    const again = await statementsOf(db, () => askInProcess(call))
    const items = full ? FILLED_CODES : [demanded.item]
    const scriptFile = path.join(dataDir, 'guard-statements.json')
    fs.writeFileSync(scriptFile, JSON.stringify({ statements: encode(statements), fresh: freshOf(statements, again), item: demanded.item, items, answer }))
    if (full) await asSuper(fillDecisions)
    else await putOnRecord(owner, DECISIONS_BEFORE)
    // Filling may outlast a token.
    const measured = callOf(await system.ask(), demanded)
    const setupRequest = <R extends Sent>(request: R): R => withNewKey({ ...request, body: measured.body.replace(demanded.item, anyOf(items)) })
    return { request: { ...measured, setupRequest }, scriptFile, statements: statements.length, decisionsBefore: full ? PAST_DECISIONS : DECISIONS_BEFORE }
  } finally {
    await owner.destroy()
    await closeServices()
  }
}

type Asking = { authority: string; token: string }
type Call = { method: string; headers: Record<string, string>; body: string }
type Sent = { headers?: Record<string, string> }

/** An authority of its own with a client, so that nothing here hangs on the demo's story. Each asking takes a new token. */
async function openCaseSystem(owner: Knex, context: { db: Knex; clock: Clock; keyring: Keyring }): Promise<{ ask: () => Promise<Asking> }> {
  const member = await authority(owner)
  const secret = randomUUID()
  const id = 'bench'
  await makeApiClient(context, { id, secret, name: 'bench', organisationId: member.organisationId, scopes: ['guard:decide'] })
  return {
    async ask() {
      const grant = await grantToken(context, { id, secret, scopes: null })
      if ('fault' in grant) throw new Error(`No token: ${grant.fault}`)
      return { authority: member.uscc!, token: grant.accessToken }
    },
  }
}

async function anyStatutory(db: Knex): Promise<{ id: string; item: string; approvalItem: string }> {
  const row = await db('listings').where({ nature: 'statutory' }).whereNull('in_force_until').whereRaw('cardinality(approval_items) > 0').orderBy('code').first()
  if (!row) throw new Error('The list holds no statutory service with an approval item.')
  return { id: row.id, item: row.code, approvalItem: row.approval_items[0] }
}

/** A demand for a listed service by its code: what a case system sends while an officer waits. */
function callOf({ authority, token }: Asking, { item, approvalItem }: { item: string; approvalItem: string }): Call {
  const demand = { caseNumber: 'BENCH-2026-000001', projectCode: null, authority, approvalItem, demanded: { item }, commissioner: 'applicant', namedAgency: null, demandedOn: dayOf(new Date()) }
  return { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify(demand) }
}

/** No answer is a replay: every request brings a key of its own. */
function withNewKey<R extends Sent>(request: R): R {
  return { ...request, headers: { ...request.headers, 'idempotency-key': randomUUID() } }
}

/** Calls the product's own route as its server would, in this process, where the pool can be listened to. */
async function askInProcess(call: Call): Promise<string> {
  const { action } = await import('#app/routes/api/decisions.ts')
  const context: AppLoadContext = { traceId: '0'.repeat(32), ip: '127.0.0.1', nonce: '' }
  const request = new Request(SITE + paths.api.decisions(), withNewKey(call))
  const answer = await action({ request, context, params: {} })
  const text = await answer.text()
  if (answer.status !== 201) throw new Error(`The guard answered ${answer.status}: ${text}`)
  return text
}

/** Copies of the decision just made, each with its ledger entry, as rows; nothing waits to be sequenced. */
async function putOnRecord(db: Knex, count: number): Promise<void> {
  await db.raw(
    `with model as (select d.*, e.body from guard_decisions d join ledger_entries e on e.id = d.ledger_entry_id order by d.ordinal desc limit 1),
          copies as (select gen_random_uuid() as decision, gen_random_uuid() as entry from generate_series(1, :count)),
          entries as (
            insert into ledger_entries (id, kind, subject, division_code, body, leaf_hash, at, recorded_at, trace_id)
            select entry, 'demand.decided', cast(decision as text), division_code, body, sha256(uuid_send(entry)), decided_at, decided_at, repeat('0', 32) from copies, model
          )
     insert into guard_decisions (id, division_code, authority_id, case_number, project_code, approval_item, listing_id, demanded_on, verdict, reasons, document, ledger_entry_id, decided_at)
     select decision, division_code, authority_id, case_number, project_code, approval_item, listing_id, demanded_on, verdict, reasons, document, entry, decided_at from copies, model`,
    { count },
  )
  await db.raw('analyze')
}
