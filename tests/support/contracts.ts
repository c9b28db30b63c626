import { createHash, randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Member } from '#app/domain/accounts/actor.ts'
import type { StoredDocument } from '#app/domain/agencies/document.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { confirmContract } from '#app/domain/contracts/answer-contract.server.ts'
import { fileContract } from '#app/domain/contracts/file-contract.server.ts'
import { findTender } from '#db/repositories/tenders.ts'
import type { TestClock, TestContext, TestDatabase } from './database.ts'
import { aTender, drawn, withBidders, type Stage } from './tenders.ts'

type Make = (member: Member) => TestContext
export type Bound = Stage & { winner: Member; loser: Member }

/** A file that was stored, as far as a row needs to know. */
export function aFile(word = '合同'): StoredDocument {
  return { sha256: createHash('sha256').update(word).digest('hex'), name: `${word}.pdf`, mediaType: 'application/pdf', bytes: 4096 }
}

/** A tender whose award binds; the clock stands a minute behind that. */
export async function boundTender(database: TestDatabase, make: Make, clock: TestClock, given: Parameters<typeof aTender>[2] = {}): Promise<Bound> {
  const stage = await aTender(database, make, given)
  const bidders = await withBidders(database, make, stage, 2)
  await drawn(database, make, clock, stage)
  clock.set(new Date((await findTender(database.owner, { id: stage.tender.id }))!.publicityEndsAt!.getTime() + 60_000))
  const { agency_id: id } = (await database.owner('standing_awards').join('bids', 'bids.id', 'standing_awards.bid_id').where({ 'standing_awards.tender_id': stage.tender.id }).first<{ agency_id: string }>('bids.agency_id'))!
  const winner = bidders.find(({ organisationId }) => organisationId === id)!
  return { ...stage, winner, loser: bidders.find((one) => one !== winner)! }
}

/** Its contract, filed by the agency and confirmed by the owner at once. */
export async function contracted(make: Make, clock: TestClock, { number, owner, winner }: Bound, { days = 10 }: { days?: number } = {}): Promise<string> {
  const { id } = await fileContract(make(winner), { number, amountFen: 48_000_00, serviceDays: days, signedOn: dayOf(clock.now), document: aFile() })
  await confirmContract(make(owner), { number, id })
  return id
}

/** A case of an office with one document that waits for the tender's service. */
export async function aCaseFor(db: Knex, { tender }: Stage, office: Member, { number = `案-${randomUUID().slice(0, 8)}`, states = [] as { state: number; at: Date }[], at = new Date('2026-01-06T01:00:00Z'), promisedDays = null as number | null, tied = true } = {}): Promise<{ id: string; number: string }> {
  const id = randomUUID()
  const item = (await db('approval_items').orderBy('code').first<{ code: string } | undefined>('code')) ?? (await anItem(db))
  await db('cases').insert({ id, number, authority_id: office.organisationId, division_code: tender.divisionCode, project_code: tender.projectCode, approval_item: item.code, flow_type: 'private-general', lane: 'construction', applicant_name: '某业主', promised_days: promisedDays, received_at: at, changed_at: at })
  await db('case_materials').insert({ case_id: id, code: 'M1', place: 0, name: '报告书', source: 'service', listing_code: 'S0000', state: 'lacking' })
  if (states.length) await db('case_states').insert(states.map((one, place) => ({ case_id: id, place, ...one })))
  if (tied) await db('case_tenders').insert({ tender_id: tender.id, case_id: id, material_code: 'M1', opened_at: at })
  return { id, number }
}

async function anItem(db: Knex): Promise<{ code: string }> {
  await db('approval_items').insert({ code: 'X01', name: '某审批事项', stage: 'construction', parallel: false, authority: '某部门', commissioner: 'applicant', services: [], source: 'test', sample: true })
  return { code: 'X01' }
}
