import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { Refusal } from '../refusal.ts'
import { statusAt, type TenderFacts } from '../tenders/tender.ts'
import type { LowMark } from './ranking.ts'

/** Long enough to be an explanation, short enough to be read by everybody. */
const [LEAST, MOST] = [10, 1000]

/** What a bidder says to a price of its own that was marked as abnormally low. It is public. */
export const ExplanationForm = z.object({
  words: text({ least: LEAST, most: MOST, lines: true, say: { empty: 'forms.required', short: 'pricing.explanation-short', long: 'pricing.explanation-long' } }),
  confirmed: z.literal('yes', 'pricing.explanation-unconfirmed'),
})
export type ExplanationForm = z.output<typeof ExplanationForm>

/** One agency's own opened bid. */
export type OwnOpening = { bid: string; lowMarks: LowMark[]; explained: boolean }

export type ExplanationFault = 'not-marked' | 'already-explained' | 'suspended' | 'explain-late'

/**
 * Why an agency may not explain its price now, or null where it may: once, by a bidder whose price was marked, until the instant
 * from which the order may be decided. What a hold took of that time is given back. That everybody has explained hurries nothing: the value that breaks ties was named at the opening.
 */
export function whyNotExplain(tender: TenderFacts, own: OwnOpening | null | undefined, at: Date): ExplanationFault | null {
  if (!own || own.lowMarks.length === 0) return 'not-marked'
  if (own.explained) return 'already-explained'
  if (tender.suspension) return 'suspended'
  return statusAt(tender, at) === 'opened' && at < tender.opening!.explainUntil ? null : 'explain-late'
}

/** Refuses `pricing.not-marked`, `pricing.already-explained`, `changes.suspended` and `pricing.explain-late`. */
export function mustExplain(tender: TenderFacts, own: OwnOpening | undefined, at: Date): OwnOpening {
  const fault = whyNotExplain(tender, own, at)
  if (fault) throw new Refusal('conflict', fault === 'suspended' ? 'changes.suspended' : `pricing.${fault}`)
  return own!
}
