import { caseFacts, silenceUnder, type ClockRules } from '#app/domain/cases/acceptance.ts'
import type { StateOfCase } from '#app/domain/cases/case-state.ts'
import { officeLimits, levelAt, calendarDaysIn, uncoveredTo, type Limit, type LimitName } from '#app/domain/cases/clock-limits.ts'
import { serviceClock, type ClockFact, type ServiceClock } from '#app/domain/cases/service-clock.ts'
import type { Policies } from '#app/domain/divisions/policy.ts'
import { endOf, type Calendar } from '../calendar.ts'
import { contractPeriods, otherSide, type AwardedTerms, type Contract, type Side } from './contract.ts'
import type { Deliverable } from './deliverable.ts'

/** The case for whose document the service was bought. */
export type Landing = { caseId: string; caseNumber: string; authorityId: string; authority: string; materialCode: string; material: string; receivedAt: Date; states: StateOfCase[]; promised: number | null; statutory: number | null }

/** Everything that came of one award since it was made. */
export type AfterAward = {
  tender: { id: string; number: string; title: string; projectCode: string; divisionCode: string; serviceDays: number; ceilingFen: number }
  /** The name is null where the owner is a natural person. */
  owner: { id: string; name: string | null }
  agency: { id: string; name: string; uscc: string }
  listing: { code: string; name: string; validYears: number | null }
  boundAt: Date
  /** What the award costs where prices were compared. */
  awardedFen: number | null
  contracts: Contract[]
  deliverables: Deliverable[]
  landing: Landing | null
}

/** The bounds that {@link mustKeepToAward} holds a contract to: the awarded sum in fen, or the ceiling where no prices were compared; calendar days of the tender. */
export function awardedTerms({ boundAt, awardedFen, tender }: AfterAward): AwardedTerms {
  return { boundAt, atMostFen: awardedFen ?? tender.ceilingFen, serviceDays: tender.serviceDays }
}

/** The contract that stands: the one that was not refused. */
export function standingContract({ contracts }: Pick<AfterAward, 'contracts'>): Contract | null {
  return contracts.find(({ refusedAt }) => !refusedAt) ?? null
}

/** Which of the two an organisation is, if it is any. */
export function sideOf({ owner, agency }: Pick<AfterAward, 'owner' | 'agency'>, organisationId: string | null): Side | null {
  return organisationId === null ? null : organisationId === owner.id ? 'owner' : organisationId === agency.id ? 'agency' : null
}

/** The facts that move its clock, those of its case included. */
export function clockFactsOf({ boundAt, contracts, deliverables, landing }: AfterAward, rules: ClockRules): ClockFact[] {
  return [
    { kind: 'bound', at: boundAt },
    ...contracts.flatMap(({ filedAt, filedBy, confirmedAt, refusedAt }): ClockFact[] => [
      { kind: 'filed', at: filedAt, by: filedBy },
      ...(confirmedAt ? [{ kind: 'confirmed' as const, at: confirmedAt }] : []),
      ...(refusedAt ? [{ kind: 'contract-refused' as const, at: refusedAt }] : []),
    ]),
    ...deliverables.flatMap(({ round, deliveredAt, returnedAt, acceptedAt }): ClockFact[] => [
      { kind: 'delivered', at: deliveredAt, round },
      ...(returnedAt ? [{ kind: 'returned' as const, at: returnedAt, round }] : []),
      ...(acceptedAt ? [{ kind: 'accepted' as const, at: acceptedAt, round }] : []),
    ]),
    ...(landing ? caseFacts(landing, rules) : []),
  ]
}

/** Its clock up to an instant; what nobody answered in time counts as accepted from then on. */
export function clockOf(award: AfterAward, rules: ClockRules): ServiceClock {
  const { now } = rules
  const deliverables = award.deliverables.map((one) => (!one.acceptedAt && !one.returnedAt && now >= one.answerBy ? { ...one, acceptedAt: one.answerBy } : one))
  return serviceClock(clockFactsOf({ ...award, deliverables }, rules), rules)
}

/** The clock of a completed service: it stands since its accepted result, whatever becomes of its case. */
export function finishedClock(award: AfterAward, rules: Omit<ClockRules, 'now'>): ServiceClock {
  const { landing, deliverables } = award
  const until = deliverables.at(-1)!.acceptedAt!
  // A case that came in later than the result took nothing of its time.
  return clockOf({ ...award, landing: landing && landing.receivedAt <= until ? { ...landing, states: landing.states.filter(({ at }) => at <= until) } : null }, { ...rules, now: until })
}

type Rules = Pick<Policies, 'sign' | 'signAtMost' | 'contractFiled' | 'rework' | 'clockWarning' | 'deemedAcceptance' | 'completeNotice'>

/**
 * The limits that run now: one of the service, if it is not over, and those of its case's office.
 *
 * A service has the calendar days of its contract, counted from the confirmation; while the owner looks at a round they stand
 * still, and whoever mends a returned one has at least the policy's `rework`.
 */
export function limitsOf(award: AfterAward, { now, policies, calendar }: { now: Date; policies: Rules; calendar: Calendar }): Limit[] {
  const before = policies.clockWarning.value
  const own = serviceDue(award, { now, policies, calendar })
  const service = own ? [{ ...own, level: levelAt(now, own.due, { before, calendar }), uncovered: uncoveredTo(own.due, award.boundAt, calendar) }] : []
  const { landing } = award
  return [...service, ...(landing ? officeLimits(landing, landing, { now, silence: silenceUnder(policies), before, calendar }) : [])]
}

function serviceDue(award: AfterAward, { now, policies, calendar }: { now: Date; policies: Rules; calendar: Calendar }): Omit<Limit, 'level' | 'uncovered'> | null {
  const { contracts, deliverables, boundAt } = award
  const contract = standingContract(award)
  const limit = (name: LimitName, party: Side, due: Date, round = 1) => ({ name, party, due, round })
  if (!contract) {
    const refused = contracts.at(-1)
    if (!refused) return limit('file', 'owner', contractPeriods(boundAt, policies, calendar).fileBy)
    return limit('file', refused.filedBy, endOf(refused.refusedAt!, policies.contractFiled.value, calendar).at, contracts.length + 1)
  }
  if (!contract.confirmedAt) return limit('confirm', otherSide(contract.filedBy), contract.confirmBy, contracts.length)
  const last = deliverables.at(-1)
  if (last && !last.returnedAt) return last.acceptedAt || now >= last.answerBy ? null : limit('accept', 'owner', last.answerBy, last.round)
  return limit('deliver', 'agency', deliveryDue(contract, deliverables, { rework: policies.rework.value, calendar }), deliverables.length + 1)
}

function deliveryDue({ confirmedAt, serviceDays }: Contract, rounds: readonly Deliverable[], { rework, calendar }: { rework: Rules['rework']['value']; calendar: Calendar }): Date {
  const starts = [confirmedAt!, ...rounds.map(({ returnedAt }) => returnedAt!)]
  const used = calendarDaysIn(rounds.map(({ deliveredAt }, place) => ({ from: starts[place]!, until: deliveredAt })))
  const start = starts.at(-1)!
  const due = endOf(start, { n: Math.max(serviceDays - used, 0), unit: 'd' }, calendar).at
  if (!rounds.length) return due
  const least = endOf(start, rework, calendar).at
  return due > least ? due : least
}
