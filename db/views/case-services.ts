import type { Case } from '#app/domain/cases/case.ts'
import { milestoneOf, type Milestone } from '#app/domain/cases/milestone.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { knownBy, resultFor, type KnownService } from '#app/domain/catalogue/same-service.ts'
import type { Database } from '#app/domain/context.ts'
import type { ListingRules } from '#app/domain/catalogue/listing.ts'
import { chainOf } from '#app/domain/divisions/division.ts'
import { statusAt, type TenderState } from '#app/domain/tenders/state.ts'
import { toTender, type TenderRow } from '../repositories/tender-row.ts'
import { tenderColumns, tendersWithOutcomes } from '../repositories/tenders.ts'
import { isUndemandable, type MaterialAnswer, type ServiceAnswer } from '#app/domain/guard/asked-service.ts'
import { listResultsOnFile, type ResultOnFile } from './results-on-file.ts'

/** What the market does for one document of a case. A draft's number is null, and the draft is its owner's alone. */
export type CaseService = {
  material: string
  listing: { code: string; name: string }
  tender: { id: string; number: string | null; title: string; state: TenderState; openedAt: Date; publishedAt: Date | null } | null
  agency: { uscc: string; name: string } | null
  contract: { filedAt: Date; confirmedAt: Date | null } | null
  deliverable: { id: string; name: string; round: number; deliveredAt: Date; acceptedAt: Date | null; validUntil: string | null } | null
  /** What is on file for the project and valid, of this service or of one that is the same under another code, whatever case or none it was bought for. */
  onFile: Pick<ResultOnFile, 'id' | 'name' | 'number' | 'validUntil'> & { service: { code: string; name: string } } | null
  /** What stands of the document's service in this case; null where nobody asked for it. */
  guard: ServiceAnswer | null
  milestone: Milestone
}

type Row = TenderRow & { case_id: string; material_code: string; tied_at: Date; agency_uscc: string | null; agency_name: string | null; contract: { filed_at: string; confirmed_at: string | null } | null; deliverable: { id: string; name: string; round: number; delivered_at: string; accepted_at: string | null; valid_until: string | null } | null }

const CONTRACT = `(select jsonb_build_object('filed_at', contracts.filed_at, 'confirmed_at', contracts.confirmed_at) from contracts where contracts.tender_id = tenders.id and contracts.refused_at is null) as contract`
const DELIVERABLE = `(
  select jsonb_build_object('id', deliverables.id, 'name', deliverables.name, 'round', round, 'delivered_at', delivered_at, 'accepted_at', accepted_at, 'valid_until', valid_until)
  from deliverables join contracts on contracts.id = deliverables.contract_id
  where contracts.tender_id = tenders.id and contracts.refused_at is null and deliverables.returned_at is null
  order by round desc limit 1
) as deliverable`

type Wanting = Pick<Case, 'id' | 'divisionCode' | 'projectCode' | 'materials'>
type Listed = { code: string; name: string; rules: ListingRules; division_code: string }

