import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Knex } from 'knex'
import { expect } from 'vitest'
import type { Client, Member } from '#app/domain/accounts/actor.ts'
import { openCase } from '#app/domain/guard/keep-case.server.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import { canonical, sha256 } from '#app/domain/ledger/canonical.ts'
import { verifyObject } from '#app/domain/ledger/keyring.ts'
import { databaseClock } from '#db/client.ts'
import { testKeyring, testApart as test } from '#tests/support/database.ts'
import { authority, listed, makeProjectCode, owner } from '#tests/support/factories.ts'
import { aListing } from '#tests/domain/guard/given.ts'

const say = () => ({ text: '理由', source: '依据' })

const unlisted = 'TEST-01'
const given = { id: randomUUID(), code: 'TEST-01', name: '试验事项编制' }

function aClient(of: Member): Client {
  return { kind: 'client', clientId: `client-${of.organisationId}`, organisationId: of.organisationId, uscc: of.uscc!, divisionCode: of.divisionCode, scopes: ['guard:decide', 'guard:validate', 'guard:read'] }
}

async function registerClient(db: Knex, client: Client): Promise<Client> {
  await db('api_clients').insert({ id: client.clientId, name: client.clientId, secret_hash: 'none', organisation_id: client.organisationId, scopes: client.scopes, created_at: new Date('2026-01-05T00:00:00Z') })
  return client
}

function aDemand(by: { uscc: string | null }, more: Record<string, unknown> = {}) {
  return DemandInput.parse({ caseNumber: 'AJ-1', projectCode: null, authority: by.uscc, approvalItem: 'A01', demanded: { item: unlisted }, commissioner: 'applicant', namedAgency: null, demandedOn: '2026-11-20', ...more })
}

const countOf = async (db: Knex, table: string) => Number((await db(table).count({ n: '*' }))[0]!.n)
const rowsOf = async (db: Knex) => ({ decisions: await countOf(db, 'guard_decisions'), entries: await countOf(db, 'ledger_entries'), audits: await countOf(db, 'audits'), outbox: await countOf(db, 'outbox') })

test('a demand off the list is refused, signed, and told to the ledger in the same transaction', async ({ context, database }) => {
  const officer = await authority(database.owner)
  const before = await rowsOf(database.owner)
  const { status, body } = await decide(context(officer), { demand: aDemand(officer), say })
  const decision = JSON.parse(body) as Decision
  expect(status).toBe(201)
  expect(decision).toMatchObject({ verdict: 'refused', material: 'may-not-be-required', commissioning: 'may-not-be-required', reasons: [{ code: 'off-list', text: '理由' }], alternatives: ['self-prepare'], listing: null, ledger: { index: null, checkpoint: null } })
  expect(verifyObject(testKeyring(), 'decision', 'decision', decision)).toBe(true)
  expect(verifyObject(testKeyring(), 'decision', 'decision', { ...decision, verdict: 'allowed' } as never)).toBe(false)
  expect(await rowsOf(database.owner)).toEqual({ decisions: before.decisions + 1, entries: before.entries + 1, audits: before.audits + 1, outbox: before.outbox + 1 })

  const entry = await database.owner('ledger_entries').where({ id: decision.ledger.entry }).first()
  const { ledger: _ledger, ...signed } = decision
  expect(JSON.parse(entry.body)).toMatchObject({ kind: 'demand.decided', subject: decision.id, facts: { verdict: 'refused', decision: sha256(canonical(signed as never)).toString('hex') } })
  expect(entry.leaf_hash.toString('hex')).toBe(decision.ledger.leafHash)
  expect(entry.body).not.toContain('AJ-1')
})

test('a listed statutory service is allowed, with the list’s number and the listing it rests on', async ({ context, database }) => {
  const officer = await authority(database.owner, { divisionCode: '220106' })
  await listed(database.owner, aListing(given))
  const { body } = await decide(context(officer), { demand: aDemand(officer), say })
  const latest = await database.owner('catalogue_versions').where({ division_code: '220100' }).where('effective_on', '<=', '2026-11-20').max('number as number').first()
  expect(JSON.parse(body)).toMatchObject({ verdict: 'allowed', listing: { item: 'TEST-01', divisionCode: '220100' }, catalogueVersion: latest!.number, match: { by: 'code', score: 1 } })
})

