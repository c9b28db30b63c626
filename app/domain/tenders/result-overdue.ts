import { isShortOfJudges } from './judging.ts'
import { statusAt, type Tender } from './tender.ts'
import { sharesMissing } from './two-keys-rule.ts'

/** What a result that was not announced in time waits for: an answer to a question, holders' shares, judges or their sheets, the owner's pick, or the clockwork itself. */
export const OVERDUE_CAUSES = ['answer', 'shares', 'judges', 'sheets', 'pick', 'clock'] as const
export type OverdueCause = (typeof OVERDUE_CAUSES)[number]

/**
 * What keeps a result that should have been announced by now (政府采购法实施条例 43), or null where none should: before that day, once
 * there is one, while the regulator holds the tender, after its owner has ended it, and where all that is missing is a value
 * from outside, which nobody here can hasten. Its twin in SQL stands in db/views/overdue-results.ts.
 */
export function overdueCause(tender: Tender, at: Date): OverdueCause | null {
  const { publication, openQuestions, cancellation, judging, beaconAt } = tender
  if (!publication?.announceBy || at < publication.announceBy || cancellation) return null
  switch (statusAt(tender, at)) {
    case 'closing':
      return openQuestions > 0 ? 'answer' : 'clock'
    case 'frozen':
      if (sharesMissing(tender) > 0) return 'shares'
      if (isShortOfJudges(judging)) return 'judges'
      return publication.sealing || tender.auction || hasValue() ? 'clock' : null
    case 'opened':
      if (judging && !judging.revealedAt) return isShortOfJudges(judging) ? 'judges' : 'sheets'
      return hasValue() ? 'clock' : null
    case 'shortlisted':
      return 'pick'
    case 'closed':
    case 'auction':
      return 'clock'
    default:
      return null
  }
  function hasValue(): boolean {
    return publication!.drawSource === 'local' || beaconAt !== null
  }
}