/** Each document of these cases that a listed service yields, with its latest tender and what became of that: by the cases' ids, in three queries. @param answers what the guard says of each document, by the cases' ids */
export async function listCaseServices(db: Database, cases: readonly Wanting[], { answers, at }: { answers: Map<string, MaterialAnswer[]>; at: Date }): Promise<Map<string, CaseService[]>> {
  const codes = new Set(cases.flatMap(wantedBy).map(({ listingCode }) => listingCode!))
  if (!codes.size) return new Map(cases.map(({ id }) => [id, []]))
  const [listed, results, rows] = await Promise.all([
    db('listings').distinctOn('division_code', 'code').whereIn('code', [...codes]).whereIn('division_code', [...new Set(cases.flatMap(({ divisionCode }) => chainOf(divisionCode)))]).orderBy([{ column: 'division_code' }, { column: 'code' }, { column: 'in_force_from', order: 'desc' }]).select<Listed[]>('code', 'name', 'rules', 'division_code', 'in_force_from'),
    listResultsOnFile(db, { projectCodes: cases.map(({ projectCode }) => projectCode), divisionCodes: cases.map(({ divisionCode }) => divisionCode), on: dayOf(at) }),
    tendersWithOutcomes(db)
      .join('case_tenders', 'case_tenders.tender_id', 'tenders.id')
      .leftJoin('bids as winning', 'winning.id', 'awards.bid_id')
      .leftJoin('organisations as winner', 'winner.id', 'winning.agency_id')
      .select(...tenderColumns, 'case_tenders.case_id', 'case_tenders.material_code', 'case_tenders.opened_at as tied_at', 'winner.uscc as agency_uscc', 'winner.name as agency_name', db.raw(CONTRACT), db.raw(DELIVERABLE))
      .whereIn('case_tenders.case_id', cases.map(({ id }) => id))
      .whereNull('tenders.discarded_at')
      .orderBy('case_tenders.opened_at', 'desc') as unknown as Promise<Row[]>,
  ])
  return new Map(cases.map((one) => [one.id, wantedBy(one).map((material) => serviceOf(material, { known: knownTo(one, material.listingCode!, listed), results: results.filter(({ projectCode }) => projectCode === one.projectCode), row: rows.find((row) => row.case_id === one.id && row.material_code === material.code), answer: answers.get(one.id)?.find((said) => said.material === material.code)?.answer ?? null, at }))]))
}

function wantedBy({ materials }: Wanting): Case['materials'] {
  return materials.filter(({ listingCode }) => listingCode !== null)
}

/** As the list that is nearest to the case calls it. */
function knownTo({ divisionCode }: Wanting, code: string, listed: readonly Listed[]): KnownService {
  const found = chainOf(divisionCode).map((place) => listed.find((one) => one.code === code && one.division_code === place)).find((one) => one !== undefined)
  return found ? knownBy(found) : { code, name: code, material: null, duplicateOf: null, mergedInto: null }
}

function serviceOf({ code, listingCode, state }: Case['materials'][number], { known, results, row, answer, at }: { known: KnownService; results: readonly ResultOnFile[]; row: Row | undefined; answer: ServiceAnswer | null; at: Date }): CaseService {
  const tender = row && toTender(row)
  const stands = tender ? statusAt(tender, at) : null
  const contract = row?.contract ? { filedAt: new Date(row.contract.filed_at), confirmedAt: instantOf(row.contract.confirmed_at) } : null
  const found = row?.deliverable
  const deliverable = found ? { id: found.id, name: found.name, round: found.round, deliveredAt: new Date(found.delivered_at), acceptedAt: instantOf(found.accepted_at), validUntil: found.valid_until } : null
  const held = resultFor(results, known)
  return {
    material: code,
    listing: { code: listingCode!, name: known.name },
    tender: tender && stands ? { id: tender.id, number: tender.publication?.number ?? null, title: tender.title, state: stands, openedAt: row!.tied_at, publishedAt: tender.publication?.publishedAt ?? null } : null,
    agency: row?.agency_uscc && (stands === 'publicity' || stands === 'awarded') ? { uscc: row.agency_uscc, name: row.agency_name! } : null,
    contract,
    deliverable,
    onFile: held ? { id: held.id, name: held.name, number: held.number, validUntil: held.validUntil, service: { code: held.service.code, name: held.service.name } } : null,
    guard: answer,
    milestone: milestoneOf({
      isIn: state === 'submitted' || state === 'accepted',
      tender: stands && { isPublished: stands !== 'draft', isOver: stands === 'failed' || stands === 'cancelled', isProvisional: stands === 'publicity', isAwarded: stands === 'awarded' },
      contract: contract && { confirmed: contract.confirmedAt !== null },
      deliverable: deliverable && { accepted: deliverable.acceptedAt !== null },
      isOnFile: held !== undefined,
      isUndemandable: answer !== null && isUndemandable(answer),
      isWithdrawn: answer?.withdrawn ?? false,
    }),
  }
}

const instantOf = (text: string | null) => (text === null ? null : new Date(text))
