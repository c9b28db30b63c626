import type pg from 'pg'
import { KEEP_HOURS } from '#app/domain/accounts/idempotency.ts'

/** How full a marketplace is that has run for years. */
export const LISTED_VERSIONS = 100_000
export const PAST_DECISIONS = 1_000_000

const CODES = 500
const WORDINGS = 4
const DIVISIONS = LISTED_VERSIONS / (CODES * WORDINGS)
/** A decision each minute and a half: three years of them. */
const APART = 90

/** The services that every list of the full database holds, by their codes. */
export const FILLED_CODES: readonly string[] = Array.from({ length: CODES }, (_, place) => `Y${String(place + 1).padStart(4, '0')}`)

/**
 * Copies one statutory listing into lists of many divisions, the measured one and those above and below it first: each
 * service with four wordings that follow one another. Keys and triggers rest meanwhile, so every reference is made to hold here.
 */
export async function fillListings(client: pg.Client, model: string): Promise<void> {
  await restTriggers(client)
  await client.query(`
    insert into divisions (code, name, level, parent_code)
    select code, '区划' || code, level, parent from (
      select to_char(province, 'FM00') || '0000' as code, 'province' as level, null as parent from generate_series(31, 35) province
      union all select to_char(province * 100 + city, 'FM0000') || '00', 'city', to_char(province, 'FM00') || '0000' from generate_series(31, 35) province, generate_series(1, 9) city
    ) made on conflict do nothing`)
  await client.query(`
    create temporary table filled as
    select code as division_code, coalesce((select max(number) from catalogue_versions where division_code = divisions.code), 0) as before
    from divisions order by code like '22%' desc, code limit ${DIVISIONS}`)
  const { rowCount } = await client.query(`
    insert into catalogue_versions (division_code, number, effective_on, note, adopted_at, ledger_entry_id)
    select division_code, before + nth, date '2019-01-01' + (nth - 1) * 730, '清单', timestamptz '2018-12-01' + (nth - 1) * interval '730 days', (select id from ledger_entries order by ordinal limit 1)
    from filled, generate_series(1, ${WORDINGS}) nth`)
  if (rowCount !== DIVISIONS * WORDINGS) throw new Error(`${DIVISIONS} divisions were to be filled.`)
  await client.query(
    `insert into listings (id, division_code, code, name, aliases, nature, approval_items, stages, rules, details, in_force_from, in_force_until, since_version, until_version)
     select gen_random_uuid(), filled.division_code, 'Y' || to_char(service, 'FM0000'), name || service, aliases, nature, approval_items, stages,
       jsonb_set(rules, '{material}', coalesce(nullif(rules -> 'material', 'null'), '{}') || jsonb_build_object('code', 'M-Y' || service)), details,
       date '2019-01-01' + (nth - 1) * 730, case when nth < ${WORDINGS} then date '2019-01-01' + nth * 730 end, before + nth, case when nth < ${WORDINGS} then before + nth + 1 end
     from filled, generate_series(1, ${CODES}) service, generate_series(1, ${WORDINGS}) nth, (select * from listings where id = $1) model`,
    [model],
  )
}

/**
 * Copies the decision made last, spread over years, divisions, authorities and services, each with all that a decision leaves
 * behind: its entry and leaf in the ledger, its audit, its event and the feed's, and the newest with their kept answers.
 */
export async function fillDecisions(client: pg.Client): Promise<void> {
  await restTriggers(client)
  await client.query(`set work_mem = '256MB'; set maintenance_work_mem = '512MB'`)
  const indexes = await takeIndexesAway(client)
  for (const step of STEPS) await client.query(step)
  for (const index of indexes) await client.query(index)
  await client.query('vacuum analyze')
  await client.query('checkpoint')
}

const MODEL = `(select d.*, e.body, e.kind from guard_decisions d join ledger_entries e on e.id = d.ledger_entry_id order by d.ordinal desc limit 1) model`

