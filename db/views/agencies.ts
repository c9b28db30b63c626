import type { Day } from '#app/domain/calendar.ts'
import type { AgencyFacts, LatestCheck } from '#app/domain/agencies/agency-state.ts'
import { OFFERING_STATES, type OfferingState } from '#app/domain/agencies/offering.ts'
import { OFFERING_STATES_IN_SQL } from '../repositories/offerings.ts'
import type { Database } from '#app/domain/context.ts'

export type AgencyLine = { uscc: string; name: string; seat: string; offerings: number; admittedAt: Date }

type AgencyRow = { uscc: string; name: string; seat: string; offerings: number; admitted_at: Date }

/** Agencies that are active, newest first, one page after the one that `before` names; narrowed to who offers a service. */
export async function listAgencies(db: Database, { service, before, limit }: { service?: string; before?: string; limit: number }): Promise<AgencyLine[]> {
  const rows = await db('agencies as a')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .join('divisions as d', 'd.code', 'o.division_code')
    .whereNotNull('a.admitted_at')
    .whereNull('a.expelled_at')
    .modify((query) => {
      if (service) query.whereExists(db('offerings as f').whereRaw('f.agency_id = a.organisation_id').where('f.listing_code', service).whereNull('f.withdrawn_at'))
      if (before) query.whereRaw('(a.admitted_at, a.organisation_id) < (select x.admitted_at, x.organisation_id from agencies x join organisations y on y.id = x.organisation_id where y.uscc = ?)', [before])
    })
    .orderBy([{ column: 'a.admitted_at', order: 'desc' }, { column: 'a.organisation_id', order: 'desc' }])
    .limit(limit)
    .select('o.uscc', 'o.name', 'd.name as seat', 'a.admitted_at', db.raw('(select count(*)::int from offerings f where f.agency_id = a.organisation_id and f.withdrawn_at is null) as offerings'))
  return (rows as AgencyRow[]).map((row) => ({ uscc: row.uscc, name: row.name, seat: row.seat, offerings: row.offerings, admittedAt: row.admitted_at }))
}

export type OfferingLine = {
  id: string
  listingCode: string
  listingName: string
  /** False when the service is no longer on the list of the day. */
  listed: boolean
  conditions: string
  process: string
  promisedDays: number
  fee: string
  areas: string[]
  areaCodes: string[]
  offeredAt: Date
  withdrawnAt: Date | null
  state: OfferingState
}

type OfferingRow = {
  id: string
  listing_code: string
  listing_name: string
  listed: boolean
  conditions: string
  process: string
  promised_days: number
  fee: string
  areas: string[]
  service_divisions: string[]
  offered_at: Date
  withdrawn_at: Date | null
  state: OfferingState
}

/** What an agency offers now, by code; `all` adds what it offered before, newest first. */
export async function listOfferingsOf(db: Database, { agencyId, on, all = false }: { agencyId: string; on: Day; all?: boolean }): Promise<OfferingLine[]> {
  const { rows } = await db.raw<{ rows: OfferingRow[] }>(
    `select f.id, f.listing_code, l.name as listing_name, f.conditions, f.process, f.promised_days, f.fee, f.offered_at, f.withdrawn_at, f.service_divisions,
            case ${OFFERING_STATES.map((state) => `when ${OFFERING_STATES_IN_SQL[state]} then '${state}'`).join(' ')} end as state,
            exists (select from listings n where n.code = f.listing_code and n.division_code = l.division_code
                     and n.in_force_from <= :on and (n.in_force_until is null or n.in_force_until > :on)) as listed,
            array(select d.name from divisions d where d.code = any (f.service_divisions) order by d.code) as areas
       from offerings f join listings l on l.id = f.listing_id
      where f.agency_id = :agencyId and ${all ? 'true' : 'f.withdrawn_at is null'}
      order by (f.withdrawn_at is null) desc, f.listing_code, f.offered_at desc, f.id limit 200`,
    { agencyId, on },
  )
  return rows.map((row) => ({
    id: row.id,
    listingCode: row.listing_code,
    listingName: row.listing_name,
    listed: row.listed,
    conditions: row.conditions,
    process: row.process,
    promisedDays: row.promised_days,
    fee: row.fee,
    areas: row.areas,
    areaCodes: row.service_divisions,
    offeredAt: row.offered_at,
    withdrawnAt: row.withdrawn_at,
    state: row.state,
  }))
}

