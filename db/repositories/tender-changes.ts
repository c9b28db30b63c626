import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { Corrected, Dates, ExtensionCause } from '#app/domain/tenders/change.ts'
import type { GivenBack } from '#app/domain/tenders/given-back.ts'
import type { Gap } from '#app/domain/tenders/outage.ts'

type Told = { at: Date; by: string | null; reason: string; ledgerEntryId: string }

export type Extension = Told & { tenderId: string; ordinal: number; cause: ExtensionCause; from: Dates; to: Dates; gap: Gap | null }

/** Keeps a later deadline; the database moves the tender's dates by it and refuses one that starts from others. */
export async function insertExtension(trx: Knex.Transaction, { from, to, gap, ...extension }: Extension): Promise<void> {
  await trx('tender_extensions').insert({
    tender_id: extension.tenderId,
    ordinal: extension.ordinal,
    cause: extension.cause,
    reason: extension.reason,
    from_closes_at: from.closesAt,
    closes_at: to.closesAt,
    from_draws_after: from.drawsAfter,
    draws_after: to.drawsAfter,
    questions_until: to.questionsUntil,
    announce_by: to.announceBy,
    gap_from: gap?.from ?? null,
    gap_until: gap?.until ?? null,
    extended_at: extension.at,
    extended_by: extension.by,
    ledger_entry_id: extension.ledgerEntryId,
  })
}

/** How often a tender's deadline has moved, and the gaps that moved it. */
export async function listExtensions(db: Database, tenderId: string): Promise<{ ordinal: number; gap: Gap | null; ledgerEntryId: string }[]> {
  const rows = (await db('tender_extensions').where({ tender_id: tenderId }).orderBy('ordinal').select('ordinal', 'gap_from', 'gap_until', 'ledger_entry_id')) as { ordinal: number; gap_from: Date | null; gap_until: Date | null; ledger_entry_id: string }[]
  return rows.map((row) => ({ ordinal: row.ordinal, gap: row.gap_from && { from: row.gap_from, until: row.gap_until! }, ledgerEntryId: row.ledger_entry_id }))
}

/** Keeps a correction beside what was said before, and lets the tender say the new. */
export async function insertCorrection(trx: Knex.Transaction, { tenderId, revision, material, before, after, ...told }: Told & { tenderId: string; revision: number; material: boolean; before: Partial<Corrected>; after: Partial<Corrected> }): Promise<void> {
  await trx('tender_corrections').insert({ tender_id: tenderId, revision, reason: told.reason, material, before: JSON.stringify(before), after: JSON.stringify(after), corrected_at: told.at, corrected_by: told.by, ledger_entry_id: told.ledgerEntryId })
  const { serviceDays, ...words } = after
  await trx('tenders').where({ id: tenderId }).update({ ...words, ...(serviceDays !== undefined && { service_days: serviceDays }) })
}

/** How often a tender was corrected, which is the revision of the last. Under the tender's lock for whoever writes the next. */
export async function countCorrections(db: Database, tenderId: string): Promise<number> {
  const [{ count }] = (await db('tender_corrections').where({ tender_id: tenderId }).count()) as [{ count: number }]
  return Number(count)
}

/** A tender is cancelled once: its key refuses a second. */
export async function insertCancellation(trx: Knex.Transaction, { tenderId, afterValue, ...told }: Told & { tenderId: string; afterValue: boolean }): Promise<void> {
  await trx('tender_cancellations').insert({ tender_id: tenderId, reason: told.reason, after_value: afterValue, cancelled_at: told.at, cancelled_by: told.by, ledger_entry_id: told.ledgerEntryId })
}

/** The tender is held; `ordinal` is {@link countSuspensions} and one, and the key refuses one twice. `until` is when it ends by itself, if nobody ends it before. */
export async function insertSuspension(trx: Knex.Transaction, { tenderId, ordinal, basis, until, ...told }: Told & { tenderId: string; ordinal: number; basis: string; until: Date }): Promise<void> {
  await trx('tender_suspensions').insert({ tender_id: tenderId, ordinal, reason: told.reason, basis, suspended_at: told.at, suspended_by: told.by, until, ledger_entry_id: told.ledgerEntryId })
}

/** How often a tender was suspended, which is the ordinal of the last time. */
export async function countSuspensions(db: Database, tenderId: string): Promise<number> {
  const [{ count }] = (await db('tender_suspensions').where({ tender_id: tenderId }).count()) as [{ count: number }]
  return Number(count)
}

/** All days that a tender was held before, in milliseconds: what the law allows is allowed once. */
export async function timeHeld(db: Database, tenderId: string): Promise<number> {
  const rows = (await db('tender_suspensions as held').join('suspension_endings as endings', { 'endings.tender_id': 'held.tender_id', 'endings.ordinal': 'held.ordinal' }).where('held.tender_id', tenderId).select('held.suspended_at', 'endings.ended_at')) as { suspended_at: Date; ended_at: Date }[]
  return rows.reduce((sum, { suspended_at: from, ended_at: until }) => sum + until.getTime() - from.getTime(), 0)
}

/**
 * Gives back what a hold took: the instants that the domain has counted, and to each question and objection that waited for its answer
 * the rest of its own time. The database refuses whatever would take time away.
 */
export async function giveBack(trx: Knex.Transaction, { tenderId, given, from, lost }: { tenderId: string; given: GivenBack; from: Date; lost: number }): Promise<void> {
  const { announceBy, releaseBy, explainUntil, declineUntil, objectionsUntil, publicityEndsAt } = given
  if (announceBy) await moveAnnouncement(trx, tenderId, announceBy)
  if (releaseBy) await trx('draw_pools').where({ tender_id: tenderId }).update({ release_by: releaseBy })
  if (explainUntil) await trx('tender_openings').where({ tender_id: tenderId }).update({ explain_until: explainUntil })
  const ofAward = { ...(declineUntil && { decline_until: declineUntil }), ...(objectionsUntil && { objections_until: objectionsUntil }), ...(publicityEndsAt && { publicity_ends_at: publicityEndsAt }) }
  if (Object.keys(ofAward).length > 0) await trx('awards').where({ tender_id: tenderId }).whereNotExists(trx('award_declines as declines').whereRaw('declines.bid_id = awards.bid_id')).update(ofAward)
  const later = { answer_by: trx.raw(`answer_by + ? * interval '1 millisecond'`, [lost]) }
  await trx('tender_questions').where({ tender_id: tenderId }).whereNull('answered_at').where('answer_by', '>', from).update(later)
  await trx('tender_objections').where({ tender_id: tenderId }).whereNotExists(trx('objection_answers as answers').whereRaw('answers.objection_id = tender_objections.id')).where('answer_by', '>', from).update(later)
}

/** Sets by when a tender's result has to be announced, where time was given back. */
export async function moveAnnouncement(trx: Knex.Transaction, tenderId: string, announceBy: Date): Promise<void> {
  await trx('tenders').where({ id: tenderId }).update({ announce_by: announceBy })
}

/** A hold ends once: its key refuses a second. `by` is null where its longest time was over. The time that was lost is given back elsewhere. */
export async function insertSuspensionEnding(trx: Knex.Transaction, { tenderId, ordinal, ...told }: Told & { tenderId: string; ordinal: number }): Promise<void> {
  await trx('suspension_endings').insert({ tender_id: tenderId, ordinal, ended_at: told.at, ended_by: told.by, reason: told.reason, ledger_entry_id: told.ledgerEntryId })
}
