import type { Knex } from 'knex'
import type { Applicant, Case, Lane, Material, MaterialSource, MaterialState } from '#app/domain/cases/case.ts'
import type { CaseStateNumber, StateOfCase } from '#app/domain/cases/case-state.ts'
import type { Database } from '#app/domain/context.ts'
import type { FlowType } from '#app/domain/projects/project.ts'
import { TENDER_STATES_IN_SQL, tendersWithOutcomes } from './tenders.ts'

type Row = {
  id: string
  ordinal: number
  number: string
  authority_id: string
  division_code: string
  project_code: string
  approval_item: string
  national_code: string | null
  implementation_code: string | null
  flow_type: FlowType
  lane: Lane
  applicant_uscc: string | null
  applicant_name: string
  statutory_days: number | null
  promised_days: number | null
  received_at: Date
  changed_at: Date
}
type StateRow = { case_id: string; place: number; state: CaseStateNumber; at: Date; note: string; recorded_at: Date | null }
type MaterialRow = { case_id: string; code: string; place: number; name: string; source: MaterialSource; listing_code: string | null; shared_from: string | null; state: MaterialState; reason: string }

/** A case's head: what it is without its states and documents. */
export type CaseHead = Omit<Case, 'states' | 'materials'> & { ordinal: number }

/** The case of this authority under this number, held until the transaction ends; two writers of one new number follow each other too. */
export async function lockCase(trx: Knex.Transaction, { authorityId, number }: { authorityId: string; number: string }): Promise<Case | undefined> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`case:${authorityId}:${number}`])
  const row = await trx<Row>('cases').where({ authority_id: authorityId, number }).forUpdate().first()
  return row && (await whole(trx, [row]))[0]
}

/**
 * With states and documents in their order; undefined where this authority has no case under the number. Numbers are unique within an
 * authority alone.
 */
export async function findCase(db: Database, { authorityId, number }: { authorityId: string; number: string }): Promise<Case | undefined> {
  const row = await db<Row>('cases').where({ authority_id: authorityId, number }).first()
  return row && (await whole(db, [row]))[0]
}

/** A case by its own id, for those who are not its authority. */
export async function findCaseById(db: Database, id: string): Promise<Case | undefined> {
  const row = await db<Row>('cases').where({ id }).first()
  return row && (await whole(db, [row]))[0]
}

/** Every case of a project, with states and documents, in the order in which they were received. */
export async function listCasesOfProject(db: Database, projectCode: string): Promise<Case[]> {
  return whole(db, await db<Row>('cases').where({ project_code: projectCode }).orderBy([{ column: 'received_at' }, { column: 'ordinal' }]))
}

/** Heads of cases, received last first, by whose they are; `person` is one without a unified code, whose are those under their name of projects that they registered; `before` is the ordinal at the end of the page before. */
export async function listCases(db: Database, { authorityId, divisionPrefix, q, before, limit, ...applied }: AppliedBy & { authorityId?: string; divisionPrefix?: string; q?: string; before?: number; limit: number }): Promise<CaseHead[]> {
  const rows = await db<Row>('cases')
    .modify((query) => authorityId !== undefined && query.where({ authority_id: authorityId }))
    .modify((query) => divisionPrefix !== undefined && query.whereLike('division_code', `${divisionPrefix}%`))
    .modify((query) => whereApplied(db, query, applied))
    .modify((query) => q !== undefined && query.where((either) => either.where('number', q).orWhere('project_code', q)))
    .modify((query) => before !== undefined && query.whereRaw('(received_at, ordinal) < (select received_at, ordinal from cases where ordinal = ?)', [before]))
    .orderBy([{ column: 'received_at', order: 'desc' }, { column: 'ordinal', order: 'desc' }])
    .limit(limit)
  return rows.map(toHead)
}

/** Who applied: an organisation by its unified code, or a person, who has none, by name and by the projects that they registered. */
export type AppliedBy = { applicantUscc?: string; person?: { id: string; name: string } }

/** Narrows a reading of cases to those of an applicant. */
export function whereApplied(db: Database, query: Knex.QueryBuilder, { applicantUscc, person }: AppliedBy): void {
  if (applicantUscc !== undefined) query.where({ applicant_uscc: applicantUscc })
  if (person !== undefined) query.whereNull('applicant_uscc').where({ applicant_name: person.name }).whereIn('project_code', db('owned_projects').where({ owner_id: person.id }).select('code'))
}

