import type { LeadKind } from '#app/domain/oversight/lead.ts'
import { here } from './leads-of-bidders.ts'

/** What an authority did with a demand, and what was reported of it; the columns are those of every lead. */
export const LEADS_OF_DEMANDS: Record<Extract<LeadKind, 'demand-upheld' | 'document-turned-away' | 'demand-reported' | 'agency-concentrated'>, string> = {
  'demand-upheld': `
    select cast(decided.id as text) as key, cast(decided.id as text) as subject, cast(null as timestamptz) as until, kept.upheld_at as since,
           jsonb_build_object('authority', authority.name, 'service', coalesce(listing.name, demanded ->> 'text', demanded ->> 'material', demanded ->> 'item'), 'withdrawn', exists (select from withdrawn_demands back where back.decision_id = decided.id)) as params
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
 * Awards of tenders for what an authority had asked for in the same project, by authority and agency, of so many days. The guard's
 * decisions tie a tender to an authority: it asked, and the owner went to the market. A share says nothing by itself.
 */
export const CONCENTRATION = `
  select authority_id, agency_id, count(*) as count, max(awarded_at) as since, cast(sum(count(*)) over (partition by authority_id) as int) as of_count
    from (
      select distinct asked.authority_id, bid.agency_id, tender.id, award.awarded_at
        from standing_awards award
        join tenders tender on tender.id = award.tender_id
        join listings listing on listing.id = tender.listing_id
        join bids bid on bid.id = award.bid_id
        join guard_decisions asked on asked.project_code = tender.project_code
        join listings meant on meant.id = asked.listing_id and meant.code = listing.code
       where ${here('asked')} and award.awarded_at > :concentrationFromAt and asked.authority_id <> tender.owner_id
    ) as won
   group by authority_id, agency_id`
