import type { Knex } from 'knex'
import type { MediaType, StoredDocument } from '#app/domain/agencies/document.ts'
import type { StateOfCase } from '#app/domain/cases/case-state.ts'
import type { Database } from '#app/domain/context.ts'
import type { AfterAward, Landing } from '#app/domain/contracts/after-award.ts'
import type { Contract } from '#app/domain/contracts/contract.ts'
import type { Deliverable } from '#app/domain/contracts/deliverable.ts'

type Instants<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] }
type File = { sha256: string | null; fileName: string | null; mediaType: MediaType | null; bytes: number | null }
type ContractJson = Instants<Omit<Contract, 'document' | 'filedBy'>> & File & { filedBy: string }
type DeliverableJson = Instants<Omit<Deliverable, 'document'>> & File
type LandingJson = Omit<Landing, 'states' | 'receivedAt'> & { receivedAt: string; states: StateJson[] }
type Row = {
  id: string
  number: string
  title: string
  project_code: string
  division_code: string
  service_days: number
  ceiling_fen: number
  owner_id: string
  owner_name: string | null
  agency_id: string
  agency_name: string
  agency_uscc: string
  listing_code: string
  listing_name: string
  valid_years: number | null
  bound_at: Date
  awarded_fen: number | null
  contracts: ContractJson[] | null
  deliverables: DeliverableJson[] | null
  landing: LandingJson | null
}

const FILE = (row: string) => `'sha256', encode(${row}.sha256, 'hex'), 'fileName', ${row}.file_name, 'mediaType', ${row}.media_type, 'bytes', ${row}.bytes`

/** An award binds when its publicity is over, and not before every objection is answered and every hold that met it has ended. */
const BOUND = `greatest(awards.publicity_ends_at,
  (select max(answers.answered_at) from tender_objections objections join objection_answers answers on answers.objection_id = objections.id where objections.tender_id = tenders.id),
  (select max(endings.ended_at) from tender_suspensions held join suspension_endings endings on endings.tender_id = held.tender_id and endings.ordinal = held.ordinal where held.tender_id = tenders.id))`

const CONTRACTS = `(select jsonb_agg(jsonb_build_object('id', one.id, 'amountFen', one.amount_fen, 'serviceDays', one.service_days, 'signedOn', one.signed_on, 'filedBy', one.filed_by, 'filedAt', one.filed_at, 'confirmBy', one.confirm_by,
  'confirmedAt', one.confirmed_at, 'refusedAt', one.refused_at, 'refusal', one.refusal, ${FILE('one')}) order by one.filed_at, one.id) from contracts one where one.tender_id = tenders.id)`

const DELIVERABLES = `(select jsonb_agg(jsonb_build_object('id', one.id, 'round', one.round, 'name', one.name, 'handover', one.handover, 'deliveredAt', one.delivered_at, 'answerBy', one.answer_by, 'acceptedAt', one.accepted_at,
  'deemed', one.accepted_at is not null and one.answered_by is null, 'validUntil', one.valid_until, 'returnedAt', one.returned_at, 'reasons', one.reasons, 'unmet', one.unmet, ${FILE('one')}) order by one.round)
  from contracts standing join deliverables one on one.contract_id = standing.id where standing.tender_id = tenders.id and standing.refused_at is null)`

/** What a case system did not say of days its approval item may say, where it counts in working days. */
export const OFFICE_DAYS = `'promised', coalesce(file.promised_days, case when item.day_unit = 'working' then item.promised_days end), 'statutory', coalesce(file.statutory_days, case when item.day_unit = 'working' then item.statutory_days end)`
/** A state as JSON has it, wherever {@link STATES} is read. */
export type StateJson = { state: StateOfCase['state']; at: string; note: string; recordedAt?: string }
export const statesFrom = (states: readonly StateJson[]): StateOfCase[] => states.map(({ at, recordedAt, ...rest }) => ({ ...rest, at: new Date(at), ...(recordedAt && { recordedAt: new Date(recordedAt) }) }))
export const STATES = `coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('state', states.state, 'at', states.at, 'note', states.note, 'recordedAt', states.recorded_at)) order by states.place) from case_states states where states.case_id = file.id), '[]')`

