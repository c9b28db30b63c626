import { endOf, periodBefore, type Calendar } from '../calendar.ts'
import type { OutageRule } from './life.ts'

/** Time in which no web served; half open. */
export type Gap = { from: Date; until: Date }
/** Time in which one web served without a break. */
export type Spell = { began: Date; beat: Date }

/** How often a web says that it serves, in milliseconds, and the longest silence that is no break. */
export const BEAT_EVERY = 3000
export const SILENCE = 10_000

/**
 * The times between spells in which nobody served, the first one first. What lies before the first spell was not measured and is no
 * gap; the last may still be going on and then ends at `at`.
 *
 * @param spells of all webs, in any order
 */
export function gapsBetween(spells: readonly Spell[], at: Date): Gap[] {
  const inOrder = [...spells].sort((a, b) => a.began.getTime() - b.began.getTime())
  const gaps: Gap[] = []
  let served: Date | undefined
  for (const { began, beat } of inOrder) {
    if (served && began > served) gaps.push({ from: served, until: began })
    if (!served || beat > served) served = beat
  }
  if (served && at > served) gaps.push({ from: served, until: at })
  return gaps.filter(({ from, until }) => until.getTime() - from.getTime() > SILENCE)
}

/** Does this gap count under a tender's published rule: is it longer than the policy's inside the last hours before the deadline? */
export function counts({ from, until }: Gap, { closesAt, rule, calendar }: { closesAt: Date; rule: OutageRule; calendar: Calendar }): boolean {
  const opens = periodBefore(closesAt, rule.window, calendar)
  const lost = Math.min(until.getTime(), closesAt.getTime()) - Math.max(from.getTime(), opens.getTime())
  return lost > endOf(opens, rule.gap, calendar).at.getTime() - opens.getTime()
}

/** The gap that a closing has to answer for, if there is one: it counts, and has moved this deadline never before. */
export function gapToAnswer(gaps: readonly Gap[], answered: readonly Gap[], under: { closesAt: Date; rule: OutageRule; calendar: Calendar }): Gap | null {
  return gaps.find((gap) => counts(gap, under) && !answered.some((other) => gap.from < other.until && other.from < gap.until)) ?? null
}