test('the list of the day of the demand judges, however old the case', async ({ context, database }) => {
  const officer = await authority(database.owner)
  await listed(database.owner, aListing({ ...given, inForceFrom: '2026-03-01', inForceUntil: '2026-06-01' }))
  await openCase(context(officer), { say, number: 'AJ-1', projectCode: makeProjectCode(), approvalItem: 'A01', flowType: 'industrial', applicantUscc: null, applicantName: '某申请人', statutoryDays: null, promisedDays: null, receivedOn: '2026-01-05' })
  const on = async (demandedOn: string) => JSON.parse((await decide(context(officer), { demand: aDemand(officer, { demandedOn }), say })).body) as Decision
  expect(await on('2026-05-31')).toMatchObject({ verdict: 'allowed' })
  expect(await on('2026-06-01')).toMatchObject({ verdict: 'refused', reasons: [{ code: 'not-in-force-on-date', params: { from: '2026-03-01', until: '2026-06-01' } }] })
  expect(await on('2026-02-28')).toMatchObject({ verdict: 'refused', reasons: [{ code: 'not-in-force-on-date' }] })
})

test('an agency that the authority supervises is known by its code or its name', async ({ context, database }) => {
  const officer = await authority(database.owner)
  const tied = await owner(database.owner, { supervisorId: officer.organisationId })
  await listed(database.owner, aListing(given))
  for (const namedAgency of [tied.uscc, tied.organisationName]) {
    const { body } = await decide(context(officer), { demand: aDemand(officer, { namedAgency }), say })
    expect(JSON.parse(body).reasons.map((reason: { code: string }) => reason.code)).toEqual(['designated-agency', 'agency-of-authority'])
  }
})

test("an officer's own words are matched with the list, and shown the nearest where nothing matches", async ({ context, database }) => {
  const officer = await authority(database.owner)
  await listed(database.owner, aListing({ ...given, name: '星际航行可行性论证报告编制', aliases: ['星航论证'] }))
  const judged = async (text: string) => JSON.parse((await decide(context(officer), { demand: aDemand(officer, { demanded: { text } }), say })).body) as Decision
  expect(await judged('星航论证')).toMatchObject({ verdict: 'allowed', match: { by: 'alias' }, listing: { item: 'TEST-01' } })
  expect(await judged('请委托编制星际航行可行性论证报告')).toMatchObject({ verdict: 'allowed', match: { by: 'score' } })
  expect(await judged('星际航行研究')).toMatchObject({ verdict: 'refused', match: null, reasons: [{ code: 'off-list' }], nearest: expect.arrayContaining([expect.objectContaining({ item: 'TEST-01' })]) })
})

test('a document is found by its own code', async ({ context, database }) => {
  const officer = await authority(database.owner)
  await listed(database.owner, aListing({ ...given, rules: { material: { code: 'CL-TEST', name: '试验报告' } } }))
  const { body } = await decide(context(officer), { demand: aDemand(officer, { demanded: { material: 'CL-TEST' }, commissioner: undefined }), say })
  expect(JSON.parse(body)).toMatchObject({ verdict: 'allowed', match: { by: 'material' }, demand: { commissioner: null } })
})

test('a refusal names whose demand it is not, and a day that has not come', async ({ context, database }) => {
  const [officer, other] = [await authority(database.owner), await authority(database.owner)]
  await expect(decide(context(officer), { demand: aDemand(other), say })).rejects.toMatchObject({ kind: 'forbidden', code: 'guard.not-your-authority' })
  await expect(decide(context(officer), { demand: aDemand(officer, { demandedOn: '2999-01-01' }), say })).rejects.toMatchObject({ kind: 'invalid', code: 'guard.day-ahead' })
  await expect(decide(context(await owner(database.owner)), { demand: aDemand(officer), say })).rejects.toMatchObject({ kind: 'forbidden' })
  expect(await countOf(database.owner, 'guard_decisions')).toBe(0)
})

test('the same key and the same request get the first answer, byte for byte; another request under it is refused', async ({ context, database }) => {
  const officer = await authority(database.owner)
  const client = await registerClient(database.owner, aClient(officer))
  const ask = (requestHash: string) => decide(context(client), { demand: aDemand(officer), say, idempotency: { key: 'k1', requestHash } })
  const first = await ask('aa')
  expect(await ask('aa')).toEqual({ ...first, replayed: true })
  await expect(ask('bb')).rejects.toMatchObject({ kind: 'invalid', code: 'guard.other-request' })
  expect(await countOf(database.owner, 'guard_decisions')).toBe(1)
})

