import { z } from 'zod'
import { GRADES } from '#app/domain/agencies/credit-grade.ts'
import { DRAW_RULES } from '#app/domain/draw/draw.ts'
import type { Randomness } from '#app/domain/draw/terms.ts'
import { Period } from '../calendar.ts'
import { Life } from './life.ts'
import { OWN_SOURCE, RandomnessRule } from './procedure-parts.ts'

/** 信用择优: credit ranks, a draw by balls makes the small list, and the owner picks from it in public. */
export const CreditShortlistProcedure = z.object({
  rules: z.literal('credit-shortlist/v1'),
  method: z.literal('credit-shortlist'),
  steps: z.array(z.enum(['bid', 'close', 'freeze', 'rank', 'draw', 'pick', 'award'])),
  /** More than the small list holds: a draw in which nobody is left out would leave the choice to the owner alone. */
  minimumBidders: z.number().int().min(2),
  application: Period,
  drawDelay: Period,
  sealed: z.literal(false),
  ranked: z.literal(true),
  relatedBidders: z.literal('one-ticket'),
  bidderCount: z.enum(['after-close', 'always']),
  contributionBytes: z.number().int().min(0).max(256),
  bidsPerAgency: z.number().int().min(1),
  randomness: RandomnessRule,
  life: Life,
  /** The grade that counts is the one at the freeze; `unrated` is the grade of whoever has none. Grades stand best first. */
  credit: z.object({ at: z.literal('freeze'), unrated: z.enum(GRADES), balls: z.array(z.object({ grade: z.enum(GRADES), balls: z.number().int().min(1).max(100) })).length(GRADES.length) }),
  bigList: z.number().int().min(2),
  smallList: z.number().int().min(1),
  /** How long the owner may take; then the first drawn is taken. */
  pick: z.object({ within: Period, otherwise: z.literal('first-drawn') }),
})

export type ShortlistProcedure = z.infer<typeof CreditShortlistProcedure>
/** What a division's policy and the owner's form decide about a credit shortlist. */
export type ShortlistPolicy = { minimumBidders: number; application: Period; drawDelay: Period; bidsPerAgency: number; randomness?: Randomness; life: Life; credit: Pick<ShortlistProcedure['credit'], 'unrated' | 'balls'>; sizes: { big: number; small: number }; pickWithin: Period }

/** The method by credit under a division's policy. */
export function shortlistProcedure({ minimumBidders, application, drawDelay, bidsPerAgency, life, randomness = OWN_SOURCE, credit, sizes, pickWithin }: ShortlistPolicy): ShortlistProcedure {
  return CreditShortlistProcedure.parse({
    rules: 'credit-shortlist/v1',
    method: 'credit-shortlist',
    steps: ['bid', 'close', 'freeze', 'rank', 'draw', 'pick', 'award'],
    minimumBidders: Math.max(minimumBidders, sizes.small + 1),
    application,
    drawDelay,
    sealed: false,
    ranked: true,
    relatedBidders: 'one-ticket',
    bidderCount: 'after-close',
    contributionBytes: 256,
    bidsPerAgency,
    randomness: { ...randomness, rules: DRAW_RULES },
    life,
    credit: { at: 'freeze', ...credit },
    bigList: sizes.big,
    smallList: sizes.small,
    pick: { within: pickWithin, otherwise: 'first-drawn' },
  } satisfies ShortlistProcedure)
}
