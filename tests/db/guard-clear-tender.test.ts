import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { clearTender } from '#app/domain/guard/clear-tender.server.ts'
import { transact } from '#db/client.ts'
import { findListing } from '#db/repositories/listings.ts'
import { test, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { CHANGCHUN, owner, project } from '#tests/support/factories.ts'

const AT = new Date('2026-11-20T02:00:00Z')
const YUAN = 100

type Purchase = { code?: string; moneySource?: 'fiscal' | 'state-owned' | 'private'; yuan?: number; at?: Date; divisionCode?: string; id?: string }

async function clear(context: TestContext, by: Member, { code = 'S0601', moneySource = 'private', yuan = 20_000, at = AT, divisionCode = CHANGCHUN, id }: Purchase = {}) {
  const listing = await findListing(context.db, { code, divisionCode: CHANGCHUN, on: '2026-11-20' })
  const wanted = { id: id ?? listing?.id ?? randomUUID(), code }
  return transact(context.db, (trx) => clearTender(trx, context, { listing: wanted, project: { divisionCode, moneySource }, owner: { id: by.organisationId }, ceilingFen: yuan * YUAN, at }))
}

let serial = 0

async function published(database: TestDatabase, by: Member, { code, yuan, failed = false }: { code: string; yuan: number; failed?: boolean }): Promise<void> {
  const listing = (await findListing(database.owner, { code, divisionCode: CHANGCHUN, on: '2026-11-20' }))!
  const { code: projectCode } = await project(database.owner, by)
  const entry = (await database.owner('ledger_entries').select('id').first()).id
  const id = randomUUID()
  const columns = new Set((await database.owner('information_schema.columns').select('column_name').where({ table_name: 'tenders' })).map((row: { column_name: string }) => row.column_name))
  const row: Record<string, unknown> = {
    id, number: `MD-${CHANGCHUN}-2026-${String((serial += 1)).padStart(6, '0')}`, owner_id: by.organisationId, project_code: projectCode, listing_id: listing.id, division_code: CHANGCHUN, title: '采购', requirements: '要求', service_days: 10,
    ceiling_fen: yuan * YUAN, method: 'random', drafted_at: AT, published_at: new Date('2026-03-01T00:00:00Z'), closes_at: new Date('2026-03-05T00:00:00Z'), draws_after: new Date('2026-03-05T01:00:00Z'),
    procedure: '{}', clearance: '{}', draw_source: 'local', draw_commitment: Buffer.alloc(32), published_entry_id: entry,
  }
  await database.owner('tenders').insert(Object.fromEntries(Object.entries(row).filter(([name]) => columns.has(name))))
  if (failed) await database.owner('tender_closings').insert({ tender_id: id, closed_at: AT, outcome: 'too-few-bidders', eligible: 0, excluded: 0, verdicts: '[]', ledger_entry_id: entry })
}

test('a listed service of private money is cleared: free to buy here, not obliged to', async ({ context, database }) => {
  const by = await owner(database.owner)
  expect(await clear(context(by), by)).toMatchObject({ act: 'publish:tender', listingCode: 'S0601', divisionCode: CHANGCHUN, day: '2026-11-20', route: 'marketplace', obliged: false, ceilingFen: 2_000_000, yearTotalFen: 0 })
})

test('a voluntary service is cleared too: what may be bought is another question than what may be demanded', async ({ context, database }) => {
  const by = await owner(database.owner)
  expect(await clear(context(by), by, { code: 'S1403', moneySource: 'fiscal' })).toMatchObject({ listingCode: 'S1403', obliged: true })
})

test('a district buys from its city’s list', async ({ context, database }) => {
  const by = await owner(database.owner)
  expect(await clear(context(by), by, { divisionCode: '220106' })).toMatchObject({ divisionCode: '220106' })
})

test('what is not on the list does not reach the market', async ({ context, database }) => {
  const by = await owner(database.owner)
  await expect(clear(context(by), by, { code: 'NOWHERE-1' })).rejects.toMatchObject({ kind: 'conflict', code: 'guard.not-listed-today' })
  await expect(clear(context(by), by, { divisionCode: '110101' })).rejects.toMatchObject({ code: 'guard.not-listed-today' })
  await expect(clear(context(by), by, { at: new Date('2001-01-01T00:00:00Z') })).rejects.toMatchObject({ code: 'guard.not-listed-today' })
})

test('a draft on an older wording has to be looked at again', async ({ context, database }) => {
  const by = await owner(database.owner)
  await expect(clear(context(by), by, { id: randomUUID() })).rejects.toMatchObject({ kind: 'conflict', code: 'guard.other-wording' })
})

test('fiscal money at the limit is sent to government procurement, and splitting it changes nothing', async ({ context, database }) => {
  const [whole, split] = [await owner(database.owner), await owner(database.owner)]
  await expect(clear(context(whole), whole, { moneySource: 'fiscal', yuan: 1_000_000 })).rejects.toMatchObject({ code: 'guard.route-government-procurement' })
  await published(database, split, { code: 'S0601', yuan: 600_000 })
  await expect(clear(context(split), split, { moneySource: 'fiscal', yuan: 400_000 })).rejects.toMatchObject({ code: 'guard.route-government-procurement', params: { sum: '1,000,000.00', limit: '1,000,000.00' } })
  expect(await clear(context(split), split, { moneySource: 'fiscal', yuan: 399_999 })).toMatchObject({ obliged: true, yearTotalFen: 60_000_000 })
  expect(await clear(context(split), split, { moneySource: 'fiscal', yuan: 400_000, code: 'S0801' })).toMatchObject({ yearTotalFen: 0 })
})

test('a tender that found too few bidders bought nothing and does not count', async ({ context, database }) => {
  const by = await owner(database.owner)
  await published(database, by, { code: 'S0601', yuan: 900_000, failed: true })
  expect(await clear(context(by), by, { moneySource: 'fiscal', yuan: 900_000 })).toMatchObject({ yearTotalFen: 0 })
})

test('survey of public money at the threshold must be tendered by law', async ({ context, database }) => {
  const by = await owner(database.owner)
  await expect(clear(context(by), by, { code: 'S0402', moneySource: 'state-owned', yuan: 1_000_000 })).rejects.toMatchObject({ code: 'guard.route-mandatory-tender' })
})

test('a listing that is being retired waits for a publication that holds it', async ({ context, database }) => {
  const by = await owner(database.owner)
  const { db } = context(by)
  const trx = await db.transaction()
  const listing = (await findListing(db, { code: 'S0601', divisionCode: CHANGCHUN, on: '2026-11-20' }))!
  await clearTender(trx, context(by), { listing, project: { divisionCode: CHANGCHUN, moneySource: 'private' }, owner: { id: by.organisationId }, ceilingFen: 100, at: AT })
  const retiring = database.owner.transaction(async (other) => {
    await other.raw(`set local lock_timeout = '200ms'`)
    await other('listings').where({ id: listing.id }).update({ in_force_until: '2026-12-31' })
  })
  await expect(retiring).rejects.toMatchObject({ code: '55P03' })
  await trx.rollback()
})
