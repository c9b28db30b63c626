import type { Database } from '#app/domain/context.ts'
import type { OwnObjections, TenderForAgency } from '#app/domain/desks/agency-agenda.ts'
import type { Bidder, Ground } from '#app/domain/bids/eligibility.ts'
import { toTender, type TenderRow } from '../repositories/tender-row.ts'
import { tenderColumns, tendersWithOutcomes } from '../repositories/tenders.ts'
import { listBidderByListing, listGrounds } from './bidders.ts'

const STANDING = 'exists (select from bids mine where mine.tender_id = tenders.id and mine.agency_id = ? and mine.replaced_at is null and mine.withdrawn_at is null)'
const OFFERED = 'exists (select from offerings offered where offered.agency_id = ? and offered.listing_code = listings.code and offered.withdrawn_at is null)'

const WON = 'exists (select from bids won where won.id = awards.bid_id and won.agency_id = ?)'

const CHANGES = `
  (select mine.received_at from bids mine where mine.tender_id = tenders.id and mine.agency_id = ? and mine.replaced_at is null and mine.withdrawn_at is null) as bid_at,
  (select max(corrected_at) from tender_corrections corrections where corrections.tender_id = tenders.id and corrections.material) as corrected_at,
  (select max(extended_at) from tender_extensions extensions where extensions.tender_id = tenders.id) as extended_at`

type Row = TenderRow & { listing_code: string; standing: boolean; won: boolean; bid_at: Date | null; corrected_at: Date | null; extended_at: Date | null; objection_by: Date | null }

/**
 * Tenders under way that an agency has bid in, and open ones for a service that it offers, what closes first first; with
 * what eligibility has to know of both sides, so that the noun can judge.
 */
export async function listTendersForAgency(db: Database, { agencyId, at, limit }: { agencyId: string; at: Date; limit: number }): Promise<(TenderForAgency & { bidder: Bidder; ground: Ground })[]> {
  const rows = (await tendersWithOutcomes(db)
    .join('listings', 'listings.id', 'tenders.listing_id')
    .select(...tenderColumns, 'listings.code as listing_code', 'objecting.answer_by as objection_by', db.raw(`${STANDING} as standing, ${WON} as won, ${CHANGES}`, [agencyId, agencyId, agencyId]))
    .whereNotNull('tenders.published_at')
    .whereRaw(`((tenders.settled_at is null or suspensions.tender_id is not null) and ${STANDING}) or (tenders.settled_at is null and tenders.closes_at > ? and ${OFFERED}) or ((awards.publicity_ends_at > ? or objecting.tender_id is not null) and ${WON})`, [agencyId, at, agencyId, at, agencyId])
    .orderBy([{ column: 'tenders.closes_at' }, { column: 'tenders.id' }])
    .limit(limit)) as Row[]
  const tenders = rows.map((row) => ({ tender: toTender(row), listingCode: row.listing_code, standing: row.standing, won: row.won, bidAt: row.bid_at, correctedAt: row.corrected_at, extendedAt: row.extended_at, objectionBy: row.objection_by }))
  const [bidders, grounds] = await Promise.all([
    listBidderByListing(db, { agencyId, listingCodes: [...new Set(tenders.map(({ listingCode }) => listingCode))] }),
    listGrounds(db, tenders.map(({ tender }) => tender), at),
  ])
  // Who has withdrawn the offer since bidding is still shown the bid; it needs no judgement any more.
  return tenders.flatMap(({ listingCode, ...one }) => {
    const bidder = bidders.get(listingCode)
    return bidder || one.standing ? [{ ...one, bidder: bidder!, ground: grounds.get(one.tender.id)! }] : []
  })
}

/** The tenders in which an agency objected to the result and its objection waits, or the answer may still be complained about. */
export async function listOwnObjections(db: Database, { agencyId, at, limit }: { agencyId: string; at: Date; limit: number }): Promise<OwnObjections[]> {
  return db('tender_objections as objections')
    .join('tenders', 'tenders.id', 'objections.tender_id')
    .leftJoin('objection_answers as answers', 'answers.objection_id', 'objections.id')
    .where('objections.agency_id', agencyId)
    .where((still) => still.whereNull('answers.objection_id').orWhere('answers.complaint_until', '>', at))
    .groupBy('tenders.id', 'tenders.number', 'tenders.title')
    .orderByRaw('max(objections.ordinal) desc')
    .limit(limit)
    .select('tenders.number', 'tenders.title', db.raw('min(objections.objected_at) as "objectedAt", min(objections.answer_by) filter (where answers.objection_id is null) as "waitsUntil", max(answers.complaint_until) as "complaintUntil"'))
}
