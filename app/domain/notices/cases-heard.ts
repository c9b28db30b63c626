import type { EventData, Heard } from './who-hears.ts'

const isMoved = ({ state, stateBefore }: EventData) => state !== stateBefore

/** Who applied hears that a case is registered, and each state that it comes into. */
export const CASES_HEARD: Record<string, Heard> = {
  'marketplace.case.registered.v1': { about: 'case', by: [{ audience: 'applicant', kind: 'case-registered' }] },
  'marketplace.case.changed.v1': { about: 'case', by: [{ audience: 'applicant', kind: 'case-changed', when: isMoved }] },
}
