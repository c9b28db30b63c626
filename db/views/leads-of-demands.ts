import type { LeadKind } from '#app/domain/oversight/lead.ts'
import { here } from './leads-of-bidders.ts'

/** What an authority did with a demand, and what was reported of it; the columns are those of every lead. */
export const LEADS_OF_DEMANDS: Record<Extract<LeadKind, 'demand-upheld' | 'document-turned-away' | 'service-said' | 'demand-reported' | 'agency-concentrated'>, string> = {
  'demand-upheld': `
    select cast(decided.id as text) as key, cast(decided.id as text) as subject, cast(null as timestamptz) as until, kept.upheld_at as since,
           jsonb_build_object('authority', authority.name, 'service', coalesce(listing.name, demanded ->> 'text', demanded ->> 'material', demanded ->> 'item'), 'withdrawn', exists (select from withdrawn_demands back where back.decision_id = decided.id or back.decision_id = (select review.answer_id from word_reviews review where review.decision_id = decided.id))) as params
      from upheld_demands kept
      join guard_decisions decided on decided.id = kept.decision_id
      cross join lateral (select cast(decided.document as jsonb) #> '{demand,demanded}' as demanded) as document
      join organisations authority on authority.id = decided.authority_id
      left join listings listing on listing.id = decided.listing_id
     where ${here('decided')} and kept.upheld_at > :from`,

  'document-turned-away': `
    select cast(paper.id as text) as key, cast(paper.id as text) as subject, cast(null as timestamptz) as until, paper.told_at as since,
           jsonb_build_object('authority', authority.name, 'material', paper.material, 'told', paper.told_as) as params
      from turned_away_documents paper
      join organisations authority on authority.id = paper.authority_id
     where ${here('paper')} and paper.told_at > :from`,

  'service-said': `
    select cast(said.id as text) as key, cast(said.case_id as text) as subject, cast(null as timestamptz) as until, said.said_at as since,
           jsonb_build_object('authority', authority.name, 'words', said.words, 'place', said.place, 'open', exists (select from standing_said_services standing where standing.id = said.id),
             'service', coalesce((select listing.name from listings listing where listing.code = said.services[1] and starts_with(file.division_code, rtrim(listing.division_code, '0')) order by listing.in_force_from desc limit 1), said.words)) as params
      from said_services said
      join cases file on file.id = said.case_id
      join organisations authority on authority.id = file.authority_id
     where ${here('file')} and said.said_at > :from`,

  // Whoever reported by name is named on the page where the file is opened, and nowhere in a list.
  'demand-reported': `
    select cast(report.id as text) as key, cast(report.id as text) as subject, cast(null as timestamptz) as until, report.reported_at as since,
           jsonb_build_object('authority', authority.name, 'service', coalesce(listing.name, report.asked), 'anonymous', report.reporter_id is null,
             'files', (select count(*) from evidence_files file where file.report_id = report.id)) as params
      from demand_reports report
      join organisations authority on authority.id = report.authority_id
      left join listings listing on listing.id = report.listing_id
     where ${here('report')} and report.reported_at > :from`,

  'agency-concentrated': `
    select held.authority_id || ':' || agency.uscc as key, agency.uscc as subject, cast(null as timestamptz) as until, held.since,
           jsonb_build_object('authority', authority.name, 'agency', agency.name, 'count', held.count, 'of', held.of_count, 'days', cast(:concentrationDays as int)) as params
      from concentration held
      join organisations authority on authority.id = held.authority_id
      join organisations agency on agency.id = held.agency_id
     where held.of_count >= :concentrationFrom and held.count > cast(:concentrationShare as numeric) * held.of_count`,
}

/**
 * Standing awards by authority and agency, of so many days by the award. A tender counts for an authority that asked for its service in the
 * same project (the guard's decisions say so), and for one in whose case it was opened for a document (`case_tenders`, as a case system or
 * the case desk know it); once, though both say so and however many rounds its result took. `delivered` says how many of them have an
 * accepted result in a case of the authority. What an authority buys itself is not counted, nor is a document that a case took over from
 * another case: nothing was bought for it. A share says nothing by itself.
 */
export const CONCENTRATION = `
  with won as (
    select tender.id, tender.project_code, tender.owner_id, listing.code, bid.agency_id, award.awarded_at
      from standing_awards award
      join tenders tender on tender.id = award.tender_id
      join listings listing on listing.id = tender.listing_id
      join bids bid on bid.id = award.bid_id
     where award.awarded_at > :concentrationFromAt
  ), tied as (
    select asked.authority_id, won.id as tender_id, false as delivered
      from won
      join guard_decisions asked on asked.project_code = won.project_code
      join listings meant on meant.id = asked.listing_id and meant.code = won.code
     where ${here('asked')} and asked.authority_id <> won.owner_id
    union all
    select held.authority_id, won.id, exists (
             select from contracts contract join deliverables result on result.contract_id = contract.id
              where contract.tender_id = won.id and contract.refused_at is null and result.accepted_at <= :at)
      from won
      join case_tenders opened on opened.tender_id = won.id
      join cases held on held.id = opened.case_id
     where ${here('held')} and held.authority_id <> won.owner_id
  ), once as (
    select authority_id, tender_id, bool_or(delivered) as delivered from tied group by authority_id, tender_id
  )
  select once.authority_id, won.agency_id, count(*) as count, count(*) filter (where once.delivered) as delivered, max(won.awarded_at) as since,
         cast(sum(count(*)) over (partition by once.authority_id) as int) as of_count
    from once join won on won.id = once.tender_id
   group by once.authority_id, won.agency_id`
