import type { Knex } from 'knex'
import type { PassedOver } from '#app/domain/awards/award.ts'
import type { PeopleFound, Relation } from '#app/domain/bids/verdict.ts'
import type { DeclineReason } from '#app/domain/tenders/decline-reason.ts'
import type { Database } from '#app/domain/context.ts'

/** `place` is the drawn one; null where nothing was drawn. */
export type Award = { tenderId: string; bidId: string; place: number | null; awardedAt: Date; publicityEndsAt: Date; declineUntil: Date; objectionsUntil: Date; ledgerEntryId: string }
export type Decline = { bidId: string; declinedAt: Date; declinedBy: string; reason: DeclineReason; words: string; ledgerEntryId: string }

/** A place is awarded once: a second row is refused by its key, whatever the code above believes. */
export async function insertAward(trx: Knex.Transaction, award: Award): Promise<void> {
  await trx('awards').insert({
    tender_id: award.tenderId,
    bid_id: award.bidId,
    place: award.place,
    awarded_at: award.awardedAt,
    publicity_ends_at: award.publicityEndsAt,
    decline_until: award.declineUntil,
    objections_until: award.objectionsUntil,
    ledger_entry_id: award.ledgerEntryId,
  })
}

/** What was found when an award was made; a row only where something was. */
export async function insertAwardCheck(trx: Knex.Transaction, { tenderId, ledgerEntryId, at, passedOver, people, relations }: { tenderId: string; ledgerEntryId: string; at: Date; passedOver: readonly PassedOver[]; people: readonly PeopleFound[]; relations: readonly Relation[] }): Promise<void> {
  if (passedOver.length + people.length + relations.length === 0) return
  await trx('award_checks').insert({ ledger_entry_id: ledgerEntryId, tender_id: tenderId, checked_at: at, passed_over: JSON.stringify(passedOver), people: JSON.stringify(people), relations: JSON.stringify(relations) })
}

/** An award is declined once: its key refuses a second. The tender is held. */
export async function insertDecline(trx: Knex.Transaction, decline: Decline): Promise<void> {
  await trx('award_declines').insert({
    bid_id: decline.bidId,
    declined_at: decline.declinedAt,
    declined_by: decline.declinedBy,
    reason: decline.reason,
    words: decline.words,
    ledger_entry_id: decline.ledgerEntryId,
  })
}

/** What one agency was ever awarded in a tender: for which bid, at which place, and whether it declined. */
export async function findAwardOf(db: Database, { tenderId, agencyId }: { tenderId: string; agencyId: string }): Promise<{ bidId: string; place: number | null; declined: boolean } | undefined> {
  return db('awards')
    .join('bids', 'bids.id', 'awards.bid_id')
    .leftJoin('award_declines as declines', 'declines.bid_id', 'awards.bid_id')
    .where({ 'awards.tender_id': tenderId, 'bids.agency_id': agencyId })
    .orderBy('awards.awarded_at', 'desc')
    .first({ bidId: 'awards.bid_id', place: 'awards.place', declined: db.raw('declines.bid_id is not null') })
}

/** Awards that bind at an instant and of which nobody was told yet, the longest bound first. A declined one never binds. */
export async function listUntoldBindings(db: Database, at: Date, limit: number): Promise<{ id: string; number: string }[]> {
  return db('standing_awards as awards')
    .join('tenders', 'tenders.id', 'awards.tender_id')
    .whereNull('awards.binding_told_at')
    .where('awards.publicity_ends_at', '<=', at)
    // What an objection or the regulator holds does not bind yet, and must not keep the others waiting.
    .whereNotExists(db('open_objections as objecting').whereRaw('objecting.tender_id = tenders.id'))
    .whereNotExists(db('standing_suspensions as held').whereRaw('held.tender_id = tenders.id'))
    .orderBy([{ column: 'awards.publicity_ends_at' }, { column: 'tenders.id' }])
    .limit(limit)
    .select('tenders.id', 'tenders.number')
}

/** Notes that everybody concerned was told that the standing award binds; false where that was noted before. */
export async function markBindingTold(trx: Knex.Transaction, { tenderId, at }: { tenderId: string; at: Date }): Promise<boolean> {
  const told = await trx('awards')
    .where({ tender_id: tenderId })
    .whereNull('binding_told_at')
    .whereNotExists(trx('award_declines as declines').whereRaw('declines.bid_id = awards.bid_id'))
    .update({ binding_told_at: at })
  return told > 0
}