const LANDING = `(select jsonb_build_object('caseId', file.id, 'caseNumber', file.number, 'authorityId', file.authority_id, 'authority', office.name, 'materialCode', wanted.code, 'material', wanted.name, 'receivedAt', file.received_at, 'states', ${STATES}, ${OFFICE_DAYS})
  from case_tenders opened join cases file on file.id = opened.case_id join organisations office on office.id = file.authority_id join approval_items item on item.code = file.approval_item
  join case_materials wanted on wanted.case_id = opened.case_id and wanted.code = opened.material_code where opened.tender_id = tenders.id)`

/** Awards that bind at an instant, each with everything that came of it. What an objection or the regulator holds does not bind. */
export function awardsBinding(db: Database, at: Date): Knex.QueryBuilder<object, Row[]> {
  return db('standing_awards as awards')
    .join('tenders', 'tenders.id', 'awards.tender_id')
    .join('bids', 'bids.id', 'awards.bid_id')
    .join('organisations as agencies', 'agencies.id', 'bids.agency_id')
    .join('organisations as owners', 'owners.id', 'tenders.owner_id')
    .join('listings', 'listings.id', 'tenders.listing_id')
    .leftJoin('bid_openings as opened', 'opened.bid_id', 'bids.id')
    .where('awards.publicity_ends_at', '<=', at)
    .whereNotExists(db('open_objections as objecting').whereRaw('objecting.tender_id = tenders.id'))
    .whereNotExists(db('standing_suspensions as held').whereRaw('held.tender_id = tenders.id'))
    .select(
      'tenders.id', 'tenders.number', 'tenders.title', 'tenders.project_code', 'tenders.division_code', 'tenders.service_days', 'tenders.ceiling_fen', 'tenders.owner_id',
      { agency_id: 'agencies.id', agency_name: 'agencies.name', agency_uscc: 'agencies.uscc', listing_code: 'listings.code', listing_name: 'listings.name', awarded_fen: 'opened.amount_fen' },
      db.raw(`case when owners.kind = 'organisation' then owners.name end as owner_name`),
      db.raw(`cast(listings.rules ->> 'validYears' as int) as valid_years`),
      db.raw(`${BOUND} as bound_at`),
      db.raw(`${CONTRACTS} as contracts`),
      db.raw(`${DELIVERABLES} as deliverables`),
      db.raw(`${LANDING} as landing`),
    ) as never
}

/** What came of one tender's award; undefined while none binds. */
export async function findAfterAward(db: Database, { id, at }: { id: string; at: Date }): Promise<AfterAward | undefined> {
  const row = (await awardsBinding(db, at).where('tenders.id', id).first().options({ name: 'after-award' })) as Row | undefined
  return row && toAfterAward(row)
}

/** How long an award without any contract is looked after. */
const REMEMBERED = '90 days'
const ACCEPTED = 'exists (select from contracts standing join deliverables one on one.contract_id = standing.id where standing.tender_id = tenders.id and standing.refused_at is null and one.accepted_at is not null)'

/**
 * Awards whose service is not over, page by page in the order of their tenders' ids. One of which nobody ever filed a contract is left alone after a time.
 *
 * @param authorityId whose case waits for the result
 * @param warned only those of which a limit was warned
 */
export async function listRunningServices(db: Database, { at, ownerId, agencyId, authorityId, divisionPrefix, warned, after, limit }: { at: Date; ownerId?: string; agencyId?: string; authorityId?: string; divisionPrefix?: string; warned?: boolean; after?: string; limit: number }): Promise<AfterAward[]> {
  const rows = (await awardsBinding(db, at)
    .modify((query) => ownerId !== undefined && query.where('tenders.owner_id', ownerId))
    .modify((query) => agencyId !== undefined && query.where('bids.agency_id', agencyId))
    .modify((query) => authorityId !== undefined && query.whereRaw('exists (select from case_tenders waiting join cases file on file.id = waiting.case_id where waiting.tender_id = tenders.id and file.authority_id = ?)', [authorityId]))
    .modify((query) => divisionPrefix !== undefined && query.whereLike('tenders.division_code', `${divisionPrefix}%`))
    .modify((query) => warned && query.whereRaw(`exists (select from limit_warnings told where told.about = 'tender' and told.about_id = tenders.id)`))
    .modify((query) => after !== undefined && query.where('tenders.id', '>', after))
    .whereRaw(`not ${ACCEPTED}`)
    .whereRaw(`(awards.publicity_ends_at > cast(? as timestamptz) - interval '${REMEMBERED}' or exists (select from contracts begun where begun.tender_id = tenders.id))`, [at])
    .orderBy('tenders.id')
    .limit(limit)) as Row[]
  return rows.map(toAfterAward)
}

