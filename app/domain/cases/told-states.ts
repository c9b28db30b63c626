import { dayOf } from '../calendar.ts'
import type { StateOfCase } from './case-state.ts'

/** What is known of a case that is written again: its states, when it was first told of, and which states it had at any time of this day. */
export type ToldBefore = { states: readonly StateOfCase[]; firstToldAt: Date | null; earlierToday: readonly StateOfCase[] }

/**
 * States with the instant at which each was first told. One that stands already keeps its own, also where its day or note is corrected, and
 * so does one that was taken back and recorded anew on the same day. What is told on the first day on which anything is told of the
 * case is taken as it is: so old cases come in, and what a desk registers by several forms.
 *
 * @param before null for a case that is first told of
 * @param at the instant of this telling
 */
export function withTelling(states: readonly StateOfCase[], { before, at }: { before: ToldBefore | null; at: Date }): StateOfCase[] {
  if (!before) return states.map(untold)
  const isFirstDay = before.firstToldAt !== null && dayOf(before.firstToldAt) === dayOf(at)
  const left = [...before.states]
  const takenBack = before.earlierToday.filter((one) => !before.states.some((standing) => isSame(standing, one)))
  const take = (isMeant: (one: StateOfCase) => boolean) => left.splice(placeIn(left, isMeant), 1)[0]
  const kept = states.map((said) => take((one) => isSame(one, said)))
  return states.map((one, place) => {
    if (kept[place]) return told(one, kept[place].recordedAt)
    // Another day of the same state: it was told then, however it reads now.
    const moved = take(({ state }) => state === one.state) ?? takenBack.find(({ state }) => state === one.state)
    return told(one, isFirstDay ? moved?.recordedAt : moved ? (moved.recordedAt ?? moved.at) : at)
  })
}

/** Is any of these states one that does not stand as it is said? */
export function tellsAnew(states: readonly StateOfCase[], standing: readonly StateOfCase[]): boolean {
  return states.some((said) => !standing.some((one) => isSame(one, said)))
}

/** Behind the end where there is none, so that nothing is taken. */
function placeIn(list: readonly StateOfCase[], isMeant: (one: StateOfCase) => boolean): number {
  const found = list.findIndex(isMeant)
  return found === -1 ? list.length : found
}

function isSame(one: StateOfCase, other: StateOfCase): boolean {
  return one.state === other.state && one.at.getTime() === other.at.getTime()
}

function told(state: StateOfCase, recordedAt: Date | undefined): StateOfCase {
  return { ...untold(state), ...(recordedAt && { recordedAt }) }
}

function untold({ state, at, note }: StateOfCase): StateOfCase {
  return { state, at, note }
}
