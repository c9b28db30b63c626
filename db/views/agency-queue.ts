import type { CheckState } from '#app/domain/agencies/agency-state.ts'
import type { Database } from '#app/domain/context.ts'
import { CHECK_STATES_IN_SQL } from '../repositories/agencies.ts'

export type QueueLine = { uscc: string; name: string; seat: string; admittedAt: Date; noticeEndsAt: Date | null; answeredAt: Date | null; documents: number; imported: boolean; managed: boolean }

type Row = { uscc: string; name: string; seat: string; admitted_at: Date; notice_ends_at: Date | null; answered_at: Date | null; documents: number; imported: boolean; managed: boolean }

/** Agencies by where their formal check stands, those that wait longest first; one page after the agency that `after` names. */
export async function listQueue(db: Database, { state, after, limit }: { state: CheckState; after?: string; limit: number }): Promise<QueueLine[]> {
  const rows: Row[] = await db('agencies as a')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .join('divisions as d', 'd.code', 'o.division_code')
    .leftJoin('agency_latest_checks as latest', 'latest.agency_id', 'a.organisation_id')
    .whereNotNull('a.admitted_at')
    .whereNull('a.expelled_at')
    .whereRaw(CHECK_STATES_IN_SQL[state])
    .modify((query) => {
      if (after) query.whereRaw('(a.admitted_at, a.organisation_id) > (select x.admitted_at, x.organisation_id from agencies x join organisations y on y.id = x.organisation_id where y.uscc = ?)', [after])
    })
    .orderBy(['a.admitted_at', 'a.organisation_id'])
    .limit(limit)
    .select(
      'o.uscc', 'o.name', 'd.name as seat', 'a.admitted_at', 'a.notice_ends_at', 'latest.answered_at',
      db.raw('(select count(*)::int from agency_documents x where x.agency_id = a.organisation_id and x.removed_at is null) as documents'),
      db.raw('a.committed_at is null as imported'),
      db.raw(`exists (select from memberships m where m.organisation_id = a.organisation_id and m.duty = 'manager' and m.until is null) as managed`),
    )
  return rows.map((row) => ({ uscc: row.uscc, name: row.name, seat: row.seat, admittedAt: row.admitted_at, noticeEndsAt: row.notice_ends_at, answeredAt: row.answered_at, documents: row.documents, imported: row.imported, managed: row.managed }))
}

/** How many agencies stand where. One query. */
export async function countQueue(db: Database): Promise<Record<CheckState, number>> {
  const counts = Object.entries(CHECK_STATES_IN_SQL).map(([state, predicate]) => `count(*) filter (where ${predicate})::int as ${state}`)
  const row: Record<CheckState, number> = await db('agencies as a').leftJoin('agency_latest_checks as latest', 'latest.agency_id', 'a.organisation_id').whereNotNull('a.admitted_at').whereNull('a.expelled_at').first(db.raw(counts.join(', ')))
  return row
}

/** What only the operator sees of an agency beside its public page: whom to call, and whether somebody manages it. */
export type InnerFacts = { legalRepresentative: string | null; agentName: string | null; contactName: string | null; contactPhone: string | null; shareholders: string | null; managed: boolean }

export async function findInnerFacts(db: Database, agencyId: string): Promise<InnerFacts | undefined> {
  const row = await db('agencies as a')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .where('a.organisation_id', agencyId)
    .first('o.legal_representative', 'a.agent_name', 'a.contact_name', 'a.contact_phone', 'a.shareholders', db.raw(`exists (select from memberships m where m.organisation_id = a.organisation_id and m.duty = 'manager' and m.until is null) as managed`))
  return row && { legalRepresentative: row.legal_representative, agentName: row.agent_name, contactName: row.contact_name, contactPhone: row.contact_phone, shareholders: row.shareholders, managed: row.managed }
}
