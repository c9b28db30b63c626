import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'

export type Shortlist = { tenderId: string; small: number; pickBy: Date }
export type Pick = { tenderId: string; bidId: string; pickedAt: Date; pickedBy: string | null; reason: string | null; ledgerEntryId: string }

/** With the draw, once: the first `small` places are the list. `pickBy` is the instant from which the first drawn is taken. */
export async function insertShortlist(trx: Knex.Transaction, { tenderId, small, pickBy }: Shortlist): Promise<void> {
  await trx('shortlists').insert({ tender_id: tenderId, small, pick_by: pickBy })
}

/** A tender is picked for once: a second row is refused by its key. */
export async function insertPick(trx: Knex.Transaction, pick: Pick): Promise<void> {
  await trx('shortlist_picks').insert({ tender_id: pick.tenderId, bid_id: pick.bidId, picked_at: pick.pickedAt, picked_by: pick.pickedBy, reason: pick.reason, ledger_entry_id: pick.ledgerEntryId })
}

/** The bodies of the entries that ended holds of a small list and gave its owner the time back, in the order of the log. */
export async function listHoldBodies(db: Database, number: string): Promise<string[]> {
  return db('suspension_endings as endings')
    .join('tenders', 'tenders.id', 'endings.tender_id')
    .join('ledger_entries as entries', 'entries.id', 'endings.ledger_entry_id')
    .where('tenders.number', number)
    .whereRaw(`cast(entries.body as jsonb) #> '{facts,picking}' is not null`)
    .orderBy('endings.ordinal')
    .pluck('entries.body')
}

/** What the reserve needs of a pick: how long the small list is, and the place that was picked. */
export async function findPick(db: Database, tenderId: string): Promise<{ small: number; place: number; entry: string } | undefined> {
  return db('shortlist_picks as picks')
    .join('shortlists', 'shortlists.tender_id', 'picks.tender_id')
    .join('draw_positions as positions', (join) => join.on('positions.tender_id', 'picks.tender_id').andOn('positions.bid_id', 'picks.bid_id'))
    .where('picks.tender_id', tenderId)
    .first({ small: 'shortlists.small', place: 'positions.place', entry: 'picks.ledger_entry_id' })
}

/** The body of the entry that picked, by the tender's number. */
export async function findPickBody(db: Database, number: string): Promise<string | undefined> {
  const row = (await db('shortlist_picks as picks')
    .join('tenders', 'tenders.id', 'picks.tender_id')
    .join('ledger_entries as entries', 'entries.id', 'picks.ledger_entry_id')
    .where('tenders.number', number)
    .first('entries.body')) as { body: string } | undefined
  return row?.body
}
