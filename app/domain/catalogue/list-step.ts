import type { Day } from '../calendar.ts'
import type { Listing } from './listing.ts'
import { neverStood } from './lower-lists.ts'

/** What a change does to one code of one list: rows that end, rows that begin, and from which day on the code is off this list, if it is. */
export type Step = { divisionCode: string; code: string; ended: Listing[]; begun: Listing[]; leavesOn: Day | null }

/**
 * @param before the rows of one code as they are stored
 * @param after the same after a change
 * @returns a step for every list that the change touches, from the uppermost down
 */
export function stepsOf(before: readonly Listing[], after: readonly Listing[]): Step[] {
  const stored = new Map(before.map((row) => [row.id, row]))
  const ended = after.filter(({ id, inForceUntil }) => stored.has(id) && stored.get(id)!.inForceUntil !== inForceUntil)
  const begun = after.filter((row) => !stored.has(row.id) && !neverStood(row))
  const divisions = [...new Set([...ended, ...begun].map(({ divisionCode }) => divisionCode))].sort()
  return divisions.map((divisionCode) => {
    const ofList = (rows: readonly Listing[]) => rows.filter((row) => row.divisionCode === divisionCode)
    const { code } = ofList([...ended, ...begun])[0]!
    return { divisionCode, code, ended: ofList(ended), begun: ofList(begun), leavesOn: leavesOn(ofList(after), { ended: ofList(ended), begun: ofList(begun) }) }
  })
}

/** The first day on which a row that this change has ended is followed by nothing, or by what says that the list does without it. */
function leavesOn(rows: readonly Listing[], { ended, begun }: Pick<Step, 'ended' | 'begun'>): Day | null {
  const gone = [...ended, ...begun.filter(({ sinceVersion, untilVersion }) => sinceVersion === untilVersion)].filter(({ removed }) => !removed).map(({ inForceUntil }) => inForceUntil!)
  const hidden = begun.filter(({ removed }) => removed).map(({ inForceFrom }) => inForceFrom)
  const isTaken = (day: Day) => rows.some((row) => row.inForceFrom === day && !neverStood(row) && !row.removed)
  return [...gone.filter((day) => !isTaken(day)), ...hidden].sort()[0] ?? null
}
