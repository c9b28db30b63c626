import { isShortOfJudges, judgingStep, type Judging } from './judging.ts'
import type { Publication, Tender } from './tender.ts'
import { sharesMissing } from './two-keys-rule.ts'

/**
 * Where a tender is in its life. `closing` is the time between the deadline and the closing row: nobody can bid
 * any more, and nothing has been decided yet; a question without an answer makes it last. `auction` is the time from the
 * first round to the row that ends it. `opened` is the time in which
 * every price is public and low ones are explained, before they are ranked. `shortlisted` is the time in which an owner picks from
 * the small list that credit and draw made. `publicity` is the time
 * between an award and the instant at which it binds, when it is `awarded` by date, unless an objection waits for its
 * answer. A draw that leaves no eligible bidder fails too, and so does an award that everybody in the order has declined.
 * While the regulator holds it a tender is `suspended`, wherever it was. One that its owner cancelled before the deciding value
 * was fixed is `cancelled` at once; after that, when its order is public.
 */
export type TenderState = 'draft' | 'discarded' | 'suspended' | 'open' | 'closing' | 'closed' | 'frozen' | 'auction' | 'opened' | 'shortlisted' | 'publicity' | 'awarded' | 'failed' | 'cancelled'

/** The facts that decide the state. */
export type TenderFacts = Pick<Tender, 'discardedAt' | 'closing' | 'frozenAt' | 'releases' | 'auction' | 'opening' | 'beaconAt' | 'drawnAt' | 'shortlist' | 'openQuestions' | 'openObjections' | 'cancellation' | 'suspension' | 'awardedAt' | 'publicityEndsAt'> & { publication: Pick<Publication, 'publishedAt' | 'closesAt' | 'drawsAfter' | 'drawSource' | 'sealing'> | null; judging?: Judging | null }

type Predicate = (tender: TenderFacts, at: Date) => boolean

/** One predicate a state; exactly one holds at any instant. Their twins in SQL stand in db/repositories/tenders.ts. */
export const TENDER_STATES: Record<TenderState, Predicate> = {
  draft: (tender) => !tender.publication && !tender.discardedAt,
  discarded: (tender) => !tender.publication && tender.discardedAt !== null,
  suspended: (tender) => tender.publication !== null && tender.suspension !== null,
  open: (tender, at) => runs(tender) && at < tender.publication!.closesAt,
  closing: (tender, at) => past(tender, at) && !tender.closing,
  closed: (tender, at) => past(tender, at) && isToBeDecided(tender) && !tender.frozenAt,
  frozen: (tender, at) => past(tender, at) && tender.frozenAt !== null && !tender.opening && !tender.drawnAt && !isAuctioned(tender, at),
  auction: (tender, at) => past(tender, at) && isAuctioned(tender, at) && !tender.opening,
  opened: (tender, at) => past(tender, at) && tender.opening?.outcome === 'to-rank' && !tender.drawnAt,
  shortlisted: (tender, at) => past(tender, at) && tender.shortlist !== null && !tender.shortlist.pickedAt,
  publicity: (tender, at) => past(tender, at) && tender.publicityEndsAt !== null && (at < tender.publicityEndsAt || tender.openObjections > 0),
  awarded: (tender, at) => past(tender, at) && tender.publicityEndsAt !== null && at >= tender.publicityEndsAt && tender.openObjections === 0,
  failed: (tender, at) => past(tender, at) && !tender.cancellation && (tender.closing?.outcome === 'too-few-bidders' || tender.opening?.outcome === 'too-few-valid' || ((isDecided(tender) || tender.closing?.outcome === 'accepted') && !tender.awardedAt)),
  cancelled: (tender) => tender.publication !== null && !tender.suspension && hasEnded(tender),
}

export const TENDER_STATE_NAMES = Object.keys(TENDER_STATES) as TenderState[]

/** The states that the public sees and may filter by. */
export const PUBLIC_STATES = ['open', 'suspended', 'closing', 'closed', 'frozen', 'auction', 'opened', 'shortlisted', 'publicity', 'awarded', 'failed', 'cancelled'] as const satisfies TenderState[]

