import { judgedOf, type Criterion } from '../tenders/merit.ts'
import { pointsField, reasonField, type SheetFault } from './score-sheet.ts'

/** What a judge has filled in so far, by field; a sheet that binds nobody. */
export type SheetDraft = { savedAt: Date; values: Record<string, string> }

/** Longer than anything that a sheet takes, so that what is still to be shortened can be kept too. */
const MOST = { points: 20, reason: 1000 }

/**
 * Reads what is to be kept of a sheet that is not finished: the fields of the valid bids alone, as they were typed. Nothing is asked for.
 *
 * @param bids the ids of the valid bids
 * @returns the filled fields, or which of them are too long to be kept
 */
export function readDraft(given: Record<string, string>, bids: readonly string[], criteria: readonly Criterion[]): { values: Record<string, string> } | { faults: SheetFault[] } {
  const fields = bids.flatMap((bid) => judgedOf(criteria).flatMap(({ code }) => [
    { field: pointsField(bid, code), most: MOST.points, code: 'merit.points' },
    { field: reasonField(bid, code), most: MOST.reason, code: 'merit.reason-long' },
  ]))
  const filled = fields.flatMap((one) => (given[one.field] ? [{ ...one, value: given[one.field]! }] : []))
  const faults = filled.flatMap(({ field, code, value, most }) => (value.length > most ? [{ field, code }] : []))
  return faults.length ? { faults } : { values: Object.fromEntries(filled.map(({ field, value }) => [field, value])) }
}
