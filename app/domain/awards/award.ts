import { z } from 'zod'
import { text } from '#app/domain/accounts/text.ts'
import { reasonsSince, type Bidder, type Ground, type Ineligibility } from '#app/domain/bids/eligibility.ts'
import { DECLINE_REASONS } from '#app/domain/tenders/decline-reason.ts'

/** Somebody in the drawn order who is not eligible any more when the award is made. */
export type PassedOver = { place: number; label: string; reasons: Ineligibility[] }

export type Choice = { winner: { place: number; label: string } | null; passedOver: PassedOver[] }

/**
 * Who is awarded: the first of the drawn order who is still eligible. The reserve order decides, and never a new draw.
 *
 * @param order the whole order, best place first
 * @param bidders by label, as they are known now
 */
export function chooseWinner(order: readonly { place: number; label: string }[], bidders: ReadonlyMap<string, Bidder>, ground: Ground): Choice {
  const passedOver: PassedOver[] = []
  for (const { place, label } of order) {
    const bidder = bidders.get(label)
    if (!bidder) throw new Error(`Nobody on file has the label ${label}.`)
    const reasons = reasonsSince(bidder, ground)
    if (reasons.length === 0) return { winner: { place, label }, passedOver }
    passedOver.push({ place, label, reasons })
  }
  return { winner: null, passedOver }
}

export const DeclineForm = z.object({
  reason: z.enum(DECLINE_REASONS, 'life.decline-reason'),
  words: text({ least: 5, most: 500, lines: true, say: { empty: 'life.decline-short', short: 'life.decline-short', long: 'life.decline-long' } }),
  confirmed: z.literal('yes', 'life.decline-unconfirmed'),
})
export type DeclineForm = z.output<typeof DeclineForm>
