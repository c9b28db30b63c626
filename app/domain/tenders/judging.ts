/** How far the judges of a selection by merit are. Whoever stepped back or was replaced is not counted. */
export type Judging = {
  /** How many judges the procedure wants. */
  wanted: number
  /** How many have declared that nothing ties them to any bidder. */
  declared: number
  /** How many have committed to a score sheet. */
  committed: number
  /** When the last sheet is due; null before the opening. */
  sheetsDue: Date | null
  /** When the first sheet was due whose judge is silent and has not been reported yet. */
  silentDue: Date | null
  /** When all sheets became public, and the first instant whose value may break a tie after that. */
  revealedAt: Date | null
  decidesAfter: Date | null
}

/** No plan is opened before every seat has a judge who has declared that nothing ties them to any bidder. */
export function isShortOfJudges(judging: Pick<Judging, 'declared' | 'wanted'> | null | undefined): boolean {
  return Boolean(judging && judging.declared < judging.wanted)
}

/** Whose sheet is late is reported, once; and a sheet that its judge does not show in time is shown by the clock, once all are committed. */
export function judgingStep({ wanted, committed, sheetsDue, silentDue }: Judging, at: Date): 'report' | 'reveal' | null {
  if (silentDue && at >= silentDue) return 'report'
  return committed >= wanted && sheetsDue && at >= sheetsDue ? 'reveal' : null
}
