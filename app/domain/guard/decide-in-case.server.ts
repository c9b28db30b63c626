import type { Client } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { decide, type Decided, type Idempotency } from '#app/domain/guard/decide.server.ts'
import type { Say } from '#app/domain/guard/decision.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findCase } from '#db/repositories/cases.ts'
import type { CaseDemandInput } from './case-demand.ts'
import { faultsOfDemand, type DemandParts } from './faults-of-demand.server.ts'

/**
 * Records a demand in a case of the caller's own: project and approval item are the case's, and are not asked again.
 *
 * @throws Refusal `cases.no-such-case` (404), also for another authority's; what {@link decide} refuses
 */
export async function decideInCase(context: Context & { actor: Client }, { number, demand, say, idempotency }: { number: string; demand: CaseDemandInput; say: Say; idempotency: Idempotency }): Promise<Decided> {
  const { actor } = context
  const found = await findCase(context.db, { authorityId: actor.organisationId, number })
  if (!found) throw new Refusal('missing', 'cases.no-such-case')
  return decide(context, { demand: { ...demand, caseNumber: number, projectCode: found.projectCode, approvalItem: found.approvalItem, authority: actor.uscc }, say, idempotency })
}

/** What {@link decideInCase} would refuse of a case's number and of the parts of a body whose shape is right. */
export async function faultsOfDemandInCase(context: Context & { actor: Client }, { number, parts }: { number: string; parts: Pick<DemandParts, 'demandedOn'> }): Promise<Refusal[]> {
  const { actor, db } = context
  if (!(await findCase(db, { authorityId: actor.organisationId, number }))) return [new Refusal('missing', 'cases.no-such-case')]
  return faultsOfDemand(context, { caseNumber: number, ...parts })
}
