import type { Remark } from '#app/domain/cases/acceptance.ts'
import type { Limit } from '#app/domain/cases/clock-limits.ts'
import type { Party } from '#app/domain/cases/party.ts'
import type { ServiceClock } from '#app/domain/cases/service-clock.ts'
import type { Policies } from '#app/domain/divisions/policy.ts'
import type { AfterAward } from './after-award.ts'
import type { AwardedTerms, Contract, ContractPeriods } from './contract.ts'
import type { Deliverable, standingOf } from './deliverable.ts'

/** Who reads: one of the two sides, the regulator of the area, the office in whose case it lands, one whose case takes it over from there (`taking`: the accepted result and nothing else), or anybody. */
export type Reader = 'owner' | 'agency' | 'regulator' | 'authority' | 'taking' | 'public'

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

/** Average working days of the completed purchases of one service, or of one place, with how many they are. */
export type ServiceTimes = { code: string; name: string; count: number; whole: number; parties: Record<Party, number> }

/** `latest` is how many the averages of all places rest on where there were more in the year; `remarks` are how often their cases were handled as article 32 leaves no room for. */
export type TimesBasis = { latest: number | null; remarks: Partial<Record<Remark['what'], number>> }
