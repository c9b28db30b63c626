import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { FindingBasis, InquiryFacts, Outcome, RespondentRole } from '#app/domain/oversight/inquiry.ts'
import type { LeadKind } from '#app/domain/oversight/lead.ts'

/** What every act of a file writes with it. */
export type Done = { at: Date; by: string; ledgerEntryId: string }

export type Inquiry = {
  id: string
  number: string
  divisionCode: string
  leadKind: LeadKind
  leadKey: string
  leadSince: Date
  leadParams: object
  respondentId: string
  respondentRole: RespondentRole
  decisionId: string | null
  reportId: string | null
  listingId: string | null
  allegation: string
  openedAt: Date
  replyBy: Date
}

export type WholeInquiry = Inquiry & {
  reply: { words: string } | null
  findingSaid: { bases: FindingBasis[]; reason: string; referredTo: string | null } | null
  contestSaid: { words: string; reason: string | null } | null
  rounds: { id: string; words: string; reason: string | null; judgedAt: Date | null }[]
  facts: InquiryFacts
}

const COLUMNS = {
  id: 'id', number: 'number', divisionCode: 'division_code', leadKind: 'lead_kind', leadKey: 'lead_key', leadSince: 'lead_since', leadParams: 'lead_params', respondentId: 'respondent_id', respondentRole: 'respondent_role',
  decisionId: 'decision_id', reportId: 'report_id', listingId: 'listing_id', allegation: 'allegation', openedAt: 'opened_at', replyBy: 'reply_by',
}

/** `HC-<division>-<year>-<six digits>`, counted from 1 by division and Beijing year. Others wait for the count until this transaction ends, so no number is lost to a rollback. */
export async function nextInquiryNumber(trx: Knex.Transaction, divisionCode: string, year: number): Promise<string> {
  const { rows } = await trx.raw<{ rows: [{ last: number }] }>(
    `insert into inquiry_numbers (division_code, year, last) values (?, ?, 1)
     on conflict (division_code, year) do update set last = inquiry_numbers.last + 1 returning last`,
    [divisionCode, year],
  )
  return `HC-${divisionCode}-${year}-${String(rows[0].last).padStart(6, '0')}`
}

export const INQUIRY_NUMBER = /^HC-\d{6}-\d{4}-\d{6}$/

/** After {@link holdLead}: of one lead there is one file since its newest fact, and the table refuses a second. */
export async function insertInquiry(trx: Knex.Transaction, inquiry: Inquiry, { by, ledgerEntryId }: Omit<Done, 'at'>): Promise<void> {
  const row = Object.fromEntries(Object.entries(COLUMNS).map(([name, column]) => [column, inquiry[name as keyof Inquiry]]))
  await trx('inquiries').insert({ ...row, lead_params: JSON.stringify(inquiry.leadParams), opened_by: by, ledger_entry_id: ledgerEntryId })
}

/** Holds a lead until the transaction ends, and names the file that was opened of it since its newest fact. */
export async function holdLead(trx: Knex.Transaction, { kind, key, since }: { kind: LeadKind; key: string; since: Date }): Promise<string | undefined> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`lead:${kind}:${key}`])
  return (await trx('inquiries').where({ lead_kind: kind, lead_key: key }).where('lead_since', '>=', since).first<{ number: string } | undefined>('number'))?.number
}

/** A file with everything that happened in it; held until the transaction ends where `hold` says so. */
export async function findInquiry(db: Database, number: string, { hold = false } = {}): Promise<WholeInquiry | undefined> {
  if (!INQUIRY_NUMBER.test(number)) return undefined
  if (hold) await db.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`inquiry:${number}`])
  const inquiry = (await db('inquiries').where({ number }).first(COLUMNS)) as Inquiry | undefined
  return inquiry && wholeOf(db, inquiry)
}

/** The same by its own id, and never held. */
export async function findInquiryById(db: Database, id: string): Promise<WholeInquiry | undefined> {
  const inquiry = (await db('inquiries').where({ id }).first(COLUMNS)) as Inquiry | undefined
  return inquiry && wholeOf(db, inquiry)
}

type FindingRow = { outcome: Outcome; bases: FindingBasis[]; reason: string; referred_to: string | null; contest_by: Date | null; rectify_by: Date | null; found_at: Date }
type RoundRow = { id: string; words: string; submitted_at: Date; accepted: boolean | null; reason: string | null; again_by: Date | null; judged_at: Date | null }

