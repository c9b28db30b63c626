import type { Database } from '#app/domain/context.ts'
import { LEAD_KINDS, type Lead, type LeadKind, type LeadLimits, type LeadPlace } from '#app/domain/oversight/lead.ts'
import { here, LEADS_OF_BIDDERS, nameOf } from './leads-of-bidders.ts'
import { OVERDUE_RESULTS } from './overdue-results.ts'
import { CONCENTRATION, LEADS_OF_DEMANDS } from './leads-of-demands.ts'

type Wanted = { divisionPrefix: string; at: Date; year: number; limits: LeadLimits; kind: LeadKind | null; /** One lead of the kind, by its key. */ key?: string; after: LeadPlace | null; limit: number }
type Line = { lead: Lead; place: LeadPlace }

/*
 * Each kind is one query over the facts, with the same columns: `key` tells two leads of a kind apart, `subject` says
 * where to look, `until` is the next instant after which less can be done, `since` the newest fact behind it.
 */
const LEADS: Record<LeadKind, string> = {
  'question-overdue': `
    select tender.number as key, tender.number as subject, waiting.answer_by as until, waiting.answer_by as since,
           jsonb_build_object('title', tender.title, 'owner', ${nameOf('owner')}, 'count', waiting.open_questions, 'held', tender.closes_at <= :at) as params
      from open_questions waiting
      join tenders tender on tender.id = waiting.tender_id
      join organisations owner on owner.id = tender.owner_id
     where ${here('tender')} and waiting.answer_by <= :at and tender.settled_at is null
       and not exists (select from standing_suspensions stopped where stopped.tender_id = tender.id and stopped.suspended_at < waiting.answer_by)`,

  'keys-late': `
    select tender.number as key, tender.number as subject, pool.release_by as until, pool.release_by as since,
           jsonb_build_object('title', tender.title, 'waiting', (select jsonb_agg(named.holder ->> 'id' order by named.place) from jsonb_array_elements(tender.sealing -> 'holders') with ordinality as named (holder, place)
             where named.holder ->> 'id' <> 'platform' and not exists (select from share_releases shown where shown.tender_id = tender.id and shown.holder = named.holder ->> 'id'))) as params
      from draw_pools pool
      join tenders tender on tender.id = pool.tender_id
     where ${here('tender')} and pool.release_by <= :at
       and not exists (select from tender_openings opening where opening.tender_id = tender.id)
       and not exists (select from tender_cancellations cancelled where cancelled.tender_id = tender.id)
       and not exists (select from standing_suspensions held where held.tender_id = tender.id)`,

  'result-overdue': `
    select tender.number as key, tender.number as subject, tender.announce_by as until, tender.announce_by as since,
           jsonb_build_object('title', tender.title, 'owner', ${nameOf('owner')}, 'cause', tender.cause) as params
      from (${OVERDUE_RESULTS}) as tender
      join organisations owner on owner.id = tender.owner_id
     where ${here('tender')}`,

  // The same authority and the same listing, or the same words where nothing is listed; only demands that stand refused count, read words by their reading.
  'demand-insisted': `
    select authority.id || ':' || md5(asked.thing) as key, cast((array_agg(asked.id order by asked.ordinal desc))[1] as text) as subject, cast(null as timestamptz) as until, max(asked.decided_at) as since,
           jsonb_build_object('authority', authority.name, 'service', max(asked.service), 'count', count(*)) as params
      from (
        select coalesce(answer.id, decided.id) as id, decided.ordinal, decided.authority_id, decided.decided_at, coalesce(listings.name, demanded ->> 'text', demanded ->> 'material', demanded ->> 'item') as service,
               coalesce(listings.code, regexp_replace(lower(normalize(coalesce(demanded ->> 'text', demanded ->> 'material', demanded ->> 'item', ''), NFKC)), '[[:space:][:punct:]]', '', 'g')) as thing
          from guard_decisions decided
          cross join lateral (select cast(decided.document as jsonb) #> '{demand,demanded}' as demanded) as document
          left join word_reviews read on read.decision_id = decided.id
          left join guard_decisions answer on answer.id = read.answer_id
          left join listings on listings.id = coalesce(answer.listing_id, decided.listing_id)
         where ${here('decided')} and (decided.verdict = 'refused' or decided.listing_id is null) and coalesce(answer.verdict, decided.verdict) = 'refused' and decided.decided_at > :from
           and not exists (select from word_reviews review where review.answer_id = decided.id)
      ) as asked
      join organisations authority on authority.id = asked.authority_id
     group by authority.id, asked.thing
    having count(*) > 1`,

  ...LEADS_OF_BIDDERS,
  ...LEADS_OF_DEMANDS,

  'direct-share': `
    select owner.id || ':' || given.year || ':' || agency.uscc as key, agency.uscc as subject, cast(null as timestamptz) as until, given.since,
           jsonb_build_object('owner', ${nameOf('owner')}, 'agency', agency.name, 'year', given.year, 'count', given.count, 'of', given.of_count, 'fen', given.fen, 'ofFen', given.of_fen) as params
      from (
        select owner_id, agency_id, year, max(published_at) as since, count(*) as count, sum(ceiling_fen) as fen,
               sum(count(*)) over (partition by owner_id, year) as of_count, sum(sum(ceiling_fen)) over (partition by owner_id, year) as of_fen
          from directs group by owner_id, agency_id, year
      ) as given
      join organisations owner on owner.id = given.owner_id
      join organisations agency on agency.id = given.agency_id
     where given.of_count >= :shareFrom and given.fen > cast(:shareOfOwner as numeric) * given.of_fen`,

  'direct-total': `
    select owner.id || ':' || given.year as key, given.subject, cast(null as timestamptz) as until, given.since,
           jsonb_build_object('owner', ${nameOf('owner')}, 'year', given.year, 'count', given.count, 'fen', given.fen, 'limitFen', cast(:yearTotalFen as bigint)) as params
      from (
        select owner_id, year, max(published_at) as since, count(*) as count, sum(ceiling_fen) as fen, (array_agg(number order by published_at desc, number))[1] as subject
          from directs group by owner_id, year
      ) as given
      join organisations owner on owner.id = given.owner_id
     where given.fen > :yearTotalFen`,
}

