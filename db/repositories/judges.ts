import type { Knex } from 'knex'
import type { Judge, JudgeEnding } from '#app/domain/awards/judge.ts'
import type { Database } from '#app/domain/context.ts'

type Row = {
  id: string
  tender_id: string
  seat: number
  organisation_id: string
  name: string
  phone: string | null
  invited_at: Date
  declared_at: Date | null
  due_at: Date | null
  reported_at: Date | null
  ended_at: Date | null
  ended_by: JudgeEnding | null
  ended_reason: string
  committed_at: Date | null
  hash: Buffer | null
  shown_at: Date | null
}

/** Everybody who was ever asked to judge a tender, by seat and in the order of invitation. */
export async function listJudges(db: Database, tenderId: string): Promise<Judge[]> {
  const rows = (await db('tender_judges as judge')
    .join('organisations as person', 'person.id', 'judge.organisation_id')
    .leftJoin('score_sheets as sheet', 'sheet.judge_id', 'judge.id')
    .where('judge.tender_id', tenderId)
    .orderBy(['judge.seat', { column: 'judge.ended_at', nulls: 'last' }, 'judge.id'])
    .select('judge.*', 'person.name', 'person.phone', 'sheet.committed_at', 'sheet.hash', 'sheet.shown_at')) as Row[]
  return rows.map(toJudge)
}

/**
 * The tender is held. A seat has one who sits, and a person is asked once: indexes refuse a second. `dueAt` is null until the bids are opened,
 * `invitedBy` where no account asked.
 */
export async function insertJudge(trx: Knex.Transaction, judge: { id: string; tenderId: string; seat: number; organisationId: string; invitedAt: Date; invitedBy: string | null; dueAt: Date | null }): Promise<void> {
  await trx('tender_judges').insert({ id: judge.id, tender_id: judge.tenderId, seat: judge.seat, organisation_id: judge.organisationId, invited_at: judge.invitedAt, invited_by: judge.invitedBy, due_at: judge.dueAt })
}

/** Keeps that a judge has declared no conflict; where the bids are open already the sheet's time begins here. */
export async function saveDeclared(trx: Knex.Transaction, { id, at, dueAt }: { id: string; at: Date; dueAt: Date | null }): Promise<void> {
  await trx('tender_judges').where({ id }).update({ declared_at: at, due_at: dueAt })
}

/** Frees the seat; what the judge declared and committed to stays on record and counts no more. The tender is held. */
export async function saveJudgeEnded(trx: Knex.Transaction, { id, at, by, reason }: { id: string; at: Date; by: JudgeEnding; reason: string }): Promise<void> {
  await trx('tender_judges').where({ id }).update({ ended_at: at, ended_by: by, ended_reason: reason })
}

/** Every sheet is due from the opening on. */
export async function saveSheetsDue(trx: Knex.Transaction, { tenderId, dueAt }: { tenderId: string; dueAt: Date }): Promise<void> {
  await trx('tender_judges').where({ tender_id: tenderId }).whereNull('ended_at').update({ due_at: dueAt })
}

/** Gives judges whose sheets were not due yet when a hold began the time back that it lasted, in milliseconds. */
export async function moveSheetsDue(trx: Knex.Transaction, { tenderId, from, lost }: { tenderId: string; from: Date; lost: number }): Promise<void> {
  await trx('tender_judges').where({ tender_id: tenderId }).whereNull('ended_at').where('due_at', '>', from).update({ due_at: trx.raw(`due_at + ? * interval '1 millisecond'`, [lost]) })
}

/** Notes that the lateness of these was told, so that it is told once; none is fine. The tender is held. */
export async function saveReported(trx: Knex.Transaction, ids: readonly string[], at: Date): Promise<void> {
  await trx('tender_judges').whereIn('id', [...ids]).update({ reported_at: at })
}

/** Keeps a committed sheet under its seal. A judge commits once: the key refuses a second. */
export async function insertSheet(trx: Knex.Transaction, sheet: { judgeId: string; tenderId: string; committedAt: Date; hash: Buffer; sealed: string; ledgerEntryId: string }): Promise<void> {
  await trx('score_sheets').insert({ judge_id: sheet.judgeId, tender_id: sheet.tenderId, committed_at: sheet.committedAt, hash: sheet.hash, sealed: sheet.sealed, ledger_entry_id: sheet.ledgerEntryId })
}

export type KeptSheet = { judgeId: string; seat: number; hash: Buffer; sealed: string; shownAt: Date | null; body: string | null }

