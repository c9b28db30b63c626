/** The states of an approval case as the national exchange of approval systems numbers them (办件状态, 1 to 15). */
export const CASE_STATES = {
  1: 'received',
  2: 'taken-back',
  3: 'accepted',
  4: 'not-accepted',
  5: 'refused-to-accept',
  6: 'supplement-starts',
  7: 'supplement-ends',
  8: 'handling',
  9: 'special-starts',
  10: 'special-ends',
  11: 'granted',
  12: 'granted-with-documents-to-follow',
  13: 'refused',
  14: 'withdrawn',
  15: 'revoked',
} as const
export type CaseStateNumber = keyof typeof CASE_STATES
export type CaseStateName = (typeof CASE_STATES)[CaseStateNumber]
/** `at` is since when, as the office says; `recordedAt` when it first said so here, where that was after the case's first day here. */
export type StateOfCase = { state: CaseStateNumber; at: Date; note: string; recordedAt?: Date }

/** States in which a case is over. A granted one can still be revoked. */
export const FINAL: readonly CaseStateNumber[] = [2, 4, 5, 11, 12, 13, 14, 15]
const GRANTED: readonly number[] = [11, 12]
/** What comes before acceptance, and not again after it. */
const BEFORE_ACCEPTANCE: readonly number[] = [1, 4, 5]
/** What begins and has to end: the clock of the office stands still in between. */
const PAUSES = { 6: 7, 9: 10 } as const

export type HistoryFault = { place: number; code: 'cases.first-state' | 'cases.state-order' | 'cases.state-ahead' | 'cases.after-the-end' | 'cases.pause-open' | 'cases.pause-not-begun' | 'cases.state-late' | 'cases.revoked-ungranted' }

/** The part of a state that a fault lies in: its instant, or what it is. */
export function placeOf({ place, code }: HistoryFault): [place: number, part: 'at' | 'state'] {
  return [place, code === 'cases.state-order' || code === 'cases.state-ahead' ? 'at' : 'state']
}

/**
 * What is wrong with a history, each with the place of the state that it is wrong at.
 *
 * @param states in the order in which they were entered
 * @param now nothing that has not come yet may stand in a history
 */
export function faultsOfHistory(states: readonly StateOfCase[], now: Date): HistoryFault[] {
  const faults: HistoryFault[] = []
  let pause: 6 | 9 | null = null
  let accepted = false
  for (const [place, { state, at }] of states.entries()) {
    const before = states[place - 1]
    if (place === 0 && state !== 1 && state !== 3) faults.push({ place, code: 'cases.first-state' })
    if (before && at < before.at) faults.push({ place, code: 'cases.state-order' })
    if (at > now) faults.push({ place, code: 'cases.state-ahead' })
    if (state === 15 && (!before || !FINAL.includes(before.state))) faults.push({ place, code: 'cases.revoked-ungranted' })
    if (place > 0 && (state === 1 || (BEFORE_ACCEPTANCE.includes(state) && accepted))) faults.push({ place, code: 'cases.state-late' })
    accepted ||= state === 3 || state === 8
    if (before && FINAL.includes(before.state) && !(state === 15 && GRANTED.includes(before.state))) faults.push({ place, code: 'cases.after-the-end' })
    if (state === 6 || state === 9) {
      if (pause) faults.push({ place, code: 'cases.pause-open' })
      pause = state
    } else if (state === 7 || state === 10) {
      if (!pause || PAUSES[pause] !== state) faults.push({ place, code: 'cases.pause-not-begun' })
      pause = null
    }
  }
  return faults
}

/** Where a case stands: its last state. One without any was received and no more. */
export function currentState(states: readonly Pick<StateOfCase, 'state'>[]): CaseStateNumber {
  return states.at(-1)?.state ?? 1
}

/** When a case came into the first state in which it is over, which a later revocation does not open again; null while it runs. */
export function endOfCase(states: readonly Pick<StateOfCase, 'state' | 'at'>[]): Date | null {
  return states.find(({ state }) => isOver(state))?.at ?? null
}

/** Is it one of `FINAL`? A granted case is over, though it may still be revoked. */
export function isOver(state: CaseStateNumber): boolean {
  return FINAL.includes(state)
}

/** States that may follow a history: those of the case first that it most likely comes into. */
export function nextStates(states: readonly StateOfCase[]): CaseStateNumber[] {
  const at = states.at(-1)?.at ?? new Date(0)
  return LIKELY.filter((state) => !faultsOfHistory([...states, { state, at, note: '' }], at).some(({ place }) => place === states.length))
}

const LIKELY: readonly CaseStateNumber[] = [7, 10, 3, 8, 6, 9, 11, 12, 13, 14, 2, 4, 5, 15, 1]