/** What public money gave to named agencies in this Beijing year and the last: an award stands, whatever was published. */
const DIRECTS = `
  select tender.owner_id, tender.number, tender.ceiling_fen, tender.published_at, bid.agency_id, cast(extract(year from tender.published_at at time zone 'Asia/Shanghai') as int) as year
    from tenders tender
    join projects project on project.code = tender.project_code and project.money_source <> 'private'
    join standing_awards award on award.tender_id = tender.id
    join bids bid on bid.id = award.bid_id
   where ${here('tender')} and tender.method = 'direct' and tender.published_at >= :yearFrom`

const UNION = LEAD_KINDS.map((kind, rank) => `select '${kind}' as kind, ${rank} as rank, lead.* from (${LEADS[kind]}) as lead`).join(' union all ')

/**
 * A page of leads and how many there are of each kind, in one statement. Of a lead that was opened as a file only what happened
 * since is a lead. What has a clock stands first, the earliest
 * first; then by kind, the newest first.
 *
 * @param year the Beijing year of `at`; direct selections are looked at from the year before
 */
export async function listLeads(db: Database, { divisionPrefix, at, year, limits, kind, key, after, limit }: Wanted): Promise<{ lines: Line[]; counts: Record<LeadKind, number> }> {
  const { rows: [row] } = await db.raw<{ rows: [{ counts: Partial<Record<LeadKind, number>> | null; lines: Found[] }] }>(
    `with directs as (${DIRECTS}), concentration as (${CONCENTRATION}),
     leads as materialized (
       select *, coalesce(extract(epoch from until), 'Infinity') as urgency, -extract(epoch from since) as newest from (${UNION}) as every_lead
        where not exists (select from inquiries file where file.lead_kind = every_lead.kind and file.lead_key = every_lead.key and file.lead_since >= date_trunc('milliseconds', every_lead.since))
     )
     select (select jsonb_object_agg(kind, found) from (select kind, count(*) as found from leads group by kind) as counted) as counts,
            (select coalesce(jsonb_agg(to_jsonb(line) order by line.n), '[]') from (
               select row_number() over (order by leads.urgency, leads.rank, leads.newest, leads.key) as n, kind, key, subject, until, since, params, rank, cast(urgency as text) as urgency, cast(newest as text) as newest
                 from leads
                where (cast(:kind as text) is null or kind = :kind)
                  and (cast(:only as text) is null or key = :only)
                  and (cast(:key as text) is null or (urgency, rank, newest, key) > (cast(:urgency as numeric), cast(:rank as int), cast(:newest as numeric), cast(:key as text)))
                order by leads.urgency, leads.rank, leads.newest, leads.key
                limit :limit) as line) as lines`,
    {
      at, kind, limit, only: key ?? null,
      here: `${divisionPrefix}%`,
      from: new Date(at.getTime() - limits.lookBackDays * 86_400_000),
      yearFrom: new Date(`${year - 1}-01-01T00:00:00+08:00`),
      shareFrom: limits.shareFrom,
      shareOfOwner: limits.shareOfOwner,
      yearTotalFen: limits.yearTotalFen,
      ...concentrationBindings(at, limits.concentration),
      urgency: after?.urgency ?? null, rank: after?.rank ?? null, newest: after?.newest ?? null, key: after?.key ?? null,
    } as never,
  )
  const none = Object.fromEntries(LEAD_KINDS.map((one) => [one, 0])) as Record<LeadKind, number>
  return { lines: row.lines.map(toLine), counts: { ...none, ...row.counts } }
}

/** Which awards concentration looks at, and from when on it is a lead. */
export function concentrationBindings(at: Date, { share, from, days }: LeadLimits['concentration']) {
  return { concentrationShare: share, concentrationFrom: from, concentrationDays: days, concentrationFromAt: new Date(at.getTime() - days * 86_400_000) }
}

type Found = { kind: LeadKind; key: string; subject: string; until: string | null; since: string; params: object; rank: number; urgency: string; newest: string }

function toLine({ kind, key, subject, until, since, params, rank, urgency, newest }: Found): Line {
  return { lead: { kind, key, subject, until: until === null ? null : new Date(until), since: new Date(since), params } as Lead, place: { urgency, rank, newest, key } }
}