/** What came of every award that a document of one of these cases waits for. */
export async function listAwardsOfCases(db: Database, { caseIds, at }: { caseIds: readonly string[]; at: Date }): Promise<AfterAward[]> {
  if (!caseIds.length) return []
  const rows = (await awardsBinding(db, at).whereIn('tenders.id', db('case_tenders').whereIn('case_id', [...caseIds]).select('tender_id')).orderBy('tenders.id')) as Row[]
  return rows.map(toAfterAward)
}

/** Services whose result was accepted since an instant, the latest first; `places` are the divisions that a reader looks after. */
export async function listFinishedServices(db: Database, { at, since, divisionPrefix, limit }: { at: Date; since: Date; divisionPrefix?: string; limit: number }): Promise<AfterAward[]> {
  const rows = (await awardsBinding(db, at)
    .join('contracts as standing', (join) => join.on('standing.tender_id', 'tenders.id').onNull('standing.refused_at'))
    .join('deliverables as result', (join) => join.on('result.contract_id', 'standing.id').onNotNull('result.accepted_at'))
    .where('result.accepted_at', '>=', since)
    .modify((query) => divisionPrefix !== undefined && query.whereLike('tenders.division_code', `${divisionPrefix}%`))
    .orderBy([{ column: 'result.accepted_at', order: 'desc' }, { column: 'tenders.id' }])
    .limit(limit)) as Row[]
  return rows.map(toAfterAward)
}

function toAfterAward(row: Row): AfterAward {
  const contracts = (row.contracts ?? []).map((one): Contract => ({ ...withoutFile(one), filedBy: one.filedBy === row.owner_id ? 'owner' : 'agency', filedAt: new Date(one.filedAt), confirmBy: new Date(one.confirmBy), confirmedAt: instant(one.confirmedAt), refusedAt: instant(one.refusedAt), document: fileOf(one)! }))
  const deliverables = (row.deliverables ?? []).map((one): Deliverable => ({ ...withoutFile(one), deliveredAt: new Date(one.deliveredAt), answerBy: new Date(one.answerBy), acceptedAt: instant(one.acceptedAt), returnedAt: instant(one.returnedAt), document: fileOf(one) }))
  return {
    tender: { id: row.id, number: row.number, title: row.title, projectCode: row.project_code, divisionCode: row.division_code, serviceDays: row.service_days, ceilingFen: row.ceiling_fen },
    owner: { id: row.owner_id, name: row.owner_name },
    agency: { id: row.agency_id, name: row.agency_name, uscc: row.agency_uscc },
    listing: { code: row.listing_code, name: row.listing_name, validYears: row.valid_years },
    boundAt: row.bound_at,
    awardedFen: row.awarded_fen,
    contracts,
    deliverables,
    landing: row.landing && { ...row.landing, receivedAt: new Date(row.landing.receivedAt), states: statesFrom(row.landing.states) },
  }
}

function withoutFile<T extends File>({ sha256: _sha256, fileName: _fileName, mediaType: _mediaType, bytes: _bytes, ...rest }: T): Omit<T, keyof File> {
  return rest
}

function fileOf({ sha256, fileName, mediaType, bytes }: File): StoredDocument | null {
  return sha256 === null ? null : { sha256, name: fileName!, mediaType: mediaType!, bytes: bytes! }
}

function instant(given: string | null): Date | null {
  return given === null ? null : new Date(given)
}
