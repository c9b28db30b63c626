import type { Database } from '#app/domain/context.ts'
import type { ServiceFacts } from '#app/domain/exchange/exchanged.ts'
import { statusAt } from '#app/domain/tenders/state.ts'
import { nationalCodeOf } from '../repositories/national-codes.ts'
import { toTender, type TenderRow } from '../repositories/tender-row.ts'
import { tenderColumns, tendersWithOutcomes } from '../repositories/tenders.ts'

/** What an event may name: any of these leads to services that have to be looked at. */
export type Named = { tenders: string[]; projects: string[]; agencies: string[]; services: string[]; items: string[] }

type Row = TenderRow & {
  number: string
  case_number: string
  case_division: string
  case_project: string
  service_code: string
  service_name: string
  national_code: string | null
  owner_uscc: string | null
  owner_name: string | null
  agency_uscc: string | null
  agency_name: string | null
  told_awards: { place: number; agency: string; awardedAt: string; declinedAt: string | null }[]
  told_contract: { days: number; confirmedAt: string } | null
  told_rounds: { round: number; id: string; file: string | null; deliveredAt: string; returnedAt: string | null; acceptedAt: string | null }[]
}

const AWARDS = `coalesce((select jsonb_agg(jsonb_build_object('place', one.place, 'agency', named.name, 'awardedAt', one.awarded_at, 'declinedAt', declined.declined_at) order by one.awarded_at, one.place)
  from awards one join bids on bids.id = one.bid_id join organisations named on named.id = bids.agency_id left join award_declines declined on declined.bid_id = one.bid_id where one.tender_id = tenders.id), '[]') as told_awards`
const CONTRACT = `(select jsonb_build_object('days', one.service_days, 'confirmedAt', one.confirmed_at) from contracts one where one.tender_id = tenders.id and one.confirmed_at is not null) as told_contract`
const ROUNDS = `coalesce((select jsonb_agg(jsonb_build_object('round', one.round, 'id', one.id, 'file', one.file_name, 'deliveredAt', one.delivered_at, 'returnedAt', one.returned_at, 'acceptedAt', one.accepted_at) order by one.round)
  from contracts standing join deliverables one on one.contract_id = standing.id where standing.tender_id = tenders.id and standing.refused_at is null), '[]') as told_rounds`

/** Published tenders for documents of cases, of those that are named, with what became of each. */
export async function listServiceFacts(db: Database, { tenders, projects, agencies, services, items }: Named, at: Date): Promise<ServiceFacts[]> {
  const rows = (await tendersWithOutcomes(db)
    .join('case_tenders as opened', 'opened.tender_id', 'tenders.id')
    .join('cases as file', 'file.id', 'opened.case_id')
    .join('listings', 'listings.id', 'tenders.listing_id')
    .join('organisations as buyer', 'buyer.id', 'tenders.owner_id')
    .leftJoin('bids as winning', 'winning.id', 'awards.bid_id')
    .leftJoin('organisations as winner', 'winner.id', 'winning.agency_id')
    .whereNotNull('tenders.published_at')
    .where((any) => any.whereIn('tenders.number', tenders).orWhereIn('file.project_code', projects).orWhereIn('winner.uscc', agencies).orWhereIn('listings.code', services).orWhereIn('file.approval_item', items))
    .orderBy('tenders.published_at')
    .orderBy('tenders.id')
    .select(...tenderColumns, {
      case_number: 'file.number', case_division: 'file.division_code', case_project: 'file.project_code', service_code: 'listings.code', service_name: 'listings.name', agency_uscc: 'winner.uscc', agency_name: 'winner.name',
    })
    .select(
      db.raw(`case when buyer.kind = 'organisation' then buyer.uscc end as owner_uscc`),
      db.raw(`case when buyer.kind = 'organisation' then buyer.name end as owner_name`),
      db.raw(`${nationalCodeOf('service', 'listings.code', 'file.division_code')} as national_code`),
      db.raw(AWARDS),
      db.raw(CONTRACT),
      db.raw(ROUNDS),
    )) as Row[]
  return rows.map((row) => toFacts(row, at))
}

function toFacts(row: Row, at: Date): ServiceFacts {
  const state = statusAt(toTender(row), at)
  return {
    number: row.number,
    divisionCode: row.case_division,
    caseNumber: row.case_number,
    projectCode: row.case_project,
    service: { code: row.service_code, name: row.service_name, nationalCode: row.national_code },
    owner: { uscc: row.owner_uscc, name: row.owner_name },
    agency: row.agency_uscc === null ? null : { uscc: row.agency_uscc, name: row.agency_name! },
    serviceDays: row.service_days,
    publishedAt: row.published_at!,
    awards: row.told_awards.map(({ awardedAt, declinedAt, ...award }) => ({ ...award, awardedAt: new Date(awardedAt), declinedAt: instant(declinedAt) })),
    contract: row.told_contract && { days: row.told_contract.days, confirmedAt: new Date(row.told_contract.confirmedAt) },
    rounds: row.told_rounds.map(({ deliveredAt, returnedAt, acceptedAt, ...one }) => ({ ...one, deliveredAt: new Date(deliveredAt), returnedAt: instant(returnedAt), acceptedAt: instant(acceptedAt) })),
    ended: state === 'cancelled' || state === 'failed' ? state : null,
  }
}

const instant = (text: string | null) => (text === null ? null : new Date(text))