/** Writes a case as it stands now, in the place of what stood there. A document that a tender was opened for must be among its documents ({@link listMaterialsInUse}). */
export async function saveCase(trx: Knex.Transaction, saved: Case): Promise<void> {
  const { id, states, materials } = saved
  await trx('cases')
    .insert({
      id,
      number: saved.number,
      authority_id: saved.authorityId,
      division_code: saved.divisionCode,
      project_code: saved.projectCode,
      approval_item: saved.approvalItem,
      national_code: saved.nationalCode,
      implementation_code: saved.implementationCode,
      flow_type: saved.flowType,
      lane: saved.lane,
      applicant_uscc: saved.applicant.uscc,
      applicant_name: saved.applicant.name,
      statutory_days: saved.statutoryDays,
      promised_days: saved.promisedDays,
      received_at: saved.receivedAt,
      changed_at: saved.changedAt,
    })
    .onConflict('id')
    .merge()
  await trx('case_states').where({ case_id: id }).delete()
  if (states.length) await trx('case_states').insert(states.map(({ state, at, note, recordedAt = null }, place) => ({ case_id: id, place, state, at, note, recorded_at: recordedAt })))
  await trx('case_materials').where({ case_id: id }).whereNotIn('code', materials.map(({ code }) => code)).delete()
  if (materials.length) {
    await trx('case_materials')
      .insert(materials.map(({ code, name, source, listingCode, sharedFrom, state, reason }, place) => ({ case_id: id, code, place, name, source, listing_code: listingCode, shared_from: sharedFrom, state, reason })))
      .onConflict(['case_id', 'code'])
      .merge()
  }
}

/** Codes of a case's documents that a tender was opened for, be it a draft. A draft that was thrown away binds nobody. */
export async function listMaterialsInUse(db: Database, caseId: string): Promise<string[]> {
  return db('case_tenders').join('tenders', 'tenders.id', 'case_tenders.tender_id').where({ case_id: caseId }).whereNull('tenders.discarded_at').distinct().pluck('material_code')
}

/** Codes of a case's documents that somebody is being paid for: their tender is published, and at this instant neither failed nor cancelled. */
export async function listMaterialsBought(db: Database, { caseId, at }: { caseId: string; at: Date }): Promise<string[]> {
  const { failed, cancelled } = TENDER_STATES_IN_SQL
  return tendersWithOutcomes(db)
    .join('case_tenders', 'case_tenders.tender_id', 'tenders.id')
    .where({ 'case_tenders.case_id': caseId })
    .whereNotNull('tenders.published_at')
    .whereRaw(`(${failed}) is not true and (${cancelled}) is not true`, { at })
    .distinct()
    .pluck('case_tenders.material_code')
}

/** Ties a tender to the document of a case that it was drafted for. */
export async function insertCaseTender(trx: Knex.Transaction, { tenderId, caseId, material, at }: { tenderId: string; caseId: string; material: string; at: Date }): Promise<void> {
  await trx('case_tenders').insert({ tender_id: tenderId, case_id: caseId, material_code: material, opened_at: at })
}

/** A purchase that is tried again is for the same document of the same case. Nothing where the first one was for none. */
export async function copyCaseTender(trx: Knex.Transaction, { from, to, at }: { from: string; to: string; at: Date }): Promise<void> {
  await trx.raw('insert into case_tenders (tender_id, case_id, material_code, opened_at) select ?, case_id, material_code, ? from case_tenders where tender_id = ?', [to, at, from])
}

async function whole(db: Database, rows: readonly Row[]): Promise<Case[]> {
  const ids = rows.map(({ id }) => id)
  const [states, materials] = await Promise.all([
    db<StateRow>('case_states').whereIn('case_id', ids).orderBy('place'),
    db<MaterialRow>('case_materials').whereIn('case_id', ids).orderBy('place'),
  ])
  return rows.map((row) => {
    const { ordinal: _, ...head } = toHead(row)
    return { ...head, states: states.filter((each) => each.case_id === row.id).map(toState), materials: materials.filter((each) => each.case_id === row.id).map(toMaterial) }
  })
}

function toState({ state, at, note, recorded_at }: StateRow): StateOfCase {
  return { state, at, note, ...(recorded_at && { recordedAt: recorded_at }) }
}

function toMaterial({ code, name, source, listing_code, shared_from, state, reason }: MaterialRow): Material {
  return { code, name, source, listingCode: listing_code, sharedFrom: shared_from, state, reason }
}

function toHead(row: Row): CaseHead {
  const applicant: Applicant = { uscc: row.applicant_uscc, name: row.applicant_name }
  return {
    id: row.id,
    ordinal: row.ordinal,
    number: row.number,
    authorityId: row.authority_id,
    divisionCode: row.division_code,
    projectCode: row.project_code,
    approvalItem: row.approval_item,
    nationalCode: row.national_code,
    implementationCode: row.implementation_code,
    flowType: row.flow_type,
    lane: row.lane,
    applicant,
    statutoryDays: row.statutory_days,
    promisedDays: row.promised_days,
    receivedAt: row.received_at,
    changedAt: row.changed_at,
  }
}
