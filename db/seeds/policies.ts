import type { Period } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import type { PolicyName } from '#app/domain/divisions/policy.ts'
import { insertPolicy } from '#db/repositories/policies.ts'
import { FIRST_LIST } from './catalogue.ts'

/** Why a demo's clocks run in seconds; pages show it where they show the period. */
export const DEMO_SOURCE = 'demo'

/** A visitor must see a tender's whole life in a few minutes, so the demo city alone counts these in seconds. */
const DEMO_PERIODS: Partial<Record<PolicyName, Period>> = {
  application: { n: 45, unit: 's' },
  drawDelay: { n: 10, unit: 's' },
  auctionDelay: { n: 10, unit: 's' },
  auctionRound: { n: 40, unit: 's' },
  noticeObjectionBeforeClose: { n: 15, unit: 's' },
  noticeObjectionAnswer: { n: 60, unit: 's' },
  shareRelease: { n: 90, unit: 's' },
  ownerPicks: { n: 120, unit: 's' },
  publicity: { n: 45, unit: 's' },
  decline: { n: 30, unit: 's' },
  directAcceptance: { n: 90, unit: 's' },
  changeBeforeClose: { n: 20, unit: 's' },
  objectionAnswer: { n: 60, unit: 's' },
  listComment: { n: 180, unit: 's' },
  resultAnnounced: { n: 60, unit: 's' },
  // A restart is an outage like any other, and gives every tender that it met half a minute, once.
  outageWindow: { n: 45, unit: 's' },
  outageGap: { n: 20, unit: 's' },
  outageExtension: { n: 30, unit: 's' },
}

/** Why a sample city sets a number as it does. */
const SAMPLE_SOURCE = '示例城市实施办法 / sample by-law'

/** By what the year before was told: draws in the morning after the deadline, and both ways to buy open, the direct one for small sums. */
const CITY: [PolicyName, unknown][] = [
  ['drawDelay', { n: 10, unit: 'h' }],
  // Deadlines end at midnight, and rounds run in the morning.
  ['auctionDelay', { n: 570, unit: 'min' }],
  ['randomSelection', 'open'],
  ['directSelection', 'open'],
  ['directCeiling', 50_000_00],
]
/** One county gives more time, before and after. */
const COUNTY = { divisionCode: '220122', name: 'application', value: { n: 5, unit: 'wd' }, source: SAMPLE_SOURCE } as const

/** Sets the sample city's rules, which held since its list did. */
export async function seedYearPolicies(db: Database, divisionCode: string): Promise<void> {
  for (const [name, value] of CITY) await insertPolicy(db, { divisionCode, name, value, source: SAMPLE_SOURCE, fromOn: FIRST_LIST.from })
  await insertPolicy(db, { ...COUNTY, fromOn: FIRST_LIST.from })
}

/** Sets the demo's clocks; what is set already stays. */
export async function seedDemoPolicies(db: Database, divisionCode: string, fromOn: string): Promise<void> {
  for (const [name, value] of Object.entries(DEMO_PERIODS)) await insertPolicy(db, { divisionCode, name, value, source: DEMO_SOURCE, fromOn })
}
