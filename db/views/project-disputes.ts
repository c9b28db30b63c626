import type { Database } from '#app/domain/context.ts'
import type { DisputeOutcome, NamedParty } from '#app/domain/projects/dispute.ts'

/** A dispute with who registered the project, and what each office says of it. An operator sees no number of a case. */
export type DisputeView = {
  id: string
  code: string
  project: string
  registrant: NamedParty
  registeredAt: Date
  raisedAt: Date
  settledAt: Date | null
  outcome: DisputeOutcome | null
  goesTo: NamedParty | null
  reason: string | null
  said: { office: string; uscc: string | null; name: string; as: 'owner' | 'applicant'; item: string | null; at: string }[]
  tenders: number
}

const SAID = `coalesce((
  select jsonb_agg(to_jsonb(said) order by said.at desc) from (
    select office.name as office, stated.owner_uscc as uscc, stated.owner_name as name, 'owner' as "as", null as item, stated.stated_at as at
      from project_statements stated join organisations office on office.id = stated.authority_id where stated.project_code = dispute.project_code
    union all
    select office.name, file.applicant_uscc, file.applicant_name, 'applicant', item.name, file.received_at
      from cases file join organisations office on office.id = file.authority_id join approval_items item on item.code = file.approval_item where file.project_code = dispute.project_code
    limit 50
  ) said), '[]') as said`

/** Disputes that are open, the longest waiting first; or those that were settled, the latest first; or the latest one of a project. */
export async function listDisputeViews(db: Database, { settled, code, limit }: { settled?: boolean; code?: string; limit: number }): Promise<DisputeView[]> {
  return (await db('project_disputes as dispute')
    .join('projects as project', 'project.code', 'dispute.project_code')
    .join('organisations as registrant', 'registrant.id', 'dispute.registrant_id')
    .modify((query) => code !== undefined && query.where('dispute.project_code', code))
    .modify((query) => settled === true && query.whereNotNull('dispute.settled_at'))
    .modify((query) => settled === false && query.whereNull('dispute.settled_at').orderBy('dispute.raised_at'))
    .orderBy([{ column: 'dispute.settled_at', order: 'desc', nulls: 'first' }, { column: 'dispute.id' }])
    .limit(limit)
    .select({ id: 'dispute.id', code: 'dispute.project_code', project: 'project.name', registeredAt: 'project.registered_at', raisedAt: 'dispute.raised_at', settledAt: 'dispute.settled_at', outcome: 'dispute.outcome', goesTo: 'dispute.goes_to', reason: 'dispute.reason' })
    .select(
      db.raw(`jsonb_build_object('uscc', registrant.uscc, 'name', registrant.name) as registrant`),
      db.raw(SAID),
      db.raw('(select cast(count(*) as int) from tenders where tenders.project_code = dispute.project_code and tenders.owner_id = dispute.registrant_id and tenders.published_at is not null) as tenders'),
    )) as DisputeView[]
}

/** How a project's registrant stands: whether offices name another, and whether it was given to one. Null where nobody doubts it. */
export async function disputeOf(db: Database, { code, registrantId }: { code: string; registrantId: string }): Promise<'open' | 'applicant' | null> {
  const row = await db('project_disputes').where({ project_code: code, registrant_id: registrantId }).where((lost) => lost.whereNull('settled_at').orWhere({ outcome: 'applicant' })).orderByRaw('settled_at is null desc').first<{ settled_at: Date | null } | undefined>('settled_at')
  return row ? (row.settled_at ? 'applicant' : 'open') : null
}
