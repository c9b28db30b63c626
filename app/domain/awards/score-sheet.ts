import { text } from '../accounts/text.ts'
import { judgedOf, type Criterion } from '../tenders/merit.ts'

export const SHEET_FORMAT = 'mingdan-score-sheet/v1'

/** What one judge gives one bid for one criterion, in hundredths of a point, and why. */
export type Mark = { bid: string; criterion: string; points: number; reason: string }

/** One judge's whole score sheet. Its canonical JSON is hashed and committed to before anybody sees another one; the salt keeps marks from being guessed. */
export type ScoreSheet = { format: typeof SHEET_FORMAT; tender: string; seat: number; marks: Mark[]; salt: string }

/** Hundredths of a point in a point. */
export const POINT = 100
const REASON = { least: 4, most: 500 }
const Reason = text({ ...REASON, lines: true, say: { short: 'merit.reason-short', long: 'merit.reason-long' } })

export type MarkFault = 'forms.required' | 'merit.points' | 'merit.points-range'

/**
 * Reads the points that a judge typed: `23`, `23.5`, `２３．２５`, never more than the criterion weighs and never rounded.
 *
 * @returns hundredths of a point, or why there are none
 */
export function parsePoints(typed: string, weight: number): { points: number } | { fault: MarkFault } {
  const written = typed.normalize('NFKC').trim()
  if (written === '') return { fault: 'forms.required' }
  const read = /^([0-9]{1,3})(?:\.([0-9]{1,2}))?$/.exec(written)
  if (!read) return { fault: 'merit.points' }
  const points = Number(read[1]) * POINT + Number((read[2] ?? '').padEnd(2, '0'))
  return points <= weight * POINT ? { points } : { fault: 'merit.points-range' }
}

/** The names under which a form asks for one mark. */
export const pointsField = (bid: string, criterion: string) => `points-${bid}-${criterion}`
/** The name of the field beside it, for the reason of that mark. */
export const reasonField = (bid: string, criterion: string) => `reason-${bid}-${criterion}`

export type SheetFault = { field: string; code: string; params?: Record<string, number> }

/**
 * Reads a filled-in sheet: every valid bid has a mark for every judged criterion, each with a reason of its own.
 *
 * @param values what the form sent, by field
 * @param bids the ids of the valid bids, in the order in which the sheet lists them
 * @returns the marks, or everything that is wrong at its field
 */
export function readMarks(values: Record<string, string>, bids: readonly string[], criteria: readonly Criterion[]): { marks: Mark[] } | { faults: SheetFault[] } {
  const [marks, faults]: [Mark[], SheetFault[]] = [[], []]
  for (const bid of bids) {
    for (const { code: criterion, weight } of judgedOf(criteria)) {
      const read = parsePoints(values[pointsField(bid, criterion)] ?? '', weight)
      const reason = Reason.safeParse(values[reasonField(bid, criterion)] ?? '')
      if ('fault' in read) faults.push({ field: pointsField(bid, criterion), code: read.fault, params: { most: weight } })
      if (!reason.success) faults.push({ field: reasonField(bid, criterion), code: reason.error.issues[0]!.message, params: REASON })
      if ('points' in read && reason.success) marks.push({ bid, criterion, points: read.points, reason: reason.data.trim() })
    }
  }
  return faults.length ? { faults } : { marks }
}

/** Do these marks cover exactly what is to be judged, each within its weight? What was sealed before is asked again before it counts. */
export function isWholeSheet({ marks }: Pick<ScoreSheet, 'marks'>, bids: readonly string[], criteria: readonly Criterion[]): boolean {
  const wanted = bids.flatMap((bid) => judgedOf(criteria).map(({ code, weight }) => ({ bid, code, weight })))
  return marks.length === wanted.length && wanted.every(({ bid, code, weight }, place) => {
    const mark = marks[place]!
    return mark.bid === bid && mark.criterion === code && Number.isInteger(mark.points) && mark.points >= 0 && mark.points <= weight * POINT
  })
}

/** A sum over judges as the mean that people read, in hundredths of a point, rounded half up. */
export function meanPoints(sum: number, judges: number): number {
  return Math.floor((2 * sum + judges) / (2 * judges))
}

/** Hundredths of a point as a text: 8750 is `87.50`. */
export function formatPoints(points: number): string {
  return `${Math.floor(points / POINT)}.${String(points % POINT).padStart(2, '0')}`
}