/** The states that a result can be in. */
export const RESULT_STATES = ['publicity', 'awarded', 'failed', 'cancelled'] as const satisfies TenderState[]
export type ResultState = (typeof RESULT_STATES)[number]

/** Published, not held by the regulator, and not ended by its owner. */
function runs(tender: TenderFacts): boolean {
  return tender.publication !== null && !tender.suspension && !hasEnded(tender)
}

function past(tender: TenderFacts, at: Date): boolean {
  return runs(tender) && at >= tender.publication!.closesAt
}

/** Has the owner's cancellation ended it? Where the deciding value was fixed before, the order comes first. */
function hasEnded({ cancellation, drawnAt, opening }: TenderFacts): boolean {
  return cancellation !== null && (!cancellation.afterValue || drawnAt !== null || opening?.outcome === 'too-few-valid')
}

/** An order decides, but for a shortlist, which waits for the pick. */
function isDecided({ drawnAt, shortlist }: TenderFacts): boolean {
  return drawnAt !== null && (shortlist === null || shortlist.pickedAt !== null)
}

function isToBeDecided({ closing }: TenderFacts): boolean {
  return closing?.outcome === 'to-draw' || closing?.outcome === 'to-open' || closing?.outcome === 'to-auction'
}

function isAuctioned({ auction }: TenderFacts, at: Date): boolean {
  return auction !== null && at >= auction.startsAt
}

/** A tender's state at an instant: the one predicate that holds. */
export function statusAt(tender: TenderFacts, at: Date): TenderState {
  const state = TENDER_STATE_NAMES.find((name) => TENDER_STATES[name](tender, at))
  if (!state) throw new Error('The facts of this tender contradict each other.')
  return state
}

/**
 * What the clock owes this tender now, if anything: the worker, or any reader who meets it, may do it. While a question waits
 * for its answer nothing closes, and while the regulator holds it nothing happens but the end of the longest hold.
 */
export type TenderStep = 'close' | 'freeze' | 'draw' | 'open' | 'end' | 'report' | 'reveal' | 'rank' | 'pick' | 'resume'

/** Null where there is nothing to do yet; whoever takes the step asks again under the tender's lock, so that it is taken once. */
export function dueStep(tender: TenderFacts, at: Date): TenderStep | null {
  switch (statusAt(tender, at)) {
    case 'closing':
      return tender.openQuestions === 0 ? 'close' : null
    case 'closed':
      return 'freeze'
    case 'frozen':
      if (tender.auction || isShortOfJudges(tender.judging)) return null
      // Bids are opened as soon as a checkpoint covers the freeze; an order is drawn when its value may be taken.
      if (sharesMissing(tender) > 0) return null
      return tender.publication!.sealing ? 'open' : at >= tender.publication!.drawsAfter! && hasValue(tender) ? 'draw' : null
    case 'auction':
      return at >= tender.auction!.endsAt ? 'end' : null
    case 'opened':
      if (tender.judging && !tender.judging.revealedAt) return judgingStep(tender.judging, at)
      return at >= ranksAfter(tender)! && hasValue(tender) ? 'rank' : null
    case 'shortlisted':
      // The owner picks until then; afterwards the first drawn is taken, so that nobody holds up the others.
      return at >= tender.shortlist!.pickBy ? 'pick' : null
    case 'suspended':
      return at >= tender.suspension!.until ? 'resume' : null
    default:
      return null
  }
}

/** From when on the order of opened prices may be found: once its value may be taken, and low prices need not be explained any more. Null while judges mark. */
export function ranksAfter({ judging, opening }: Pick<TenderFacts, 'judging' | 'opening'>): Date | null {
  if (!opening || (judging && !judging.decidesAfter)) return null
  const { explainUntil, decidesAfter } = { ...opening, ...(judging && { decidesAfter: judging.decidesAfter! }) }
  return explainUntil > decidesAfter ? explainUntil : decidesAfter
}

/** May a tender in this state be published again as it was? */
export function mayFollow(state: TenderState): boolean {
  return state === 'failed' || state === 'cancelled'
}

/** A value from outside is waited for, however late it is; nothing else takes its place. */
function hasValue({ publication, beaconAt }: TenderFacts): boolean {
  return publication!.drawSource === 'local' || beaconAt !== null
}
