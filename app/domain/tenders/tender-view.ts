import type { DeclineReason } from './decline-reason.ts'
import type { Awaited } from '#app/domain/draw/awaited.ts'
import type { Invalidity } from '#app/domain/bids/opened.ts'
import type { Quote } from '#app/domain/bids/offer.ts'
import type { LowMark } from '#app/domain/bids/ranking.ts'
import type { Beacon, PoolLeaf } from '#app/domain/draw/draw.ts'
import type { ShownAuctionExtension } from './auction-outage.ts'
import type { ShownCorrection, ShownExtension } from './change.ts'
import type { Publication, Tender, TenderState, TenderStep } from './tender.ts'

/** What became of a drawn place: an award stands there, it was declined, its agency was not eligible any more, or it waits behind; of a shortlist, whether it may be picked at all. */
export type PlaceOutcome = 'awarded' | 'declined' | 'passed-over' | 'reserve' | 'listed' | 'unlisted'
/** One place of the drawn order. */
export type DrawnPlace = { place: number; label: string; name: string; position: string; amountFen: number | null; awarded: boolean; outcome: PlaceOutcome }
/** One leaf of the frozen pool with the agency's name, where the leaf gives its code. */
export type NamedLeaf = PoolLeaf & { name: string | null; contribution: string | null }

/** One opened bid as everybody reads it: its price, or why it does not count, and by which marks it is abnormally low. */
export type ShownPrice = { bid: string; label: string; name: string; outcome: 'valid' | 'invalid'; reason: Invalidity | null; quote: Quote | null; /** The bidder's own number, where one was asked for. */ lot: string | null; amountFen: number | null; low: LowMark[]; explanation: { words: string; at: string } | null }

/** A lay witness who signed the result: an organisation's name, or null for a citizen; the key's fingerprint, or null where the account stands for it. `before` where the key was on record before there was a result. */
export type ShownWitness = { place: number; name: string | null; fingerprint: string | null; before: boolean; signedAt: string; entry: string }

/** One quote of an auction as everybody reads it after the end. */
export type ShownQuote = { sequence: number; round: number; amountFen: number; at: string; hash: string; label: string; name: string }

/** One bid of a tender as opening it showed, in the way that its explanation is judged. */
export function ownPrice({ prices }: Pick<TenderView, 'prices'>, bid: string): { bid: string; lowMarks: LowMark[]; explained: boolean } | null {
  const price = prices?.find((each) => each.bid === bid)
  return price ? { bid, lowMarks: price.low, explained: price.explanation !== null } : null
}

/** One seat of those who judge, as one reader may see it. Marks and reasons are null until all sheets are shown, names until the award. */
export type ShownSeat = {
  seat: number
  name: string | null
  declaredAt: string | null
  committedAt: string | null
  /** The hash that the judge committed to. */
  hash: string | null
  shownAt: string | null
  dueAt: string | null
  ended: 'stepped-back' | 'absent' | 'silent' | null
  marks: { bid: string; criterion: string; points: number; reason: string }[] | null
}

/** An award as it was made, the first one first; its place is the drawn one, null where nothing was drawn. `declined` is set where its winner declined; reason and words are public. */
export type MadeAward = { place: number | null; label: string; name: string; awardedAt: string; publicityEndsAt: string; declineUntil: string; declined: { at: string; reason: DeclineReason; words: string } | null }
/** A question with its answer and corrections, as everybody reads it; who asked is not in it. */
export type AskedQuestion = { id: string; words: string; askedAt: string; answerBy: string; answers: { words: string; answeredAt: string }[] }

/** A bidder's objection with the owner's answer. `objector` is set for those who may know: the owner, the regulator, and whoever objected. */
export type ShownObjection = { id: string; words: string; objectedAt: string; answerBy: string; objector: string | null; answer: { words: string; answeredAt: string; complaintUntil: string } | null }
/** The owner's end of it, in public. */
export type ShownCancellation = { reason: string; cancelledAt: string; afterValue: boolean }
/** A hold of the regulator, ended or not; `byDate` where nobody lifted it. */
export type ShownSuspension = { reason: string; basis: string; suspendedAt: string; until: string; ended: { at: string; reason: string; byDate: boolean } | null }