const STEPS = [
  `insert into organisations (id, kind, uscc, name, division_code, registered_at)
   select gen_random_uuid(), 'organisation', 'Y' || to_char(number, 'FM00000000000000000'), '审批局' || number, (array(select code from divisions order by code))[1 + number % 48], timestamptz '2019-01-01'
   from generate_series(1, 500) number`,
  `create temporary table past as
   select number, gen_random_uuid() as id, gen_random_uuid() as entry, gen_random_uuid() as event, md5(number::text) as trace,
     now() - interval '${APART} seconds' * (${PAST_DECISIONS} - number + 1) - interval '1 hour' as at,
     authorities.ids[1 + number * 7919 % 500] as authority, authorities.divisions[1 + number * 7919 % 500] as division,
     wordings.ids[1 + number * 104729 % cardinality(wordings.ids)] as listing,
     case when number % 10 < 7 then 'allowed' when number % 10 < 9 then 'refused' else 'needs-facts' end as verdict
   from generate_series(cast(1 as bigint), ${PAST_DECISIONS}) number,
     (select array_agg(id order by id) as ids, array_agg(division_code order by id) as divisions from organisations where uscc like 'Y%') authorities,
     (select array_agg(id order by id) as ids from listings) wordings`,
  `analyze past`,
  `insert into ledger_entries (id, kind, subject, division_code, body, leaf_hash, at, recorded_at, trace_id)
   select entry, model.kind, past.id::text, division, replace(model.body, model.id::text, past.id::text), sha256(uuid_send(entry)), at, at, trace from past, ${MODEL}`,
  `insert into ledger_leaves (index, entry_id, leaf_hash, sequenced_at)
   select (select coalesce(max(index), -1) from ledger_leaves) + number, entry, sha256(uuid_send(entry)), at + interval '1 second' from past`,
  `insert into audits (at, organisation_id, client_id, act, subject, details, trace_id)
   select at, authority, 'bench', 'record:demand', id::text, jsonb_build_object('caseNumber', 'PAST-' || number / 3, 'projectCode', null), trace from past`,
  `insert into outbox (event_id, type, subject, data, at, trace_id)
   select event, 'marketplace.demand.decided.v1', 'PAST-' || number / 3, jsonb_build_object('decision', id, 'authority', authority, 'caseNumber', 'PAST-' || number / 3, 'verdict', verdict, 'reasons', jsonb_build_array()), at, trace from past`,
  `insert into feed_events (event_id, type, subject, case_number, authority_id, audience, division_code, data, at)
   select event, 'marketplace.demand.decided.v1', 'PAST-' || number / 3, 'PAST-' || number / 3, authority, 'own', division, jsonb_build_object('decision', id, 'verdict', verdict), at from past`,
  `insert into guard_decisions (id, division_code, authority_id, case_number, project_code, approval_item, listing_id, demanded_on, verdict, reasons, document, ledger_entry_id, decided_at)
   select past.id, division, authority, 'PAST-' || number / 3, case when number % 2 = 0 then '2401-220100-04-01-' || to_char(number / 20, 'FM000000') end, model.approval_item,
     case when number % 10 < 9 then listing end, (at at time zone 'Asia/Shanghai')::date, past.verdict, case when past.verdict = 'refused' then '{off-list}' else '{}'::text[] end, replace(model.document, model.id::text, past.id::text), entry, at
   from past, ${MODEL}`,
  `insert into idempotency_keys (client_id, key, request_hash, status, body, created_at, expires_at)
   select 'bench', event::text, sha256(uuid_send(event)), 201, document, at, at + interval '${KEEP_HOURS} hours'
   from past join guard_decisions using (id) where at > now() - interval '${KEEP_HOURS} hours'`,
]

/** Only the superuser may: foreign keys and triggers are not asked in this session. */
async function restTriggers(client: pg.Client): Promise<void> {
  await client.query(`set session_replication_role = replica`)
}

/** Drops what can be built again at the end in a tenth of the time, and says how. Indexes behind keys stay. */
async function takeIndexesAway(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = any (array['guard_decisions', 'ledger_entries', 'audits', 'outbox', 'feed_events']::regclass[])
       and not exists (select from pg_constraint where conindid = indexrelid) order by 1`,
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}