async function wholeOf(db: Database, inquiry: Inquiry): Promise<WholeInquiry> {
  const of = { inquiry_id: inquiry.id }
  const [reply, finding, contest, answer, rounds] = await Promise.all([
    db('inquiry_replies').where(of).first<{ words: string; replied_at: Date } | undefined>(),
    db('inquiry_findings').where(of).first<FindingRow | undefined>(),
    db('inquiry_contests').where(of).first<{ words: string; contested_at: Date; decide_by: Date } | undefined>(),
    db('contest_answers').where(of).first<{ outcome: 'kept' | 'revoked'; reason: string; answered_at: Date } | undefined>(),
    db('rectifications as proof').leftJoin('rectification_verdicts as verdict', 'verdict.rectification_id', 'proof.id').where('proof.inquiry_id', inquiry.id).orderBy('proof.round').select('proof.id', 'proof.words', 'proof.submitted_at', 'verdict.accepted', 'verdict.reason', 'verdict.again_by', 'verdict.judged_at') as unknown as Promise<RoundRow[]>,
  ])
  return {
    ...inquiry,
    reply: reply ? { words: reply.words } : null,
    findingSaid: finding ? { bases: finding.bases, reason: finding.reason, referredTo: finding.referred_to } : null,
    contestSaid: contest ? { words: contest.words, reason: answer?.reason ?? null } : null,
    rounds: rounds.map(({ id, words, reason, judged_at }) => ({ id, words, reason, judgedAt: judged_at })),
    facts: {
      replyBy: inquiry.replyBy,
      repliedAt: reply?.replied_at ?? null,
      finding: finding ? { outcome: finding.outcome, foundAt: finding.found_at, contestBy: finding.contest_by, rectifyBy: finding.rectify_by } : null,
      contest: contest ? { contestedAt: contest.contested_at, decideBy: contest.decide_by } : null,
      contestAnswer: answer ? { outcome: answer.outcome, answeredAt: answer.answered_at } : null,
      rectifications: rounds.map(({ submitted_at, accepted, again_by }) => ({ submittedAt: submitted_at, verdict: accepted === null ? null : { accepted, againBy: again_by } })),
    },
  }
}

/** Of the respondent, once: its key refuses a second. The file is held by {@link findInquiry}; papers come beside it. */
export async function insertReply(trx: Knex.Transaction, inquiryId: string, { words, at, by, ledgerEntryId }: Done & { words: string }): Promise<void> {
  await trx('inquiry_replies').insert({ inquiry_id: inquiryId, words, replied_at: at, replied_by: by, ledger_entry_id: ledgerEntryId })
}

type Finding = { outcome: Outcome; bases: FindingBasis[]; reason: string; referredTo: string | null; contestBy: Date | null; rectifyBy: Date | null }

/**
 * One to a file, under its lock. The table wants both dates of a violation and of nothing else (the first instants that are too late), and
 * `referredTo` of a referral alone.
 */
export async function insertFinding(trx: Knex.Transaction, inquiryId: string, { outcome, bases, reason, referredTo, contestBy, rectifyBy, at, by, ledgerEntryId }: Done & Finding): Promise<void> {
  await trx('inquiry_findings').insert({ inquiry_id: inquiryId, outcome, bases, reason, referred_to: referredTo, contest_by: contestBy, rectify_by: rectifyBy, found_at: at, found_by: by, ledger_entry_id: ledgerEntryId })
}

/** Of a finding, once, under the file's lock; `decideBy` is the first instant at which an answer is late. */
export async function insertContest(trx: Knex.Transaction, inquiryId: string, { words, decideBy, at, by, ledgerEntryId }: Done & { words: string; decideBy: Date }): Promise<void> {
  await trx('inquiry_contests').insert({ inquiry_id: inquiryId, words, contested_at: at, contested_by: by, decide_by: decideBy, ledger_entry_id: ledgerEntryId })
}

/** Once, under the file's lock. `revoked` undoes the finding for good; `kept` leaves it as it was found. */
export async function insertContestAnswer(trx: Knex.Transaction, inquiryId: string, { outcome, reason, at, by, ledgerEntryId }: Done & { outcome: 'kept' | 'revoked'; reason: string }): Promise<void> {
  await trx('contest_answers').insert({ inquiry_id: inquiryId, outcome, reason, answered_at: at, answered_by: by, ledger_entry_id: ledgerEntryId })
}

/** A proof that things were put right, under the file's lock; `round` counts from 1, and the table refuses one twice. */
export async function insertRectification(trx: Knex.Transaction, inquiryId: string, { id, round, words, at, by, ledgerEntryId }: Done & { id: string; round: number; words: string }): Promise<void> {
  await trx('rectifications').insert({ id, inquiry_id: inquiryId, round, words, submitted_at: at, submitted_by: by, ledger_entry_id: ledgerEntryId })
}

/** Once to a proof. `againBy`, the first instant at which another is late, is null where it was accepted and never otherwise. */
export async function insertRectificationVerdict(trx: Knex.Transaction, rectificationId: string, { accepted, reason, againBy, at, by, ledgerEntryId }: Done & { accepted: boolean; reason: string; againBy: Date | null }): Promise<void> {
  await trx('rectification_verdicts').insert({ rectification_id: rectificationId, accepted, reason, again_by: againBy, judged_at: at, judged_by: by, ledger_entry_id: ledgerEntryId })
}

/** Notes that the ledger was told of a final violation, once. It is public by the hour, with this row or without it. */
export async function insertPublication(trx: Knex.Transaction, inquiryId: string, { at, ledgerEntryId }: Omit<Done, 'by'>): Promise<void> {
  await trx('inquiry_publications').insert({ inquiry_id: inquiryId, published_at: at, ledger_entry_id: ledgerEntryId })
}

/** Was the ledger told of it? Under the file's lock for whoever is about to tell. */
export async function isPublished(db: Database, inquiryId: string): Promise<boolean> {
  return (await db('inquiry_publications').where({ inquiry_id: inquiryId }).first('inquiry_id')) !== undefined
}