export type TenderView = {
  tender: Tender
  listing: { code: string; name: string; sample: boolean }
  project: { code: string; name: string; /** Offices name another than the owner of this tender, who registered it; or it was given to that other. */ dispute: 'open' | 'applicant' | null }
  division: string
  /** Null where the owner is a natural person: personal names are not published. */
  owner: string | null
  demo: boolean
  /** The agency that a direct selection names: public from its publication on. */
  named: { uscc: string; name: string } | null
  /** The tender that this one follows, and the one that follows it. */
  republishes: string | null
  republishedAs: string | null
  /** The id of the draft that follows it, for its owner alone. */
  republishedDraft: string | null
  /** Whose ids the verb needs to say what is whose; they never leave it. */
  askers: string[]
  winnerId: string | null
  questions: AskedQuestion[]
  corrections: ShownCorrection[]
  extensions: ShownExtension[]
  /** What outages gave an auction. */
  furtherRounds: ShownAuctionExtension[]
  cancellation: ShownCancellation | null
  suspensions: ShownSuspension[]
  /** With the ids of those who objected, which the verb needs and which never leave it. */
  objections: (Omit<ShownObjection, 'objector'> & { objectorId: string; objectorName: string })[]
  /** The agencies whose bids stood. */
  bidderIds: string[]
  awards: MadeAward[]
  /** Who was picked from a small list, by the owner with a public reason, or by date alone. */
  pick: { label: string; name: string; place: number; at: string; reason: string | null } | null
  /** Every opened price, cheapest first; null before the opening, and where nothing is sealed. */
  prices: ShownPrice[] | null
  /** Every quote of an auction that has ended, in the order in which they were taken. */
  quotes: ShownQuote[]
  /** Who signed the result, by place, and how many are enrolled to. */
  witnesses: ShownWitness[]
  enrolled: number
  /** Everybody who was asked to judge, by seat; null where nobody judges. */
  seats: ShownSeat[] | null
  draw: { root: string; beacon: Beacon | null; secret: string | null; order: DrawnPlace[]; pool: NamedLeaf[] } | null
  /** Ledger entries of the steps, for their proofs. */
  entries: { kind: string; id: string; leafHash: string; index: number | null; recordedAt: string }[]
}

/** From when on an award binds: its publicity is over, the last objection is answered and the last hold has ended. The twin of `BOUND` in db/views/after-award.ts. */
export function boundAt({ objections, suspensions }: { objections: readonly { answer: { answeredAt: string } | null }[]; suspensions: readonly Pick<ShownSuspension, 'ended'>[] }, { publicityEndsAt }: Pick<MadeAward, 'publicityEndsAt'>): string {
  const ends = [publicityEndsAt, ...objections.flatMap(({ answer }) => answer?.answeredAt ?? []), ...suspensions.flatMap(({ ended }) => ended?.at ?? [])]
  return ends.reduce((last, each) => (new Date(each) > new Date(last) ? each : last))
}

/** What an award costs where prices were opened, in fen. */
export function awardedAmount({ draw }: Pick<TenderView, 'draw'>, { label }: Pick<MadeAward, 'label'>): number | null {
  return draw?.order.find((placed) => placed.label === label)?.amountFen ?? null
}

/**
 * A tender's facts without those that are for the house alone: the accounts that wrote and published it, and the id under
 * which its owner is kept, which would tie together everything that one natural person buys.
 */
export type PublicTender = Omit<Tender, 'draftedBy' | 'ownerId' | 'handedOver' | 'copiedFromId' | 'namedAgencyId' | 'publication'> & { handedOverAt: Date | null } & { publication: Omit<Publication, 'publishedBy'> | null }

/** Of a handing-over the instant stays and who did it goes. Whoever shows a tender to anybody but its owner's own people sends it through here. */
export function publicly({ draftedBy: _draftedBy, ownerId: _ownerId, copiedFromId: _copiedFromId, namedAgencyId: _namedAgencyId, handedOver, publication, ...rest }: Tender): PublicTender {
  const tender = { ...rest, handedOverAt: handedOver?.at ?? null }
  if (!publication) return { ...tender, publication }
  const { publishedBy: _publishedBy, ...published } = publication
  return { ...tender, publication: published }
}

/** The same as one reader may see it at one moment. */
export type ShownTender = Omit<TenderView, 'tender' | 'project' | 'askers' | 'winnerId' | 'objections' | 'bidderIds'> & {
  tender: PublicTender
  /** The name is null where the owner is a natural person and the reader somebody else: it is often the person's own. */
  project: { code: string; name: string | null; dispute: 'open' | 'applicant' | null }
  state: TenderState
  /** What the clock owes it at this moment. */
  due: TenderStep | null
  at: Date
  /** The value from outside that decides: as publication fixed it, and once the pool is frozen as it is waited for; null where there is none, or it has come. */
  awaited: (Awaited & { late: boolean }) | null
  isMine: boolean
  /** Does the award that stands belong to the reader's agency? */
  isWinner: boolean
  /** How many questions the reader's agency may still ask; null for whoever is no agency. */
  questionsLeft: number | null
  objections: ShownObjection[]
  /** How many objections the reader's agency may still raise; null for whoever bid nothing here. */
  objectionsLeft: number | null
  /** Is the reader the regulator of the tender's area, with the right to hold it? */
  isRegulator: boolean
  /** Is the reader's organisation one of those who open its bids together? */
  holdsKey: boolean
}
