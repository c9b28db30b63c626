import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import type { Period } from '#app/domain/calendar.ts'
import { databaseClock } from '#db/client.ts'
import { entryBody, entryLeafHash } from '#app/domain/ledger/entry.ts'
import { newKeyring } from '#app/domain/ledger/keyring.server.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import type { TieRule } from '#app/domain/tenders/tie-rule.ts'
import type { TenderDraft } from '#app/domain/tenders/draft.ts'
import type { QuoteRule } from '#app/domain/tenders/quote-rule.ts'
import type { Method, Publication, Tender } from '#app/domain/tenders/tender.ts'
import type { MakeContext, TestClock, TestContext, TestDatabase } from './database.ts'
import { agency, CHANGCHUN, owner, project, unique } from './factories.ts'

/** One keyring for a whole file: what was committed to must be opened by the same seed. */
export const KEYRING = newKeyring({ origin: 'test.mingdan.invalid' })

/** An entry that some row must name and whose content no test looks at. */
export async function anEntry(db: Knex): Promise<string> {
  const id = randomUUID()
  const at = new Date('2026-01-05T01:00:00Z')
  const body = entryBody({ id, kind: 'test', subject: id, division: CHANGCHUN, facts: {}, at: at.toISOString(), recordedAt: at.toISOString() })
  await db('ledger_entries').insert({ id, kind: 'test', subject: id, division_code: CHANGCHUN, body, leaf_hash: entryLeafHash(body), at, recorded_at: at, trace_id: '0' })
  return id
}

/** A listed service of nature `market`, in force since January. */
export async function aListing(db: Knex, { approvalItems = [] }: { approvalItems?: string[] } = {}): Promise<{ id: string; code: string }> {
  const id = randomUUID()
  const code = unique('T').toUpperCase()
  const [{ last }] = (await db('catalogue_versions').where({ division_code: CHANGCHUN }).max({ last: 'number' })) as [{ last: number | null }]
  const number = (last ?? 0) + 1
  const at = new Date('2026-01-05T01:00:00Z')
  await db('catalogue_versions').insert({ division_code: CHANGCHUN, number, effective_on: '2026-01-05', note: 'test', adopted_at: at, ledger_entry_id: await anEntry(db) })
  const rules = { bases: [], appliesWhen: null, selfPrepare: null, commissioner: 'applicant', material: null, regionalAssessment: null, mergedInto: null, duplicateOf: null, itemCancelledOn: null, freeDownload: null, validYears: null }
  const details = { department: null, approvalItem: null, timeLimit: null, feeBasis: null, qualification: null, legalBasis: null, sourceTitle: null, sourceUrl: null, audit: null, sample: true }
  await db('listings').insert({ id, division_code: CHANGCHUN, code, name: `服务${code}`, nature: 'market', approval_items: approvalItems, rules: JSON.stringify(rules), details: JSON.stringify(details), in_force_from: '2026-01-05', since_version: number })
  return { id, code }
}

/** An admitted agency that offers the service in the whole city. */
export async function offering(db: Knex, listing: { id: string; code: string }, given: { name?: string } = {}): Promise<Member> {
  const member = await agency(db, given)
  await offerAlso(db, member, listing)
  return member
}

/** One more service of an agency that is there. */
export async function offerAlso(db: Knex, member: Member, listing: { id: string; code: string }): Promise<void> {
  await db('offerings').insert({
    id: randomUUID(), agency_id: member.organisationId, listing_id: listing.id, listing_code: listing.code, conditions: '—', process: '—', promised_days: 5, fee: '—',
    service_divisions: [CHANGCHUN], offered_at: new Date('2026-01-06T01:00:00Z'),
  })
}

