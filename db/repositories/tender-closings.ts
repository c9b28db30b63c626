import type { Knex } from 'knex'
import type { PeopleFound, Relation, Verdict } from '#app/domain/bids/verdict.ts'
import type { Database } from '#app/domain/context.ts'
import type { ClosingOutcome } from '#app/domain/tenders/tender.ts'

export type Closing = { tenderId: string; closedAt: Date; outcome: ClosingOutcome; eligible: number; excluded: number; verdicts: Verdict[]; relations: Relation[]; people: PeopleFound[] }

/** A tender is closed once: a second row is refused by its key, whatever the code above believes. */
export async function insertClosing(trx: Knex.Transaction, closing: Closing & { ledgerEntryId: string }): Promise<void> {
  await trx('tender_closings').insert({
    tender_id: closing.tenderId,
    closed_at: closing.closedAt,
    outcome: closing.outcome,
    eligible: closing.eligible,
    excluded: closing.excluded,
    verdicts: JSON.stringify(closing.verdicts),
    relations: JSON.stringify(closing.relations),
    people: JSON.stringify(closing.people),
    ledger_entry_id: closing.ledgerEntryId,
  })
}

/** The bids that a close found eligible, whoever of them has won, declined or lost since, and their agencies. */
export async function listPooled(db: Database, tenderId: string): Promise<{ id: string; agencyId: string }[]> {
  return db('tender_closings as closing')
    .joinRaw('cross join lateral jsonb_array_elements(closing.verdicts) as verdict')
    .joinRaw(`join bids on bids.id = cast(verdict ->> 'bid' as uuid)`)
    .where({ 'closing.tender_id': tenderId })
    .whereRaw(`verdict ->> 'state' = 'eligible'`)
    .orderBy('bids.id')
    .select('bids.id', 'bids.agency_id as agencyId')
}

/** One for each bid with a receipt, as the close found it, in the order of receipt; none before the close. */
export async function findVerdicts(db: Database, tenderId: string): Promise<Verdict[]> {
  const row = (await db('tender_closings').select('verdicts').where({ tender_id: tenderId }).first()) as { verdicts: Verdict[] } | undefined
  return row?.verdicts ?? []
}
