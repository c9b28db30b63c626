import { can, type Client, type Member } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context, Database } from '#app/domain/context.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { findCase, findCaseById } from '#db/repositories/cases.ts'
import { findOwnedProject } from '#db/repositories/projects.ts'
import { findCaseNames, listCaseDemands, type CaseDemand, type CaseNames } from '#db/views/case-page.ts'
import { listCaseServices, type CaseService } from '#db/views/case-services.ts'
import { listMaterialAnswers, type MaterialAnswer } from '#db/views/material-answers.ts'
import { listSaidInWords, type SaidInWords } from '#db/views/said-services.ts'
import { listMaterialsTold } from '#db/views/material-history.ts'
import { listHeldDocuments, type HeldDocument } from '#db/views/shared-documents.ts'
import type { Case } from './case.ts'
import { materialSteps, type MaterialStep } from './material-history.ts'

/** A case with what the market does for each of its documents, what the guard says of them, and what its office names in words alone. */
export type CaseView = { case: Case; services: CaseService[]; answers: MaterialAnswer[]; held: HeldDocument[]; said: SaidInWords[] }
/** Where a document lies that this case takes over; `caseId` only for a reader who may see that case too. */
export type ShownHeld = Pick<HeldDocument, 'material' | 'state' | 'landed'> & { caseId: string | null }
const MOST_DEMANDS = 50
const MOST_STEPS = 500

/**
 * A case by its number, for its own authority alone.
 *
 * @throws Refusal `cases.no-such-case` (404), also for another authority's
 */
export async function showOwnCase(context: Context & { actor: Client | Member }, number: string): Promise<CaseView> {
  const { actor, db } = context
  const found = can(actor, 'see:own-cases') ? await findCase(db, { authorityId: actor.organisationId, number }) : undefined
  if (!found) throw new Refusal('missing', 'cases.no-such-case')
  return whole(db, found, await context.clock.read(db))
}

/**
 * A case by its id with its names and demands, for whoever may see it: its authority, its applicant, and the regulator of its division.
 *
 * @throws Refusal `cases.no-such-case` (404) for everybody else, as for an id that never was
 */
export async function showCase(context: Context & { actor: Member }, id: string): Promise<Omit<CaseView, 'held'> & { held: ShownHeld[]; steps: Record<string, MaterialStep[]>; names: CaseNames; demands: CaseDemand[]; isKeeper: boolean; isApplicant: boolean }> {
  const found = isUuid(id) ? await findCaseById(context.db, id) : undefined
  if (!found || !(await maySee(context.db, context.actor, found))) throw new Refusal('missing', 'cases.no-such-case')
  const { actor, db } = context
  const [{ services, answers, held, said }, told, names, demands, applied] = await Promise.all([whole(db, found, await context.clock.read(db)), listMaterialsTold(db, { caseId: id, limit: MOST_STEPS }), findCaseNames(db, found), listCaseDemands(db, { authorityId: found.authorityId, number: found.number, limit: MOST_DEMANDS }), isApplicant(db, actor, found)])
  const shown = await Promise.all(held.map(async ({ source, material, state, landed }) => ({ material, state, landed, caseId: (await maySee(db, actor, source)) ? source.id : null })))
  return { case: found, services, answers, said, held: shown, steps: materialSteps(told, services), names, demands, isKeeper: can(actor, 'keep:case') && actor.organisationId === found.authorityId, isApplicant: applied }
}

async function whole(db: Database, found: Case, at: Date): Promise<CaseView> {
  const answers = await listMaterialAnswers(db, [found.id])
  const [services, held, said] = await Promise.all([listCaseServices(db, [found], { answers, at }), listHeldDocuments(db, { caseIds: [found.id], on: dayOf(at) }), listSaidInWords(db, found.id)])
  return { case: found, services: services.get(found.id)!, answers: answers.get(found.id)!, held, said }
}

/** Whose case it is: its authority’s, its division’s regulator’s, its applicant’s. */
export async function maySee(db: Database, actor: Member, found: Pick<Case, 'authorityId' | 'divisionCode' | 'projectCode' | 'applicant'>): Promise<boolean> {
  if (can(actor, 'see:own-cases') && actor.organisationId === found.authorityId) return true
  if (can(actor, 'see:cases') && isWithin(found.divisionCode, actor.divisionCode)) return true
  return isApplicant(db, actor, found)
}

/**
 * Does this member act for whoever applied? An organisation is known by its unified code. A natural person has none, and neither a
 * name nor a project's code is a proof alone: the case is theirs where they registered the project and the office wrote their name.
 */
export async function isApplicant(db: Database, actor: Member, { applicant, projectCode }: Pick<Case, 'applicant' | 'projectCode'>): Promise<boolean> {
  if (!can(actor, 'register:project')) return false
  if (actor.uscc !== null || applicant.uscc !== null) return actor.uscc === applicant.uscc
  return actor.organisationName === applicant.name && (await findOwnedProject(db, projectCode))?.ownerId === actor.organisationId
}