/** What the division's policy says of these periods from now on. A publicity of seconds is for a demo alone, so it becomes one. */
export async function setPeriods(db: Knex, periods: Partial<Record<'application' | 'directAcceptance' | 'drawDelay' | 'lowQuoteExplanation' | 'auctionDelay' | 'auctionRound' | 'auctionOutage' | 'scoring' | 'noticeObjectionBeforeClose' | 'noticeObjectionAnswer' | 'ownerPicks' | 'publicity' | 'decline' | 'shareRelease' | 'changeBeforeClose' | 'extensionAtMost' | 'regulatorHold' | 'objectionAnswer' | 'listComment', Period>>): Promise<void> {
  if (periods.publicity) await db('marketplaces').insert({ division_code: CHANGCHUN, opened_on: '2016-07-01', demo: true }).onConflict('division_code').merge(['demo'])
  for (const [name, value] of Object.entries(periods)) {
    await db('policy_parameters').where({ division_code: CHANGCHUN, name }).delete()
    await db('policy_parameters').insert({ division_code: CHANGCHUN, name, value: JSON.stringify(value), source: 'test', from_on: '2026-01-01' })
  }
}

/** Criteria that add up, for whoever only wants some. */
export const MERIT = { priceWeight: 40, judges: 3, criterion1: '技术方案', weight1: 35, criterion2: '人员配备', weight2: 25 } satisfies Partial<TenderDraft>

export type Published = Tender & { publication: Publication & { drawsAfter: Date; drawCommitment: string } }
export type Stage = { owner: Member; listing: { id: string; code: string }; tender: Published; number: string }

/** An owner with a published tender of a service of its own; random unless another method is asked for. */
export async function aTender(database: TestDatabase, make: (member: Member) => TestContext, { method = 'random', categoryCode, quote, tie, twoKeys, by, merit = MERIT }: { method?: Exclude<Method, 'direct'>; categoryCode?: string; quote?: QuoteRule; tie?: TieRule; twoKeys?: 'yes'; by?: Member; merit?: Partial<TenderDraft> } = {}): Promise<Stage> {
  const db = database.owner
  const member = by ?? (await owner(db))
  const listing = await aListing(db)
  if (categoryCode) await db('listings').where({ id: listing.id }).update({ category_code: categoryCode })
  const { code } = await project(db, member)
  const draft = await draftTender(make(member), { projectCode: code, listingCode: listing.code, method, title: unique('采购公告'), requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00, ...(tie && { tie }), ...(twoKeys && { twoKeys }), ...(method === 'merit' && merit) })
  if (quote) await db('tenders').where({ id: draft.id }).update({ quote_rule: JSON.stringify(quote) })
  const tender = (await publishTender(make(member), { id: draft.id })) as Published
  return { owner: member, listing, tender, number: tender.publication.number }
}

/** `count` agencies that offer the service and have bid. */
export async function withBidders(database: TestDatabase, make: (member: Member) => TestContext, { listing, number }: Stage, count: number): Promise<Member[]> {
  const members: Member[] = []
  for (let bidder = 0; bidder < count; bidder++) {
    const member = await offering(database.owner, listing)
    await submitBid(make(member), { number, contribution: `幸运 ${bidder}` })
    members.push(member)
  }
  return members
}

/** Takes a tender of the standing clock through close, freeze and draw, to the first award. */
export async function drawn(database: TestDatabase, make: (member: Member) => TestContext, clock: TestClock, { owner: by, tender }: Stage): Promise<void> {
  clock.set(tender.publication.closesAt)
  await attendTender(make(by), { id: tender.id })
  await sequencerOf(database)()
  clock.set(tender.publication.drawsAfter)
  await attendTender(make(by), { id: tender.id })
}

/** The sequencer of this test's database; call it for a round. */
export function sequencerOf(database: TestDatabase): () => Promise<unknown> {
  return makeSequencer({ db: database.ledger, keyring: KEYRING, clock: databaseClock, log: { warn: () => {} } })
}

/** Contexts with the file's keyring; `clock` is the database's own unless the test's is wanted. */
export function contextsOf(context: MakeContext, { real = false } = {}): (member: Member) => TestContext {
  return (member) => ({ ...context(member), keyring: KEYRING, ...(real && { clock: databaseClock as TestContext['clock'] }) })
}
