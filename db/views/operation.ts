import type { Database } from '#app/domain/context.ts'

export type Operation = {
  agencies: number
  admittedThisWeek: number
  sessions: number
  outbox: number
  overdueTenders: number
  unsequenced: number
  oldestUnsequencedAt: Date | null
  checkpoint: { size: number; signedAt: Date } | null
  newest: { uscc: string; name: string; seat: string; admittedAt: Date; licenceId: string | null; licenceName: string | null }[]
}

type Row = {
  agencies: number
  week: number
  sessions: number
  outbox: number
  overdue: number
  unsequenced: number
  oldest: Date | null
  size: number | null
  signed_at: Date
}

/** The operator's figures: how much there is, what waits, how far the ledger is. Two queries, one for the figures and one for the newest. */
export async function showOperation(db: Database, at: Date): Promise<Operation> {
  const [figures, newest] = await Promise.all([
    db.raw<{ rows: [Row] }>(
      `select (select count(*)::int from agencies where admitted_at is not null and expelled_at is null) as agencies,
              (select count(*)::int from agencies where admitted_at > cast(:at as timestamptz) - interval '7 days') as week,
              (select count(*)::int from sessions where revoked_at is null and expires_at > :at) as sessions,
              (select count(*)::int from outbox) as outbox,
              (select count(*)::int from tenders t where t.published_at is not null and t.settled_at is null and t.closes_at <= :at
                and not exists (select from tender_closings c where c.tender_id = t.id)
                and not exists (select from open_questions q where q.tender_id = t.id)
                and not exists (select from standing_suspensions s where s.tender_id = t.id)) as overdue,
              waiting.count as unsequenced, waiting.oldest, latest.size, latest.signed_at
         from (select count(*)::int as count, min(e.recorded_at) as oldest from ledger_entries e
                where not exists (select from ledger_leaves l where l.entry_id = e.id)) as waiting
         left join lateral (select size, signed_at from ledger_checkpoints order by size desc, signed_at desc limit 1) as latest on true`,
      { at },
    ),
    db('agencies as a')
      .join('organisations as o', 'o.id', 'a.organisation_id')
      .join('divisions as d', 'd.code', 'o.division_code')
      .joinRaw('left join lateral (select id, name from agency_documents x where x.agency_id = a.organisation_id order by uploaded_at desc, id limit 1) as paper on true')
      .whereNotNull('a.admitted_at')
      .orderBy([{ column: 'a.admitted_at', order: 'desc' }, { column: 'a.organisation_id', order: 'desc' }])
      .limit(20)
      .select('o.uscc', 'o.name', 'd.name as seat', 'a.admitted_at', 'paper.id as licence_id', 'paper.name as licence_name'),
  ])
  const row = figures.rows[0]
  return {
    agencies: row.agencies,
    admittedThisWeek: row.week,
    sessions: row.sessions,
    outbox: row.outbox,
    overdueTenders: row.overdue,
    unsequenced: row.unsequenced,
    oldestUnsequencedAt: row.oldest,
    checkpoint: row.size === null ? null : { size: row.size, signedAt: row.signed_at },
    newest: newest.map((one) => ({ uscc: one.uscc, name: one.name, seat: one.seat, admittedAt: one.admitted_at, licenceId: one.licence_id, licenceName: one.licence_name })),
  }
}
