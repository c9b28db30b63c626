import type { Period } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import type { PolicyName } from '#app/domain/divisions/policy.ts'
import { insertPolicy } from '#db/repositories/policies.ts'

/** Why a demo's clocks run in seconds; pages show it where they show the period. */
export const DEMO_SOURCE = 'demo'

/** A visitor must see a tender's whole life in a few minutes, so the demo city alone counts these in seconds. */
const DEMO_PERIODS: Partial<Record<PolicyName, Period>> = {
  application: { n: 90, unit: 's' },
  drawDelay: { n: 15, unit: 's' },
  noticeObjectionBeforeClose: { n: 30, unit: 's' },
  noticeObjectionAnswer: { n: 60, unit: 's' },
  publicity: { n: 45, unit: 's' },
  decline: { n: 30, unit: 's' },
  directAcceptance: { n: 90, unit: 's' },
}

/** How the demo city lets owners buy: both ways are open, and what may be given directly stays small. */
const DEMO_METHODS: [PolicyName, unknown][] = [
  ['randomSelection', 'open'],
  ['directSelection', 'open'],
  ['directCeiling', 50_000_00],
]

/** Sets the demo's clocks and methods; what is set already stays. */
export async function seedDemoPolicies(db: Database, divisionCode: string, fromOn: string): Promise<void> {
  for (const [name, value] of [...Object.entries(DEMO_PERIODS), ...DEMO_METHODS]) await insertPolicy(db, { divisionCode, name, value, source: DEMO_SOURCE, fromOn })
}
