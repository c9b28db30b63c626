import { baseCodesIn } from '#app/domain/catalogue/item-code.ts'
import type { Scope } from '#app/domain/accounts/permissions.ts'
import type { Database } from '#app/domain/context.ts'
import { chainOf } from '#app/domain/divisions/division.ts'
import type { DemandedCase } from '#app/domain/guard/case-demand.ts'
import type { Line } from '../line.ts'
import { itemOfNationalCode } from '../repositories/national-codes.ts'
import { send, statement } from '../statement.ts'
import { toListing, type ListingRow } from '../repositories/listings.ts'
import { scopesNow } from '../repositories/api-clients.ts'
import { ENDED_AT } from './demanded-case.ts'
import { KNOWN_SERVICE, VALID_ON } from './results-on-file.ts'
import type { FactsRead, WantedFacts } from './wanted-facts.ts'

/**
 * Everything a judgement needs in one statement, each part by an index. The lock on the idempotency key is only tried:
 * the read never waits, so its clock is the clock of the act.
 */
const READ_SQL = `
  with attempt as materialized (
    select case when cast(:client as text) is null then true
      else pg_try_advisory_xact_lock(hashtextextended(cast(:client as text) || ':' || cast(:key as text), 0)) end as held
  ),
  file as materialized (
    select id, project_code, approval_item, division_code, received_at from cases where authority_id = cast(:authority as uuid) and number = cast(:case as text)
  ),
  about as materialized (
    select coalesce(cast(:project as text), (select project_code from file)) as code
  ),
  -- A document's code is the case's own word first: there it means what the office wrote it for. Then the list's.
  meant as materialized (
    select case when cast(:code as text) is not null then cast(:code as text)
      when cast(:material as text) is not null then (select listing_code from case_materials where case_id = (select id from file) and code = cast(:material as text)) end as code
  ),
  item as materialized (
    select code, name from approval_items where code = :item or name = :item or code = ${itemOfNationalCode('cast(:itemCodes as text[])', 'cast(:chain as text[])')} order by code = :item desc, name = :item desc limit 1
  ),
  wordings as materialized (
    select listings.*, daterange(in_force_from, in_force_until) @> cast(:on as date) as stands
    from listings
    where division_code = any (:chain)
      and (code = (select meant.code from meant) or (rules #>> '{material,code}' = cast(:material as text) and (select meant.code from meant) is null))
  ),
  nearest as materialized (
    select distinct on (wordings.code) wordings.* from wordings where stands order by wordings.code, wordings.division_code desc
  ),
  standing as materialized (
    select nearest.* from nearest where not removed
    order by division_code desc, approval_items && array(select code from item) desc, code
    limit 1
  )
  select
    attempt.held,
    ${scopesNow('cast(:client as text)')} as scopes_now,
    date_trunc('milliseconds', clock_timestamp()) as at,
    (
      select jsonb_build_object('requestHash', encode(request_hash, 'hex'), 'status', status, 'body', body)
      from idempotency_keys where client_id = :client and key = :key and expires_at > clock_timestamp()
    ) as replay,
    (select to_jsonb(standing) from standing) as listing,
    coalesce((
      select jsonb_agg(jsonb_build_object('from', in_force_from, 'until', in_force_until) order by abs(in_force_from - cast(:on as date)), in_force_from)
      from wordings where not removed and in_force_from is distinct from in_force_until and not exists (select from standing)
    ), '[]') as other_days,
    (select to_jsonb(item) from item) as approval_item,
    coalesce((
      select jsonb_agg(jsonb_build_object('source', said.source, 'statedBy', case when teller.uscc is not null then jsonb_build_object('uscc', teller.uscc, 'name', teller.name) end, 'statedAt', said.at, 'facts', said.facts) order by said.source desc, said.at desc, teller.id)
      from (
        select 'owner' as source, owner_id as teller_id, facts_stated_at as at, facts from owned_projects where code = (select code from about)
        union all
        select 'authority', authority_id, stated_at, facts from project_statements where project_code = (select code from about) and facts <> '{}'
      ) said join organisations teller on teller.id = said.teller_id
      where said.teller_id is distinct from :authority
    ), '[]') as on_record,
    coalesce((
      select jsonb_agg(jsonb_build_object('service', ${KNOWN_SERVICE}, 'validUntil', result.valid_until) order by result.valid_until desc nulls first, result.id)
      from deliverables result
      where exists (select from standing) and result.project_code = (select code from about) and ${VALID_ON}
    ), '[]') as deliverables,
    coalesce((
      select jsonb_agg(jsonb_build_object('code', for_code, 'name', for_name, 'service', case when result.listing_code is not null then ${KNOWN_SERVICE} end) order by for_code)
      from file cross join lateral held_documents(array[file.id], cast(:on as date)) result
      where exists (select from case_materials where case_id = file.id and shared_from is not null)
    ), '[]') as shared,
    (
      select jsonb_build_object('projectCode', file.project_code, 'divisionCode', file.division_code, 'approvalItem', known.code, 'itemName', known.name, 'receivedAt', file.received_at,
        'endedAt', ${ENDED_AT})
      from file join approval_items known on known.code = file.approval_item
    ) as demanded_case,
    (
      select value from policy_parameters
      where name = 'demandBackDays' and division_code = any (:chain) and daterange(from_on, until_on) @> coalesce(cast(:today as date), cast(clock_timestamp() at time zone 'Asia/Shanghai' as date))
      order by division_code desc, from_on desc limit 1
    ) as back_days,
    coalesce((
      select jsonb_object_agg(named.code, named.name) from (
        select distinct on (other.code) other.code, other.name
        from standing join listings other on other.code in (standing.rules ->> 'mergedInto', standing.rules ->> 'duplicateOf') and other.division_code = any (:chain)
        order by other.code, other.division_code desc, other.in_force_from desc
      ) named
    ), '{}') as related,
    (
      select case when id = :authority then 'same-body' when supervisor_id = :authority then 'supervised' end
      from organisations where uscc = :agency or name = :agency
      order by id = :authority desc, supervisor_id = :authority desc nulls last limit 1
    ) as agency_tie,
    coalesce((
      select number from catalogue_versions
      where division_code = any (:chain) and effective_on <= cast(:on as date)
      order by division_code = (select standing.division_code from standing) desc nulls last, division_code desc, number desc limit 1
    ), 0) as catalogue_version
  from attempt`
