import type { Database } from '#app/domain/context.ts'
import type { SearchDocument } from '../search.ts'

type Row = { uscc: string; name: string; seat: string; admitted_at: Date; offerings: { code: string; name: string }[]; areas: { code: string; name: string }[] }

/**
 * Agencies that may act: admitted and not expelled, organisations alone. Neither who stands behind one nor what it
 * writes of itself is read, since both name people.
 *
 * @param subjects unified social credit codes
 */
export async function agencyDocuments(db: Database, subjects: readonly string[]): Promise<SearchDocument<'agency'>[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select o.uscc, o.name, d.name as seat, a.admitted_at,
            (select coalesce(json_agg(json_build_object('code', f.listing_code, 'name', l.name) order by f.listing_code), '[]')
             from offerings f join listings l on l.id = f.listing_id where f.agency_id = a.organisation_id and f.withdrawn_at is null) as offerings,
            (select coalesce(json_agg(json_build_object('code', area.code, 'name', area.name) order by area.code), '[]')
             from (select distinct unnest(f.service_divisions) as code from offerings f where f.agency_id = a.organisation_id and f.withdrawn_at is null) as served join divisions area on area.code = served.code) as areas
     from agencies a join organisations o on o.id = a.organisation_id join divisions d on d.code = o.division_code
     where o.uscc = any (:subjects) and o.kind = 'organisation' and a.admitted_at is not null and a.expelled_at is null
     order by o.uscc`,
    { subjects: [...subjects] },
  )
  return rows.map(({ uscc, name, seat, admitted_at: newest, offerings, areas }) => ({
    kind: 'agency',
    id: uscc,
    subject: uscc,
    title: name,
    names: [name],
    texts: [...offerings.map((offering) => offering.name), seat],
    code: uscc,
    facets: [...areas.map(({ code, name }) => ({ name: 'division' as const, value: code, label: name })), ...offerings.map(({ code, name }) => ({ name: 'service' as const, value: code, label: name }))],
    from: null,
    until: null,
    closesAt: null,
    bindsAt: null,
    outcome: null,
    newest,
    shown: { uscc, seat, services: offerings.slice(0, 3).map((offering) => offering.name), offerings: offerings.length },
  }))
}

/** Credit codes behind `after` in their order (`''` begins), at most `limit`: also of those that {@link agencyDocuments} leaves out. */
export function agencySubjects(db: Database, { after, limit }: { after: string; limit: number }): PromiseLike<string[]> {
  return db('organisations').join('agencies', 'agencies.organisation_id', 'organisations.id').where('uscc', '>', after).orderBy('uscc').limit(limit).pluck('uscc')
}
