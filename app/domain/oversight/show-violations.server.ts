import { memberWho } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { prefixOf } from '#app/domain/divisions/division.ts'
import type { Policies } from '#app/domain/divisions/policy.ts'
import { INQUIRY_NUMBER } from '#db/repositories/inquiries.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { listShares, type Share } from '#db/views/concentration.ts'
import { countRepeats, listViolations, type Repeat, type Violation } from '#db/views/violations.ts'
import { limitsOf } from './find-leads.server.ts'

export const VIOLATIONS_A_PAGE = 20
const MOST = 50

/** Violations that are final, the latest first, and who has more than one: for everybody, without a person's name. */
export async function showViolations(context: Context, { before, limit = VIOLATIONS_A_PAGE }: { before?: string | null; limit?: number } = {}): Promise<{ items: Violation[]; next: string | null; repeats: Repeat[] }> {
  const { db } = context
  const at = await context.clock.read(db)
  const behind = before && INQUIRY_NUMBER.test(before) ? before : null
  const [found, repeats] = await Promise.all([listViolations(db, { at, before: behind, limit: limit + 1 }), countRepeats(db, { at, limit: MOST })])
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? items.at(-1)!.number : null, repeats: repeats.filter(({ count }) => count > 1) }
}

export type Patterns = { repeats: Repeat[]; shares: Share[]; limits: Pick<Policies, 'concentrationShare' | 'concentrationFrom' | 'concentrationDays'> }

/**
 * What repeats in the regulator's division: final violations by organisation and service, and which share of the awards
 * that go back to an authority's demands and cases each agency won, with the counts that it is made of and how many of them are delivered in
 * its cases. A service counts once, though a demand and a case both know of it. A share is evidence of designation at most, and no finding.
 *
 * Refuses `accounts.sign-in-first`, `accounts.not-allowed`.
 */
export async function showPatterns(context: Context): Promise<Patterns> {
  const { divisionCode } = memberWho(context.actor, 'see:leads')
  const { db } = context
  const at = await context.clock.read(db)
  const policies = await policiesOf(db, divisionCode, dayOf(at))
  const divisionPrefix = prefixOf(divisionCode)
  const [repeats, shares] = await Promise.all([countRepeats(db, { at, divisionPrefix, limit: MOST }), listShares(db, { at, divisionPrefix, concentration: limitsOf(policies).concentration, limit: MOST })])
  const { concentrationShare, concentrationFrom, concentrationDays } = policies
  return { repeats: repeats.filter(({ count }) => count > 1), shares, limits: { concentrationShare, concentrationFrom, concentrationDays } }
}