/** The committed sheets of those who sit, by seat. */
export async function listSheets(db: Database, tenderId: string): Promise<KeptSheet[]> {
  const rows = (await db('score_sheets as sheet').join('tender_judges as judge', 'judge.id', 'sheet.judge_id').where('sheet.tender_id', tenderId).whereNull('judge.ended_at').orderBy('judge.seat').select('sheet.*', 'judge.seat')) as { judge_id: string; seat: number; hash: Buffer; sealed: string; shown_at: Date | null; body: string | null }[]
  return rows.map((row) => ({ judgeId: row.judge_id, seat: row.seat, hash: row.hash, sealed: row.sealed, shownAt: row.shown_at, body: row.body }))
}

/** Keeps that a judge wants the sheet shown; its text is not written before all are. */
export async function saveShown(trx: Knex.Transaction, judgeId: string, at: Date): Promise<void> {
  await trx('score_sheets').where({ judge_id: judgeId }).whereNull('shown_at').update({ shown_at: at })
}

/** Writes what was under the seals, in the transaction that makes all of it public. */
export async function saveSheetBodies(trx: Knex.Transaction, sheets: readonly { judgeId: string; body: string }[], at: Date): Promise<void> {
  for (const { judgeId, body } of sheets) {
    await trx('score_sheets').where({ judge_id: judgeId }).update({ body, shown_at: trx.raw('coalesce(shown_at, ?)', [at]) })
  }
}

/** Once: its key refuses a second. `decidesAfter` is later than the reveal: only a value of that instant or after it may break a tie. */
export async function insertReveal(trx: Knex.Transaction, reveal: { tenderId: string; revealedAt: Date; decidesAfter: Date; ledgerEntryId: string }): Promise<void> {
  await trx('sheet_reveals').insert({ tender_id: reveal.tenderId, revealed_at: reveal.revealedAt, decides_after: reveal.decidesAfter, ledger_entry_id: reveal.ledgerEntryId })
}

/** The entry of the ledger that made a tender's score sheets public. */
export async function findRevealEntry(db: Database, tenderId: string): Promise<string | undefined> {
  return ((await db('sheet_reveals').where({ tender_id: tenderId }).first('ledger_entry_id')) as { ledger_entry_id: string } | undefined)?.ledger_entry_id
}

/** The tenders that a person is asked to judge, the latest first. */
export async function listSeatsOf(db: Database, organisationId: string): Promise<{ number: string; title: string; seat: number; declaredAt: Date | null; committedAt: Date | null; shownAt: Date | null; dueAt: Date | null; endedAt: Date | null; openedAt: Date | null; revealedAt: Date | null; wanted: number; committed: number }[]> {
  return db('tender_judges as judge')
    .join('tenders', 'tenders.id', 'judge.tender_id')
    .leftJoin('score_sheets as sheet', 'sheet.judge_id', 'judge.id')
    .leftJoin('tender_openings as opening', 'opening.tender_id', 'tenders.id')
    .leftJoin('sheet_reveals as reveal', 'reveal.tender_id', 'tenders.id')
    .leftJoin('tender_judging as judging', 'judging.tender_id', 'tenders.id')
    .where('judge.organisation_id', organisationId)
    .orderBy([{ column: 'judge.invited_at', order: 'desc' }, { column: 'judge.id' }])
    .limit(50)
    .select('tenders.number', 'tenders.title', 'judge.seat', { declaredAt: 'judge.declared_at', committedAt: 'sheet.committed_at', shownAt: 'sheet.shown_at', dueAt: 'judge.due_at', endedAt: 'judge.ended_at', openedAt: 'opening.opened_at', revealedAt: 'reveal.revealed_at' }, db.raw(`cast(tenders.merit ->> 'judges' as int) as wanted`), db.raw('coalesce(judging.committed, 0) as committed'))
}

function toJudge(row: Row): Judge {
  return {
    id: row.id,
    tenderId: row.tender_id,
    seat: row.seat,
    organisationId: row.organisation_id,
    name: row.name,
    phone: row.phone,
    invitedAt: row.invited_at,
    declaredAt: row.declared_at,
    dueAt: row.due_at,
    reportedAt: row.reported_at,
    ended: row.ended_at && { at: row.ended_at, by: row.ended_by!, reason: row.ended_reason },
    sheet: row.committed_at && { committedAt: row.committed_at, hash: row.hash!.toString('hex'), shownAt: row.shown_at },
  }
}
