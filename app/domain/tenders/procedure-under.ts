import type { Policies } from '#app/domain/divisions/policy.ts'
import { lifeUnder } from './life.ts'
import { directProcedure, randomProcedure, type Procedure } from './procedure.ts'
import type { Method } from './tender.ts'

/**
 * The procedure that a division's policy of the day gives to a tender of a method: what is previewed and what is published
 * come from here alike.
 *
 * @param demo whether the marketplace only shows how it works
 */
export function procedureUnder(policies: Policies, { method, demo }: { method: Method; demo: boolean }): Procedure {
  const bidsPerAgency = policies.bidsPerAgency.value
  const life = lifeUnder(policies, { demo })
  if (method === 'direct') return directProcedure({ application: policies.directAcceptance.value, bidsPerAgency, life })
  const { minimumBidders, application, drawDelay } = policies
  return randomProcedure({ minimumBidders: minimumBidders.value, application: application.value, drawDelay: drawDelay.value, bidsPerAgency, life })
}