test('twenty requests at once under one key record one demand: the others replay it or are told to wait', async ({ context, database }) => {
  const officer = await authority(database.owner)
  const client = await registerClient(database.owner, aClient(officer))
  const ask = () => decide(context(client), { demand: aDemand(officer), say, idempotency: { key: 'k2', requestHash: 'aa' } })
  const answers = await Promise.allSettled(Array.from({ length: 20 }, ask))
  const given = answers.filter((answer) => answer.status === 'fulfilled').map((answer) => answer.value.body)
  expect(new Set(given).size).toBe(1)
  for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ kind: 'conflict', code: 'guard.still-running' })
  expect(await countOf(database.owner, 'guard_decisions')).toBe(1)
  expect(await ask()).toMatchObject({ replayed: true, body: given[0] })
})

test('a key that is held by a running request is told to wait', async ({ context, database }) => {
  const officer = await authority(database.owner)
  const client = await registerClient(database.owner, aClient(officer))
  const holder = await database.owner.transaction()
  await holder.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`${client.clientId}:k3`])
  const ask = () => decide(context(client), { demand: aDemand(officer), say, idempotency: { key: 'k3', requestHash: 'aa' } })
  await expect(ask()).rejects.toMatchObject({ kind: 'conflict', code: 'guard.still-running' })
  await holder.rollback()
  expect(await ask()).toMatchObject({ status: 201, replayed: false })
})

test('an answer that was kept too long is forgotten, and the key may be used again', async ({ context, database }) => {
  const officer = await authority(database.owner)
  const client = await registerClient(database.owner, aClient(officer))
  const ask = (requestHash: string) => decide(context(client), { demand: aDemand(officer), say, idempotency: { key: 'k4', requestHash } })
  await ask('aa')
  await database.owner('idempotency_keys').update({ expires_at: database.owner.raw(`clock_timestamp() - interval '1 second'`) })
  expect(await ask('bb')).toMatchObject({ status: 201, replayed: false })
})

test('a decision by code costs one read and one write', async ({ context, database }) => {
  const officer = await authority(database.owner)
  const client = await registerClient(database.owner, aClient(officer))
  await listed(database.owner, aListing(given))
  const statements: string[] = []
  const listen = ({ sql }: { sql: string }) => statements.push(sql.trim().slice(0, 6).toLowerCase())
  const asked = { ...context(client), clock: databaseClock }
  asked.db.on('query', listen)
  await decide(asked, { demand: aDemand(officer, { demandedOn: '2026-11-20' }), say, idempotency: { key: 'k5', requestHash: 'aa' } })
  asked.db.removeListener('query', listen)
  expect(statements.map((sql) => sql.replace(';', ''))).toEqual(['begin', 'with a', 'with', 'commit'].map((sql) => expect.stringContaining(sql)))
})

test('every part of the read that may grow is reached by an index', async ({ context, database }) => {
  const officer = await authority(database.owner)
  await listed(database.owner, aListing(given))
  const reads: { sql: string; bindings: unknown[] }[] = []
  const listen = (query: { sql: string; bindings: unknown[] }) => void (query.sql.trim().startsWith('with attempt') && reads.push(query))
  const asked = context(officer)
  asked.db.on('query', listen)
  await decide(asked, { demand: aDemand(officer, { projectCode: makeProjectCode(), namedAgency: '某某公司' }), say })
  asked.db.removeListener('query', listen)
  expect(reads).toHaveLength(1)
  const planner = new pg.Client({ connectionString: database.ownerUrl })
  await planner.connect()
  await planner.query('set enable_seqscan = off')
  const explain = async (sql: string, values: unknown[] = []) => (await planner.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, values)).rows.map((row) => row['QUERY PLAN'])
  const { rows: [held] } = await planner.query<{ prosrc: string }>(`select prosrc from pg_proc where proname = 'held_documents'`)
  await planner.query(`prepare held (uuid[], date) as ${held!.prosrc}`)
  const plan = [...(await explain(reads[0]!.sql, reads[0]!.bindings)), ...(await explain(`execute held ('{${randomUUID()}}', '2026-11-20')`))]
  await planner.end()
  for (const table of ['cases', 'case_materials', 'case_tenders', 'deliverables', 'listings', 'projects']) expect(plan.filter((line) => new RegExp(`\\bon ${table}\\b`).test(line) && line.includes('Index')), table).not.toEqual([])
  expect(plan.filter((line) => line.includes('Seq Scan'))).toEqual([])
})
