import { isShortOfJudges, judgingStep, type Judging } from './judging.ts'
import type { Publication, Tender } from './tender.ts'

/**
 * Where a tender is in its life. `closing` is the time between the deadline and the closing row: nobody can bid
 * any more, and nothing has been decided yet; a question without an answer makes it last. `opened` is the time in which
 * every price is public and low ones are explained, before they are ranked. `publicity` is the time
 * between an award and the instant at which it binds, when it is `awarded` by date alone. A draw that leaves no
 * eligible bidder fails too, and so does an award that everybody in the order has declined.
 */
export type TenderState = 'draft' | 'discarded' | 'open' | 'closing' | 'closed' | 'frozen' | 'opened' | 'publicity' | 'awarded' | 'failed'

/** The facts that decide the state. */
export type TenderFacts = Pick<Tender, 'discardedAt' | 'closing' | 'frozenAt' | 'opening' | 'beaconAt' | 'drawnAt' | 'openQuestions' | 'awardedAt' | 'publicityEndsAt'> & { publication: Pick<Publication, 'publishedAt' | 'closesAt' | 'drawsAfter' | 'drawSource' | 'sealing'> | null; judging?: Judging | null }

type Predicate = (tender: TenderFacts, at: Date) => boolean

/** One predicate a state; exactly one holds at any instant. Their twins in SQL stand in db/repositories/tenders.ts. */
export const TENDER_STATES: Record<TenderState, Predicate> = {
  draft: (tender) => !tender.publication && !tender.discardedAt,
  discarded: (tender) => !tender.publication && tender.discardedAt !== null,
  open: (tender, at) => tender.publication !== null && at < tender.publication.closesAt,
  closing: (tender, at) => tender.publication !== null && at >= tender.publication.closesAt && !tender.closing,
  closed: (tender, at) => past(tender, at) && isToBeDecided(tender) && !tender.frozenAt,
  frozen: (tender, at) => past(tender, at) && tender.frozenAt !== null && !tender.opening && !tender.drawnAt,
  opened: (tender, at) => past(tender, at) && tender.opening?.outcome === 'to-rank' && !tender.drawnAt,
  publicity: (tender, at) => past(tender, at) && tender.publicityEndsAt !== null && at < tender.publicityEndsAt,
  awarded: (tender, at) => past(tender, at) && tender.publicityEndsAt !== null && at >= tender.publicityEndsAt,
  failed: (tender, at) => past(tender, at) && (tender.closing?.outcome === 'too-few-bidders' || tender.opening?.outcome === 'too-few-valid' || ((tender.drawnAt !== null || tender.closing?.outcome === 'accepted') && !tender.awardedAt)),
}

export const TENDER_STATE_NAMES = Object.keys(TENDER_STATES) as TenderState[]

/** The states that the public sees and may filter by. */
export const PUBLIC_STATES = ['open', 'closing', 'closed', 'frozen', 'opened', 'publicity', 'awarded', 'failed'] as const satisfies TenderState[]

/** The states that a result can be in. */
export const RESULT_STATES = ['publicity', 'awarded', 'failed'] as const satisfies TenderState[]
export type ResultState = (typeof RESULT_STATES)[number]

function past(tender: TenderFacts, at: Date): boolean {
  return tender.publication !== null && at >= tender.publication.closesAt
}

function isToBeDecided({ closing }: TenderFacts): boolean {
  return closing?.outcome === 'to-draw' || closing?.outcome === 'to-open'
}

/** A tender's state at an instant: the one predicate that holds. */
export function statusAt(tender: TenderFacts, at: Date): TenderState {
  const state = TENDER_STATE_NAMES.find((name) => TENDER_STATES[name](tender, at))
  if (!state) throw new Error('The facts of this tender contradict each other.')
  return state
}

/** What the clock owes this tender now, if anything: the worker, or any reader who meets it, may do it. While a question waits for its answer nothing closes. */
export type TenderStep = 'close' | 'freeze' | 'draw' | 'open' | 'report' | 'reveal' | 'rank'

export function dueStep(tender: TenderFacts, at: Date): TenderStep | null {
  switch (statusAt(tender, at)) {
    case 'closing':
      return tender.openQuestions === 0 ? 'close' : null
    case 'closed':
      return 'freeze'
    case 'frozen':
      if (isShortOfJudges(tender.judging)) return null
      // Bids are opened as soon as a checkpoint covers the freeze; an order is drawn when its value may be taken.
      return tender.publication!.sealing ? 'open' : at >= tender.publication!.drawsAfter! && hasValue(tender) ? 'draw' : null
    case 'opened':
      if (tender.judging && !tender.judging.revealedAt) return judgingStep(tender.judging, at)
      return at >= (tender.judging?.decidesAfter ?? tender.opening!.decidesAfter) && hasValue(tender) ? 'rank' : null
    default:
      return null
  }
}

/** A value from outside is waited for, however late it is; nothing else takes its place. */
function hasValue({ publication, beaconAt }: TenderFacts): boolean {
  return publication!.drawSource === 'local' || beaconAt !== null
}
