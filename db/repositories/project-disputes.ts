import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { Dispute, DisputeOutcome, NamedParty } from '#app/domain/projects/dispute.ts'

type Row = { id: string; project_code: string; registrant_id: string; named: NamedParty[]; raised_at: Date; settled_at: Date | null; outcome: DisputeOutcome | null; goes_to: NamedParty | null; reason: string | null }

/** Registering a code and recording whom offices name for it follow each other until the transaction ends. */
export async function holdCode(trx: Knex.Transaction, code: string): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`owner-of:${code}`])
}

/** All disputes about a project: the open one, then those settled last. */
export async function listDisputes(db: Database, projectCode: string): Promise<Dispute[]> {
  return ((await db('project_disputes').where({ project_code: projectCode }).orderBy([{ column: 'settled_at', order: 'desc', nulls: 'first' }, { column: 'id' }])) as Row[]).map(toDispute)
}

/** After {@link holdCode}: of one project one is open at a time, and the index refuses a second. `named` are the others whom offices name now. */
export async function insertDispute(trx: Knex.Transaction, { id, projectCode, registrantId, named, raisedAt, ledgerEntryId }: Pick<Dispute, 'id' | 'projectCode' | 'registrantId' | 'named' | 'raisedAt'> & { ledgerEntryId: string }): Promise<void> {
  await trx('project_disputes').insert({ id, project_code: projectCode, registrant_id: registrantId, named: JSON.stringify(named), raised_at: raisedAt, ledger_entry_id: ledgerEntryId })
}

/**
 * After {@link holdCode}; also of one that was settled, when the offices' papers were mended later. `goesTo` is there for `applicant` alone; `by` and
 * `reason` are both null where nobody decided.
 */
export async function saveSettlement(trx: Knex.Transaction, { id, named, settledAt, outcome, goesTo, reason, by }: Pick<Dispute, 'id' | 'named' | 'settledAt' | 'outcome' | 'goesTo' | 'reason'> & { by: string | null }): Promise<void> {
  await trx('project_disputes').where({ id }).update({ named: JSON.stringify(named), settled_at: settledAt, outcome, goes_to: goesTo && JSON.stringify(goesTo), reason, settled_by: by })
}

/** Whom offices name for a project: as its owner, and as applicant in its cases, the latest first. */
export async function listNamed(db: Database, projectCode: string): Promise<{ owners: NamedParty[]; applicants: NamedParty[] }> {
  const [owners, applicants] = await Promise.all([
    db('project_statements').where({ project_code: projectCode }).orderBy('stated_at', 'desc').select<NamedParty[]>('owner_uscc as uscc', 'owner_name as name', 'stated_at'),
    db('cases').where({ project_code: projectCode }).orderBy('ordinal', 'desc').select<NamedParty[]>('applicant_uscc as uscc', 'applicant_name as name', 'ordinal'),
  ])
  const party = ({ uscc, name }: NamedParty) => ({ uscc, name })
  return { owners: owners.map(party), applicants: applicants.map(party) }
}

function toDispute(row: Row): Dispute {
  return { id: row.id, projectCode: row.project_code, registrantId: row.registrant_id, named: row.named, raisedAt: row.raised_at, settledAt: row.settled_at, outcome: row.outcome, goesTo: row.goes_to, reason: row.reason }
}