const READ = statement('read-guard-facts', READ_SQL)
/** The same for each of several services, in their order. */
const READ_EACH = statement('read-guard-facts-of-each', `select each.* from unnest(cast(:codes as text[])) with ordinality wanted(code, place) cross join lateral (${READ_SQL.replaceAll(/:code\b/g, 'wanted.code')}) each order by wanted.place`)

type Row = Omit<FactsRead, 'scopesNow' | 'catalogueVersion' | 'listing' | 'otherDays' | 'approvalItem' | 'onRecord' | 'demandedCase' | 'backDays' | 'agencyTie'> & {
  back_days: unknown
  catalogue_version: number
  scopes_now: Scope[] | null
  listing: ListingRow | null
  other_days: FactsRead['otherDays']
  approval_item: FactsRead['approvalItem']
  on_record: FactsRead['onRecord']
  demanded_case: (Omit<DemandedCase, 'receivedAt' | 'endedAt'> & { receivedAt: string; endedAt: string | null }) | null
  agency_tie: FactsRead['agencyTie']
}

export async function readGuardFacts(db: Database | Line, wanted: WantedFacts): Promise<FactsRead> {
  const [row] = await send<Row>(db, READ, { ...bindingsOf(wanted), code: wanted.code })
  if (!row) throw new Error('The guard read nothing.')
  return toFacts(row)
}

/** What a judgement of each of several services needs, by code and in their order; one statement however many they are. */
export async function readGuardFactsOfEach(db: Database, { codes, ...wanted }: Omit<WantedFacts, 'code'> & { codes: readonly string[] }): Promise<FactsRead[]> {
  return (await send<Row>(db, READ_EACH, { ...bindingsOf(wanted), codes })).map(toFacts)
}

function bindingsOf(wanted: Omit<WantedFacts, 'code'>) {
  return {
    client: wanted.idempotency?.clientId ?? null,
    key: wanted.idempotency?.key ?? null,
    chain: chainOf(wanted.divisionCode),
    on: wanted.on,
    today: wanted.today ?? null,
    material: wanted.material,
    item: wanted.approvalItem,
    itemCodes: baseCodesIn(wanted.approvalItem),
    project: wanted.projectCode,
    case: wanted.caseNumber,
    agency: wanted.agency,
    authority: wanted.authorityId,
  }
}

function toFacts(row: Row): FactsRead {
  return {
    at: row.at,
    held: row.held,
    scopesNow: row.scopes_now,
    replay: row.replay,
    catalogueVersion: row.catalogue_version,
    listing: row.listing && toListing(row.listing),
    otherDays: row.other_days,
    approvalItem: row.approval_item,
    onRecord: row.on_record.map((said) => ({ ...said, statedAt: said.statedAt && new Date(said.statedAt).toISOString() })),
    deliverables: row.deliverables,
    shared: row.shared,
    demandedCase: row.demanded_case && { ...row.demanded_case, receivedAt: new Date(row.demanded_case.receivedAt), endedAt: row.demanded_case.endedAt === null ? null : new Date(row.demanded_case.endedAt) },
    backDays: row.back_days,
    related: row.related,
    agencyTie: row.agency_tie,
  }
}
