import { can, type Client, type Member } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findCase, findCaseById } from '#db/repositories/cases.ts'
import { findCaseNames, listCaseDemands, type CaseDemand, type CaseNames } from '#db/views/case-page.ts'
import { listCaseServices, type CaseService } from '#db/views/case-services.ts'
import type { Case } from './case.ts'

/** A case with what the market does for each of its documents. */
export type CaseView = { case: Case; services: CaseService[] }
const MOST_DEMANDS = 50

/**
 * A case by its number, for its own authority alone.
 *
 * @throws Refusal `cases.no-such-case` (404), also for another authority's
 */
export async function showOwnCase(context: Context & { actor: Client | Member }, number: string): Promise<CaseView> {
  const { actor, db } = context
  const found = can(actor, 'see:own-cases') ? await findCase(db, { authorityId: actor.organisationId, number }) : undefined
  if (!found) throw new Refusal('missing', 'cases.no-such-case')
  return { case: found, services: await listCaseServices(db, found, await context.clock.read(db)) }
}

/**
 * A case by its id with its names and demands, for whoever may see it: its authority, its applicant, and the regulator of its division.
 *
 * @throws Refusal `cases.no-such-case` (404) for everybody else, as for an id that never was
 */
export async function showCase(context: Context & { actor: Member }, id: string): Promise<CaseView & { names: CaseNames; demands: CaseDemand[]; isKeeper: boolean; isApplicant: boolean }> {
  const found = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? await findCaseById(context.db, id) : undefined
  if (!found || !maySee(context.actor, found)) throw new Refusal('missing', 'cases.no-such-case')
  const { actor, db } = context
  const [services, names, demands] = await Promise.all([listCaseServices(db, found, await context.clock.read(db)), findCaseNames(db, found), listCaseDemands(db, { authorityId: found.authorityId, number: found.number, limit: MOST_DEMANDS })])
  return { case: found, services, names, demands, isKeeper: can(actor, 'keep:case') && actor.organisationId === found.authorityId, isApplicant: isApplicant(actor, found) }
}

/** Whose case it is. A natural person has no unified code, and is known by the project that they registered: that is asked elsewhere. */
export function maySee(actor: Member, { authorityId, applicant, divisionCode }: Pick<Case, 'authorityId' | 'applicant' | 'divisionCode'>): boolean {
  if (can(actor, 'see:own-cases') && actor.organisationId === authorityId) return true
  if (can(actor, 'see:cases') && isWithin(divisionCode, actor.divisionCode)) return true
  return isApplicant(actor, { applicant })
}

/** Does this member act for whoever applied? */
export function isApplicant(actor: Member, { applicant }: Pick<Case, 'applicant'>): boolean {
  return can(actor, 'register:project') && actor.uscc !== null && actor.uscc === applicant.uscc
}
