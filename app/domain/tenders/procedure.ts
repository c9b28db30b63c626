import { z } from 'zod'
import { DRAW_RULES } from '#app/domain/draw/draw.ts'
import type { Randomness } from '#app/domain/draw/terms.ts'
import { Period } from '../calendar.ts'
import { AuctionTerms } from './auction.ts'
import { Life, LIFE_BEFORE } from './life.ts'
import { Criterion, weightOf } from './merit.ts'
import { OWN_SOURCE, RandomnessRule } from './procedure-parts.ts'
import { QuoteRule } from './quote-rule.ts'
import { CreditShortlistProcedure } from './shortlist-procedure.ts'
import { TIES, type TieRule } from './tie-rule.ts'
import { SharedSealing } from './two-keys-rule.ts'

/** What tenders say that were published before an agency's bids were counted. */
const BIDS_PER_AGENCY = 20

/*
 * The rules that govern one tender: data, versioned, and stored whole in the tender, so that a later change of
 * rules never reaches back.
 */
const RandomProcedure = z.object({
  rules: z.literal('random/v1'),
  method: z.literal('random'),
  steps: z.array(z.enum(['bid', 'close', 'freeze', 'draw', 'award'])),
  minimumBidders: z.number().int().min(1),
  /** How long bids are taken. */
  application: Period,
  /** Δ: how long after the deadline the value that decides may appear. */
  drawDelay: Period,
  sealed: z.literal(false),
  ranked: z.literal(false),
  /** Bidders that are related to each other are one ticket: the one whose standing bid came first. */
  relatedBidders: z.literal('one-ticket'),
  /** When the number of bidders is told. Names are told with the pool, after the freeze. */
  bidderCount: z.enum(['after-close', 'always']),
  /** The most bytes a bidder may add to the pool that is drawn from. */
  contributionBytes: z.number().int().min(0).max(256),
  /** How often one agency may bid, counting what it replaced or took back: each of them is a leaf of the pool for ever. */
  bidsPerAgency: z.number().int().min(1).default(BIDS_PER_AGENCY),
  randomness: RandomnessRule,
  /** Questions before the close, publicity and decline after the draw. */
  life: Life.default(LIFE_BEFORE),
})

/** The owner offers, the named agency accepts by bidding until the deadline, and the close awards it: nothing is drawn. */
const DirectProcedure = z.object({
  rules: z.literal('direct/v1'),
  method: z.literal('direct'),
  steps: z.array(z.enum(['offer', 'accept', 'award'])),
  minimumBidders: z.literal(1),
  application: Period,
  sealed: z.literal(false),
  ranked: z.literal(false),
  bidderCount: z.enum(['after-close', 'always']),
  contributionBytes: z.literal(0),
  bidsPerAgency: z.number().int().min(1),
  life: Life.default(LIFE_BEFORE),
})

/** Shares (0.5 is half) below which a price is abnormally low, and how long its bidder has to explain it. */
const LowQuote = z.object({ ofMean: z.number(), ofNext: z.number(), ofCeiling: z.number(), explanation: Period })

/** What the methods have in common whose prices are sealed until all have bid; they differ in how prices are ranked. */
const PRICED = {
  steps: z.array(z.enum(['bid', 'close', 'freeze', 'open', 'rank', 'award'])),
  minimumBidders: z.number().int().min(1),
  application: Period,
  /** Δ: how long after the deadline the value that breaks ties may appear. */
  drawDelay: Period,
  sealed: z.literal(true),
  /** Absent where the platform's key alone opens the bids. */
  sealing: SharedSealing.optional(),
  ranked: z.literal(true),
  relatedBidders: z.literal('one-ticket'),
  bidderCount: z.enum(['after-close', 'always']),
  contributionBytes: z.number().int().min(0).max(256),
  bidsPerAgency: z.number().int().min(1),
  randomness: RandomnessRule,
  life: Life,
  quote: QuoteRule,
  lowQuote: LowQuote,
  tie: z.enum(TIES),
}

/** 竞价选取: the lowest valid price. */
const LowestPriceProcedure = z.object({ rules: z.literal('lowest-price/v1'), method: z.literal('lowest-price'), ...PRICED })
/** 均价比选: the valid price nearest to the mean, from below first. */
const AveragePriceProcedure = z.object({ rules: z.literal('average-price/v1'), method: z.literal('average-price'), ...PRICED })

/** 多轮竞价: who bids by the deadline quotes in timed rounds, and the lowest quote at the end wins. A bid itself names no price. */
const LiveAuctionProcedure = z.object({
  ...PRICED,
  rules: z.literal('live-auction/v1'),
  method: z.literal('live-auction'),
  steps: z.array(z.enum(['bid', 'close', 'freeze', 'auction', 'rank', 'award'])),
  sealed: z.literal(false),
  contributionBytes: z.literal(0),
  quote: z.object({ kind: z.literal('money') }),
  tie: z.literal('draw'),
  auction: AuctionTerms,
})
export type AuctionProcedure = z.infer<typeof LiveAuctionProcedure>

