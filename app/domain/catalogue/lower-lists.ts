import type { Day } from '../calendar.ts'
import { adopt, retire, type Change } from './adoption.ts'
import { chainOf, isWithin } from '../divisions/division.ts'
import { stands, type Listing, type ListingWording } from './listing.ts'
import { narrowedTo } from './narrowing.ts'

/** How rows of a code are written when lists are held against one another: from which day on, as which version of which list, under which ids. */
export type Held = { divisionCode: string; from: Day; versionOf: (divisionCode: string) => number; newId: () => string }

/** A wording that was replaced before its first day: it stood on no day. */
export function neverStood({ inForceFrom, inForceUntil }: Pick<Listing, 'inForceFrom' | 'inForceUntil'>): boolean {
  return inForceFrom === inForceUntil
}

/**
 * One code of a list is adopted or leaves it, and every list below follows.
 *
 * @param wording what is adopted; null where the code leaves the list
 * @returns what the change does to the list's own wordings, and every row of the code as it stands after it
 * @throws Refusal what {@link adopt} and {@link retire} refuse
 */
export function changedLists(before: readonly Listing[], { wording, today, ...held }: Held & { wording: ListingWording | null; today: Day }): { change: Change; rows: Listing[] } {
  const { divisionCode, from, versionOf, newId } = held
  const own = before.filter((row) => row.divisionCode === divisionCode && !neverStood(row))
  const act = { from, version: versionOf(divisionCode), id: newId(), today }
  const change = wording ? adopt(own, { ...act, wording }) : retire(own, { ...act, divisionCode }, saidAbove(before, divisionCode).on(from))
  const ended = new Map(change.ended.map((row) => [row.id, row]))
  const after = [...before.map((row) => ended.get(row.id) ?? row), ...[change.begun ?? change.hidden ?? []].flat()]
  return { change, rows: heldToAbove(before, after, held) }
}

/**
 * "Same at every level" on every day to come: holds the list that has changed against those above it, and every list below it against
 * what is above them now. What the list above no longer has ends below on the same day; what it says more strictly is
 * said as strictly below. What a lower list lists by itself, because none above had it, stays until one above has it. Days before `from`
 * stay what they were.
 *
 * @param before every row of one code, in the changed list, those above and those below, as they stand
 * @param after the same with the change in it
 * @returns every row as it stands now: some of them end earlier, and some are new
 */
export function heldToAbove(before: readonly Listing[], after: readonly Listing[], { divisionCode, from, versionOf, newId }: Held): Listing[] {
  const divisions = [...new Set(after.map((row) => row.divisionCode))].filter((one) => isWithin(one, divisionCode)).sort()
  let rows = [...after]
  // In ascending order the city comes before its counties, which are held against what has become of it.
  for (const division of divisions) {
    const says = (of: readonly Listing[]) => saidAbove(of, division)
    const one = { now: says(rows), was: says(before), from, version: versionOf(division), newId }
    rows = rows.flatMap((row) => (row.divisionCode === division ? holdRow(row, one) : [row]))
  }
  return rows
}

type Above = { on: (day: Day) => Listing | null; turns: Day[] }

/** What the nearest list above a division says on a day, and the days on which that may change. */
function saidAbove(rows: readonly Listing[], divisionCode: string): Above {
  const above = chainOf(divisionCode).slice(1)
  const theirs = rows.filter((row) => above.includes(row.divisionCode)).sort((one, other) => above.indexOf(one.divisionCode) - above.indexOf(other.divisionCode))
  const on = (day: Day) => {
    const nearest = theirs.find((row) => stands(row, day))
    return nearest && !nearest.removed ? nearest : null
  }
  return { on, turns: theirs.flatMap(({ inForceFrom, inForceUntil }) => (inForceUntil === null ? [inForceFrom] : [inForceFrom, inForceUntil])) }
}

type One = { now: Above; was: Above; from: Day; version: number; newId: () => string }

function holdRow(row: Listing, { now, was, from, version, newId }: One): Listing[] {
  if (row.removed || neverStood(row) || (row.inForceUntil !== null && row.inForceUntil <= from)) return [row]
  const days = [...new Set([row.inForceFrom, from, ...now.turns, ...was.turns])].filter((day) => stands(row, day)).sort()
  const pieces: { from: Day; wording: Listing | null }[] = [{ from: row.inForceFrom, wording: row }]
  let standing: Listing | null = row
  let under = false
  for (const day of days) {
    const upper = now.on(day)
    under ||= upper !== null || was.on(day) !== null
    if (day < from || standing === null) continue
    // A list above had it and has it no longer, or it is this list's own.
    const next: Listing | null = upper ? narrowedTo(upper, standing) : under ? null : standing
    if (next !== standing) pieces.push({ from: day, wording: next })
    standing = next
  }
  return pieces.flatMap(({ from: start, wording }, place) => {
    const next = pieces[place + 1]
    const end = next ? { inForceUntil: next.from, untilVersion: version } : {}
    if (place === 0) return [{ ...row, ...end }]
    return wording ? [{ ...wording, id: newId(), inForceFrom: start, sinceVersion: version, ...end }] : []
  })
}
