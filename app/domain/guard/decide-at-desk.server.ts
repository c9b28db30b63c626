import type { Member } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { isRefusal, Refusal } from '#app/domain/refusal.ts'
import { lacksCase } from '#db/views/demanded-case.ts'
import { decide, type Decided } from './decide.server.ts'
import type { Say } from './decision.ts'
import type { Demand } from './demand.ts'

/** What the form calls what the contract calls otherwise: a refusal stands at the field that it is about. */
const AT_DESK: Record<string, string> = { projectCode: 'project', approvalItem: 'item', demandedOn: 'on' }

/**
 * Records a demand that an officer typed. Where the authority keeps its cases here, a number that none of them has is a slip.
 * A machine is not asked this: it may demand before it registers the case.
 *
 * @param id what the page has named the decision, so that a form sent twice is decided once
 * @throws Refusal `guard.no-such-case`; what {@link decide} refuses, at the form's fields
 */
export async function decideAtDesk(context: Context & { actor: Member }, { demand, say, id }: { demand: Omit<Demand, 'authority'>; say: Say; id?: string | undefined }): Promise<Decided> {
  const { actor, db } = context
  const { caseNumber } = demand
  if (caseNumber && (await lacksCase(db, { authorityId: actor.organisationId, number: caseNumber }))) throw new Refusal('invalid', 'guard.no-such-case', { field: 'caseNumber' })
  try {
    return await decide(context, { demand: { ...demand, authority: actor.uscc ?? '' }, say, ...(id && { id }) })
  } catch (error) {
    throw isRefusal(error) ? atDesk(error) : error
  }
}

function atDesk({ kind, code, params, field, also }: Refusal): Refusal {
  return new Refusal(kind, code, { params, ...(field !== undefined && { field: AT_DESK[field] ?? field }), also: also.map(atDesk) })
}