/**
 * 方案择优: the most points. The price's points are counted: the lowest valid price has them all, every other one
 * `weight × lowest ÷ price`, in hundredths of a point, rounded half up. All other points are given by judges.
 */
export const MeritProcedure = z.object({
  rules: z.literal('merit/v1'),
  method: z.literal('merit'),
  ...PRICED,
  steps: z.array(z.enum(['bid', 'close', 'freeze', 'judges', 'open', 'score', 'reveal', 'rank', 'award'])),
  criteria: z.array(Criterion).min(2).refine((criteria) => weightOf(criteria) === 100),
  priceRule: z.literal('lowest-over-price'),
  judges: z.number().int().min(1).refine((judges) => judges % 2 === 1),
  /** How long a judge has for the score sheet, from the opening or from the own declaration, whichever is later. */
  scoring: Period,
  /** The most characters of a plan. */
  planCharacters: z.number().int().min(1),
  /** Whether the content keys of plans are published: a plan may hold its bidder's secrets. */
  plans: z.enum(['sealed', 'opened']),
})
export type MeritProcedure = z.infer<typeof MeritProcedure>

export const Procedure = z.discriminatedUnion('rules', [RandomProcedure, DirectProcedure, LowestPriceProcedure, AveragePriceProcedure, LiveAuctionProcedure, CreditShortlistProcedure, MeritProcedure])
export type Procedure = z.infer<typeof Procedure>
/** A procedure whose bids are sealed. */
export type SealedProcedure = Extract<Procedure, { sealed: true }>

/** What a division's policy decides about a random selection. */
export type RandomPolicy = { minimumBidders: number; application: Period; drawDelay: Period; bidsPerAgency: number; life?: Life; randomness?: Randomness }

/**
 * The random method under a division's policy. A policy that makes no sense is stopped here, before a tender stores it.
 */
export function randomProcedure({ minimumBidders, application, drawDelay, bidsPerAgency, life = LIFE_BEFORE, randomness = OWN_SOURCE }: RandomPolicy): z.infer<typeof RandomProcedure> {
  return RandomProcedure.parse({
    rules: 'random/v1',
    method: 'random',
    steps: ['bid', 'close', 'freeze', 'draw', 'award'],
    minimumBidders,
    application,
    drawDelay,
    sealed: false,
    ranked: false,
    relatedBidders: 'one-ticket',
    bidderCount: 'after-close',
    contributionBytes: 256,
    bidsPerAgency,
    randomness,
    life,
  } satisfies Procedure)
}

/** What a division's policy decides about a direct selection. */
export type DirectPolicy = { application: Period; bidsPerAgency: number; life?: Life }

/** The direct method under a division's policy: one agency is named, so one acceptance is enough. */
export function directProcedure({ application, bidsPerAgency, life = LIFE_BEFORE }: DirectPolicy): z.infer<typeof DirectProcedure> {
  return DirectProcedure.parse({
    rules: 'direct/v1',
    method: 'direct',
    steps: ['offer', 'accept', 'award'],
    minimumBidders: 1,
    application,
    sealed: false,
    ranked: false,
    bidderCount: 'after-close',
    contributionBytes: 0,
    bidsPerAgency,
    life,
  } satisfies Procedure)
}

/** What a division's policy and the owner's form decide about a selection by price. */
export type PricedPolicy = RandomPolicy & { sealing?: SharedSealing | undefined; life: Life; quote: QuoteRule; lowQuote: z.infer<typeof LowQuote>; tie?: TieRule }

/** A method by price under a division's policy. Both rank sealed prices; between equal ones a draw decides, or the numbers that came with them. */
export function pricedProcedure(method: 'lowest-price' | 'average-price', { minimumBidders, application, drawDelay, bidsPerAgency, life, randomness = OWN_SOURCE, sealing, quote, lowQuote, tie = 'draw' }: PricedPolicy): SealedProcedure {
  return Procedure.parse({
    rules: `${method}/v1`,
    method,
    steps: ['bid', 'close', 'freeze', 'open', 'rank', 'award'],
    minimumBidders,
    application,
    drawDelay,
    sealed: true,
    ...(sealing && { sealing }),
    ranked: true,
    relatedBidders: 'one-ticket',
    bidderCount: 'after-close',
    contributionBytes: 256,
    bidsPerAgency,
    randomness: { ...randomness, rules: DRAW_RULES },
    life,
    quote,
    lowQuote,
    tie,
  }) as SealedProcedure
}
