import type { Knex } from 'knex'
import type { DeclineReason } from '#app/domain/tenders/decline-reason.ts'
import type { Database } from '#app/domain/context.ts'

export type Award = { tenderId: string; bidId: string; place: number; awardedAt: Date; publicityEndsAt: Date; declineUntil: Date; ledgerEntryId: string }
export type Decline = { tenderId: string; place: number; declinedAt: Date; declinedBy: string; reason: DeclineReason; words: string; ledgerEntryId: string }

/** A place is awarded once: a second row is refused by its key, whatever the code above believes. */
export async function insertAward(trx: Knex.Transaction, award: Award): Promise<void> {
  await trx('awards').insert({
    tender_id: award.tenderId,
    bid_id: award.bidId,
    place: award.place,
    awarded_at: award.awardedAt,
    publicity_ends_at: award.publicityEndsAt,
    decline_until: award.declineUntil,
    ledger_entry_id: award.ledgerEntryId,
  })
}

export async function insertDecline(trx: Knex.Transaction, decline: Decline): Promise<void> {
  await trx('award_declines').insert({
    tender_id: decline.tenderId,
    place: decline.place,
    declined_at: decline.declinedAt,
    declined_by: decline.declinedBy,
    reason: decline.reason,
    words: decline.words,
    ledger_entry_id: decline.ledgerEntryId,
  })
}

/** What one agency was ever awarded in a tender: the place, and whether it declined. */
export async function findAwardOf(db: Database, { tenderId, agencyId }: { tenderId: string; agencyId: string }): Promise<{ place: number; declined: boolean } | undefined> {
  return db('awards')
    .join('bids', 'bids.id', 'awards.bid_id')
    .leftJoin('award_declines as declines', (join) => join.on('declines.tender_id', 'awards.tender_id').andOn('declines.place', 'awards.place'))
    .where({ 'awards.tender_id': tenderId, 'bids.agency_id': agencyId })
    .orderBy('awards.place', 'desc')
    .first({ place: 'awards.place', declined: db.raw('declines.place is not null') })
}
