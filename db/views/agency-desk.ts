import type { Database } from '#app/domain/context.ts'
import type { TenderForAgency } from '#app/domain/desks/agency-agenda.ts'
import type { Bidder, Ground } from '#app/domain/bids/eligibility.ts'
import { toTender, type TenderRow } from '../repositories/tender-row.ts'
import { tenderColumns, tendersWithOutcomes } from '../repositories/tenders.ts'
import { listBidderByListing, listGrounds } from './bidders.ts'

const STANDING = 'exists (select from bids mine where mine.tender_id = tenders.id and mine.agency_id = ? and mine.replaced_at is null and mine.withdrawn_at is null)'
const OFFERED = 'exists (select from offerings offered where offered.agency_id = ? and offered.listing_code = listings.code and offered.withdrawn_at is null)'

const WON = 'exists (select from bids won where won.id = awards.bid_id and won.agency_id = ?)'

type Row = TenderRow & { listing_code: string; standing: boolean; won: boolean }

/**
 * Tenders under way that an agency has bid in, and open ones for a service that it offers, what closes first first; with
 * what eligibility has to know of both sides, so that the noun can judge.
 */
export async function listTendersForAgency(db: Database, { agencyId, at, limit }: { agencyId: string; at: Date; limit: number }): Promise<(TenderForAgency & { bidder: Bidder; ground: Ground })[]> {
  const rows = (await tendersWithOutcomes(db)
    .join('listings', 'listings.id', 'tenders.listing_id')
    .select(...tenderColumns, 'listings.code as listing_code', db.raw(`${STANDING} as standing, ${WON} as won`, [agencyId, agencyId]))
    .whereNotNull('tenders.published_at')
    .whereRaw(`((tenders.settled_at is null and (${STANDING} or (tenders.closes_at > ? and ${OFFERED}))) or (awards.publicity_ends_at > ? and ${WON}))`, [agencyId, at, agencyId, at, agencyId])
    .orderBy([{ column: 'tenders.closes_at' }, { column: 'tenders.id' }])
    .limit(limit)) as Row[]
  const tenders = rows.map((row) => ({ tender: toTender(row), listingCode: row.listing_code, standing: row.standing, won: row.won }))
  const [bidders, grounds] = await Promise.all([
    listBidderByListing(db, { agencyId, listingCodes: [...new Set(tenders.map(({ listingCode }) => listingCode))] }),
    listGrounds(db, tenders.map(({ tender }) => tender), at),
  ])
  // Who has withdrawn the offer since bidding is still shown the bid; it needs no judgement any more.
  return tenders.flatMap(({ tender, listingCode, standing, won }) => {
    const bidder = bidders.get(listingCode)
    return bidder || standing ? [{ tender, standing, won, bidder: bidder!, ground: grounds.get(tender.id)! }] : []
  })
}