export type AgencyView = AgencyFacts & {
  id: string
  uscc: string
  name: string
  seat: string
  phone: string | null
  address: string | null
  introduction: string
  areas: string[]
  areaCodes: string[]
  admittedAt: Date
}

type LatestColumns = { check_verdict: LatestCheck['verdict'] | null; checked_at: Date | null; answered_at: Date | null }
type ViewRow = LatestColumns & { id: string; uscc: string; name: string; phone: string | null; address: string | null; seat: string; introduction: string; areas: string[]; service_divisions: string[]; admitted_at: Date; expelled_at: Date | null; committed_at: Date | null; notice_ends_at: Date | null }

/** One agency that was ever admitted. Its telephone and address are of the organisation and public. */
export async function findAgencyView(db: Database, key: { uscc: string } | { id: string }): Promise<AgencyView | undefined> {
  const row: ViewRow | undefined = await db('agencies as a')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .join('divisions as d', 'd.code', 'o.division_code')
    .leftJoin('agency_latest_checks as latest', 'latest.agency_id', 'a.organisation_id')
    .whereNotNull('a.admitted_at')
    .where('uscc' in key ? { 'o.uscc': key.uscc } : { 'o.id': key.id })
    .first(
      'o.id', 'o.uscc', 'o.name', 'o.phone', 'o.address', 'd.name as seat', 'a.introduction', 'a.service_divisions', 'a.admitted_at', 'a.expelled_at', 'a.committed_at', 'a.notice_ends_at',
      'latest.verdict as check_verdict', 'latest.checked_at', 'latest.answered_at',
      db.raw('array(select v.name from divisions v where v.code = any (a.service_divisions) order by v.code) as areas'),
    )
  return row && {
    id: row.id,
    uscc: row.uscc,
    name: row.name,
    seat: row.seat,
    phone: row.phone,
    address: row.address,
    introduction: row.introduction,
    areas: row.areas,
    areaCodes: row.service_divisions,
    admittedAt: row.admitted_at,
    expelledAt: row.expelled_at,
    committedAt: row.committed_at,
    noticeEndsAt: row.notice_ends_at,
    check: toCheck(row),
  }
}

function toCheck({ check_verdict, checked_at, answered_at }: LatestColumns): LatestCheck | null {
  return check_verdict && { verdict: check_verdict, checkedAt: checked_at!, answeredAt: answered_at }
}

/** What a new bid asks of its agency's record, kept prepared for whoever bids in the last minute. Undefined: never admitted. */
export async function findEntryRecord(db: Database, agencyId: string): Promise<{ committedAt: Date | null; check: LatestCheck | null } | undefined> {
  const row = (await db('agencies as a')
    .leftJoin('agency_latest_checks as latest', 'latest.agency_id', 'a.organisation_id')
    .whereNotNull('a.admitted_at')
    .where('a.organisation_id', agencyId)
    .select('a.committed_at', 'latest.verdict as check_verdict', 'latest.checked_at', 'latest.answered_at')
    .first()
    .options({ name: 'entry-record' })) as (LatestColumns & { committed_at: Date | null }) | undefined
  return row && { committedAt: row.committed_at, check: toCheck(row) }
}

export type AwardLine = { number: string; title: string; service: string; awardedAt: Date }

/** What an agency has won here, newest first. */
export async function listAwardsOf(db: Database, agencyId: string): Promise<AwardLine[]> {
  const rows = await db('awards as w')
    .join('bids as b', 'b.id', 'w.bid_id')
    .join('tenders as t', 't.id', 'w.tender_id')
    .join('listings as l', 'l.id', 't.listing_id')
    .where('b.agency_id', agencyId)
    .orderBy([{ column: 'w.awarded_at', order: 'desc' }, { column: 't.id' }])
    .limit(20)
    .select('t.number', 't.title', 'l.name as service', 'w.awarded_at')
  return rows.map((row) => ({ number: row.number, title: row.title, service: row.service, awardedAt: row.awarded_at }))
}
