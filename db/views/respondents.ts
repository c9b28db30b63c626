import type { Database } from '#app/domain/context.ts'
import type { RespondentRole } from '#app/domain/oversight/inquiry.ts'
import type { LeadKind } from '#app/domain/oversight/lead.ts'

export type Respondent = { id: string; role: RespondentRole; /** Null for a person. */ name: string | null; decisionId: string | null; reportId: string | null; listingId: string | null }

/** An office that buys answers as the office that it is. */
const buyer = (organisation: string) => `case when exists (select from organisation_roles role where role.organisation_id = ${organisation} and role.role = 'authority' and role.until is null) then 'authority' else 'owner' end`

const NOTHING = 'cast(null as uuid)'
const row = (organisation: string, role: string, { decision = NOTHING, report = NOTHING, listing = NOTHING, place = '0' } = {}) => `select ${organisation} as id, ${role} as role, ${decision} as decision_id, ${report} as report_id, ${listing} as listing_id, ${place} as place`

const OWNER_OF_TENDER = `${row('tender.owner_id', buyer('tender.owner_id'), { listing: 'tender.listing_id' })} from tenders tender where tender.number = :key`
/** Who bid is known once the tender has closed, and no lead of bidders stands before. */
const BIDDERS = `${OWNER_OF_TENDER} union ${row('bid.agency_id', `'agency'`, { listing: 'tender.listing_id', place: '1' })} from tenders tender join tender_closings closing on closing.tender_id = tender.id join bids bid on bid.tender_id = tender.id where tender.number = :key`
const OWNER_OF_KEY = `${row('organisation.id', buyer('organisation.id'))} from organisations organisation where cast(organisation.id as text) = split_part(:key, ':', 1)`

const OF_KIND: Record<LeadKind, string> = {
  'question-overdue': OWNER_OF_TENDER,
  'keys-late': OWNER_OF_TENDER,
  'result-overdue': OWNER_OF_TENDER,
  'demand-upheld': `${row('decided.authority_id', `'authority'`, { decision: 'decided.id', listing: 'decided.listing_id' })} from guard_decisions decided where cast(decided.id as text) = :key`,
  'document-turned-away': `${row('paper.authority_id', `'authority'`, { listing: 'paper.listing_id' })} from turned_away_documents paper where cast(paper.id as text) = :key`,
  'service-said': `${row('file.authority_id', `'authority'`, { listing: `(select listing.id from listings listing where listing.code = said.services[1] and starts_with(file.division_code, rtrim(listing.division_code, '0')) order by listing.in_force_from desc limit 1)` })} from said_services said join cases file on file.id = said.case_id where cast(said.id as text) = :key`,
  'demand-reported': `${row('report.authority_id', `'authority'`, { decision: 'report.decision_id', report: 'report.id', listing: 'report.listing_id' })} from demand_reports report where cast(report.id as text) = :key`,
  'demand-insisted': `${row('decided.authority_id', `'authority'`, { decision: 'decided.id', listing: 'decided.listing_id' })} from guard_decisions decided where cast(decided.id as text) = :subject`,
  'bidders-related': BIDDERS,
  'bids-one-hand': BIDDERS,
  'bidders-conflicted': BIDDERS,
  'award-passed-over': BIDDERS,
  'people-shared': BIDDERS,
  'agency-concentrated': `${row('organisation.id', `'authority'`)} from organisations organisation where cast(organisation.id as text) = split_part(:key, ':', 1)`,
  'direct-share': OWNER_OF_KEY,
  'direct-total': OWNER_OF_KEY,
}

/** Whom a file of this lead may be about, the likeliest first. */
export async function listRespondents(db: Database, { kind, key, subject }: { kind: LeadKind; key: string; subject: string }): Promise<Respondent[]> {
  const { rows } = await db.raw<{ rows: (Omit<Respondent, 'decisionId' | 'reportId' | 'listingId'> & { decision_id: string | null; report_id: string | null; listing_id: string | null })[] }>(
    `select found.*, case when organisation.kind = 'organisation' then organisation.name end as name
       from (${OF_KIND[kind]}) as found join organisations organisation on organisation.id = found.id
      order by found.place, organisation.name, organisation.id`,
    { key, subject },
  )
  return rows.map(({ id, role, name, decision_id, report_id, listing_id }) => ({ id, role, name, decisionId: decision_id, reportId: report_id, listingId: listing_id }))
}
