import type { Knex } from 'knex'
import type { StoredDocument } from '#app/domain/agencies/document.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'

export type Report = {
  id: string
  receiptHash: Buffer
  divisionCode: string
  authorityId: string
  /** Null where it was made anonymously. */
  reporter: { organisationId: string; role: string; accountId: string } | null
  listingId: string | null
  asked: string
  words: string
  projectCode: string | null
  decisionId: string | null
  reportedAt: Date
}

export type TurnedAway = {
  id: string
  divisionCode: string
  authorityId: string
  toldBy: string
  toldAs: 'authority' | 'owner'
  /** Null where a case system said so. */
  accountId: string | null
  listingId: string | null
  material: string
  reason: string
  turnedAwayOn: Day
  projectCode: string | null
  toldAt: Date
  /** The case in which it was turned away, and what that calls it. */
  of?: { caseId: string; code: string }
}

/** Whose paper: a report's, a reply's, or that of a proof of putting right. */
export type EvidenceOf = { reportId: string } | { replyOf: string } | { rectificationId: string }
export type Evidence = StoredDocument & { id: string }

/** After {@link holdReceipt}. Without a reporter the table refuses a project and a decision, by which one would be known; it is never changed. */
export async function insertReport(trx: Knex.Transaction, { reporter, ...report }: Report, ledgerEntryId: string): Promise<void> {
  await trx('demand_reports').insert({
    id: report.id, receipt_hash: report.receiptHash, division_code: report.divisionCode, authority_id: report.authorityId,
    reporter_id: reporter?.organisationId ?? null, reporter_role: reporter?.role ?? null, reporter_account: reporter?.accountId ?? null,
    listing_id: report.listingId, asked: report.asked, words: report.words, project_code: report.projectCode, decision_id: report.decisionId,
    reported_at: report.reportedAt, ledger_entry_id: ledgerEntryId,
  })
}

/** Holds one receipt until the transaction ends, so that a form sent twice is one report. */
export async function holdReceipt(trx: Knex.Transaction, receiptHash: Buffer): Promise<string | undefined> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`receipt:${receiptHash.toString('hex')}`])
  return (await trx('demand_reports').where({ receipt_hash: receiptHash }).first<{ id: string } | undefined>('id'))?.id
}

/** After {@link holdTurnedAway} where a page gave the id. `of` is the case and material whose record said it, null elsewhere; the account is null where a machine did. */
export async function insertTurnedAway(trx: Knex.Transaction, told: TurnedAway, ledgerEntryId: string): Promise<void> {
  await trx('turned_away_documents').insert({
    id: told.id, division_code: told.divisionCode, authority_id: told.authorityId, told_by: told.toldBy, told_as: told.toldAs, account_id: told.accountId,
    listing_id: told.listingId, material: told.material, reason: told.reason, turned_away_on: told.turnedAwayOn, project_code: told.projectCode, told_at: told.toldAt, ledger_entry_id: ledgerEntryId, case_id: told.of?.caseId ?? null, material_code: told.of?.code ?? null,
  })
}

/** Holds the id that a page gave to a paper, and says whose it is already. */
export async function holdTurnedAway(trx: Knex.Transaction, id: string): Promise<{ toldBy: string } | undefined> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`turned-away:${id}`])
  return trx('turned_away_documents').where({ id }).first<{ toldBy: string } | undefined>({ toldBy: 'told_by' })
}

/** What is known of papers whose bytes lie in DATA_DIR/files already; none is fine. With what they belong to, in the same transaction. */
export async function insertEvidence(trx: Knex.Transaction, files: readonly Evidence[], of: EvidenceOf, at: Date): Promise<void> {
  if (!files.length) return
  const owner = 'reportId' in of ? { report_id: of.reportId } : 'replyOf' in of ? { reply_of: of.replyOf } : { rectification_id: of.rectificationId }
  await trx('evidence_files').insert(files.map(({ id, sha256, name, mediaType, bytes }) => ({ id, ...owner, sha256: Buffer.from(sha256, 'hex'), name, media_type: mediaType, bytes, kept_at: at })))
}

type Row = { id: string; sha256: Buffer; name: string; media_type: StoredDocument['mediaType']; bytes: number; report_id: string | null; reply_of: string | null; rectification_id: string | null }

/** A row of `evidence_files`, its hash in hex. */
export const toEvidence = ({ id, sha256, name, media_type, bytes }: Row): Evidence => ({ id, sha256: sha256.toString('hex'), name, mediaType: media_type, bytes })

/** By name. Whether the reader may see them is the caller's to ask. */
export async function listEvidence(db: Database, of: EvidenceOf): Promise<Evidence[]> {
  const owner = 'reportId' in of ? { report_id: of.reportId } : 'replyOf' in of ? { reply_of: of.replyOf } : { rectification_id: of.rectificationId }
  return ((await db('evidence_files').where(owner).orderBy(['name', 'id'])) as Row[]).map(toEvidence)
}

export type FoundEvidence = Evidence & { isOfReport: boolean; divisionCode: string; respondentId: string | null }

/** One paper with whose eyes it is for: of a report the regulator's of that division, else also its own sender's. */
export async function findEvidence(db: Database, id: string): Promise<FoundEvidence | undefined> {
  const row = (await db('evidence_files as file')
    .leftJoin('demand_reports as report', 'report.id', 'file.report_id')
    .leftJoin('rectifications as proof', 'proof.id', 'file.rectification_id')
    .leftJoin('inquiries as inquiry', (join) => join.on('inquiry.id', '=', db.raw('coalesce(file.reply_of, proof.inquiry_id)')))
    .where('file.id', id)
    .first('file.*', db.raw('coalesce(report.division_code, inquiry.division_code) as division'), 'inquiry.respondent_id')) as (Row & { division: string; respondent_id: string | null }) | undefined
  return row && { ...toEvidence(row), isOfReport: row.report_id !== null, divisionCode: row.division, respondentId: row.respondent_id }
}

/** What whoever holds the receipt may know of a report: when it came, what was asked, and how far the file is. */
export async function findReportByReceipt(db: Database, receiptHash: Buffer): Promise<{ id: string; authority: string; asked: string; reportedAt: Date; inquiryId: string | null } | undefined> {
  return db('demand_reports as report')
    .join('organisations as authority', 'authority.id', 'report.authority_id')
    .leftJoin('inquiries as inquiry', 'inquiry.report_id', 'report.id')
    .where('report.receipt_hash', receiptHash)
    .first({ id: 'report.id', authority: 'authority.name', asked: 'report.asked', reportedAt: 'report.reported_at', inquiryId: 'inquiry.id' })
}
