import { can, type Actor } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Limit } from '#app/domain/cases/clock-limits.ts'
import type { ServiceClock } from '#app/domain/cases/service-clock.ts'
import type { Context } from '#app/domain/context.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import type { Policies } from '#app/domain/divisions/policy.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { findAfterAward } from '#db/views/after-award.ts'
import { awardedTerms, clockOf, limitsOf, sideOf, standingContract, type AfterAward } from './after-award.ts'
import { contractPeriods, type AwardedTerms, type Contract, type ContractPeriods } from './contract.ts'
import { standingOf, type Deliverable } from './deliverable.ts'

/** Who reads: one of the two sides, the regulator of the area, the office in whose case it lands, or anybody. */
export type Reader = 'owner' | 'agency' | 'regulator' | 'authority' | 'public'

/** A contract and a result as somebody may see them: the public learns that they were filed, confirmed, returned and accepted, and when, and nothing of what is in them. */
export type ShownContract = Omit<Contract, 'amountFen' | 'document' | 'refusal'> & Pick<{ [K in keyof Contract]: Contract[K] | null }, 'amountFen' | 'document' | 'refusal'>
export type ShownDeliverable = Omit<Deliverable, 'name'> & { name: string | null; secret: boolean }

export type ShownAfterAward = Omit<AfterAward, 'contracts' | 'deliverables' | 'owner' | 'agency' | 'landing' | 'awardedFen'> & {
  at: Date
  reader: Reader
  owner: string | null
  agency: { name: string; uscc: string }
  terms: AwardedTerms
  periods: ContractPeriods
  returnsFree: number
  contracts: ShownContract[]
  /** The id of the contract that stands. */
  standing: string | null
  deliverables: ShownDeliverable[]
  /** Where the results stand now; null before a contract is confirmed. */
  state: ReturnType<typeof standingOf>['state'] | null
  landing: { caseNumber: string; authority: string; material: string } | null
  /** The public sees its totals alone. */
  clock: ServiceClock
  limits: Limit[]
  /** The policy of the day, for the numbers that a page says. */
  numbers: Pick<Policies, 'sign' | 'signAtMost' | 'contractFiled' | 'contractConfirmed' | 'acceptance' | 'rework' | 'returnsFree'>
}

/**
 * What came of a tender's award: contract, results and clock, as this reader may see them; null while no award binds.
 *
 * Refuses `tenders.no-such-tender`.
 */
export async function showAfterAward(context: Context, { number }: { number: string }): Promise<{ title: string; award: ShownAfterAward | null }> {
  const { db, clock, actor } = context
  const [at, tender] = await Promise.all([clock.read(db), isTenderNumber(number) ? findTender(db, { number }) : undefined])
  if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
  const [award, calendar, policies] = await Promise.all([findAfterAward(db, { id: tender.id, at }), calendarOf(db, tender.divisionCode), policiesOf(db, tender.divisionCode, dayOf(at))])
  if (!award) return { title: tender.title, award: null }
  const reader = readerOf(actor, award)
  const isOpen = reader !== 'public'
  const { contracts, deliverables, owner, agency, landing, awardedFen: _awardedFen, ...rest } = award
  const running = clockOf(award, at, calendar)
  const { sign, signAtMost, contractFiled, contractConfirmed, acceptance, rework, returnsFree } = policies
  return {
    title: tender.title,
    award: {
      ...rest,
      at,
      reader,
      owner: owner.name,
      agency: { name: agency.name, uscc: agency.uscc },
      terms: awardedTerms(award),
      periods: contractPeriods(award.boundAt, policies, calendar),
      returnsFree: policies.returnsFree.value,
      contracts: contracts.map((one) => (isOpen ? one : { ...one, amountFen: null, document: null, refusal: null })),
      standing: standingContract(award)?.id ?? null,
      deliverables: deliverables.map((one) => shownResult(one, isOpen)),
      state: standingContract(award)?.confirmedAt ? standingOf(deliverables, at).state : null,
      landing: landing && isOpen ? { caseNumber: landing.caseNumber, authority: landing.authority, material: landing.material } : null,
      clock: isOpen ? running : { ...running, spans: [] },
      limits: isOpen ? limitsOf(award, { now: at, policies, calendar }) : [],
      numbers: { sign, signAtMost, contractFiled, contractConfirmed, acceptance, rework, returnsFree },
    },
  }
}

function readerOf(actor: Actor, award: AfterAward): Reader {
  if (actor.kind !== 'member') return 'public'
  const side = sideOf(award, actor.organisationId)
  if (side === 'owner' ? can(actor, 'draft:tender') : side === 'agency' && can(actor, 'deliver:result')) return side!
  if (actor.role === 'regulator' && isWithin(award.tender.divisionCode, actor.divisionCode)) return 'regulator'
  return actor.role === 'authority' && award.landing?.authorityId === actor.organisationId ? 'authority' : 'public'
}

function shownResult(one: Deliverable, isOpen: boolean): ShownDeliverable {
  const secret = one.document === null
  return isOpen ? { ...one, secret } : { ...one, secret, name: null, document: null, handover: null, reasons: null, unmet: null }
}
