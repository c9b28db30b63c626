import type { DrawSource } from '#app/domain/draw/draw.ts'
import type { Clearance, ClearanceGrounds } from '#app/domain/guard/clearance.ts'
import { dayOf } from '../calendar.ts'
import { Refusal } from '../refusal.ts'
import type { AuctionRule, AuctionTimes } from './auction.ts'
import type { Conditions } from './conditions.ts'
import type { Procedure } from './procedure.ts'
import type { Judging } from './judging.ts'
import type { Merit } from './merit.ts'
import type { QuoteRule } from './quote-rule.ts'
import type { TieRule } from './tie-rule.ts'
import { statusAt } from './state.ts'

export { dueStep, mayFollow, PUBLIC_STATES, ranksAfter, RESULT_STATES, statusAt, TENDER_STATE_NAMES, TENDER_STATES, type ResultState, type TenderFacts, type TenderState, type TenderStep } from './state.ts'

/** How the winner is found: drawn among all who are eligible, named by the owner with a public reason, by sealed prices (the lowest, or the one nearest to their mean), by an auction in rounds, picked in public from a shortlist that is drawn by credit, or by the points that judges and the price give. */
export const METHODS = ['random', 'direct', 'lowest-price', 'average-price', 'live-auction', 'credit-shortlist', 'merit'] as const
export type Method = (typeof METHODS)[number]

/** How the bidding ended, as the closing row says it; `accepted` comes with its award in the same transaction. */
export type ClosingOutcome = 'to-draw' | 'to-open' | 'to-auction' | 'too-few-bidders' | 'accepted'

/** What opening the sealed bids came to: enough of them are valid and are ranked, or too few are. */
export type OpeningOutcome = 'to-rank' | 'too-few-valid'

/**
 * To whom a tender's bids are sealed: X25519 public keys in hex by the name of their holder. With a threshold no holder can open
 * them alone: so many have to show their shares together.
 */
export type Sealing = { suite: string; holders: { id: string; publicKey: string }[]; threshold?: number }

/** What publication fixes, all together. Its dates are those in force: each later one is a row of its own (`tender_extensions`). */
export type Publication = {
  number: string
  publishedAt: Date
  publishedBy: string | null
  closesAt: Date
  /** The first instant at which no question is taken any more; null where none ever was. */
  questionsUntil: Date | null
  /** The first instant whose value of the source may decide the draw; null where nothing is drawn. */
  drawsAfter: Date | null
  /** By when the result must be announced; null where a tender was published before that was stored. */
  announceBy: Date | null
  procedure: Procedure
  clearance: ClearanceGrounds<'publish:tender'>
  drawSource: DrawSource | null
  /** SHA-256 in hex of the secret behind the draw; null where nothing is drawn. */
  drawCommitment: string | null
  /** Null where bids are not sealed. */
  sealing: Sealing | null
}

/** How many may be in the drum, and how many are drawn for the owner to pick from. */
export type ShortlistSizes = { big: number; small: number }

/** A published need for one listed service. Every field is a fact; what state it is in is read from them. */
export type Tender = {
  id: string
  ownerId: string
  projectCode: string
  listingId: string
  divisionCode: string
  title: string
  requirements: string
  /** Whom to ask before bidding, if the owner says so; public. */
  contact: string
  /** What is handed over in the end, if the owner says so. */
  deliverables: string
  /** Calendar days that the service may take once contracted; 0 in a draft that does not say yet. */
  serviceDays: number
  /** The most the owner pays, in fen. */
  ceilingFen: number
  method: Method
  /** How prices are named, where the method compares any. */
  quote: QuoteRule
  /** What puts equal sealed prices in order. */
  tie: TieRule
  /** Are its prices to be sealed so that nobody opens them alone? */
  twoKeys: boolean
  /** How its owner wants an auction; null for every other method. */
  auctionRule: AuctionRule | null
  /** Certificates and people that bidders must have, where the owner asks for any. */
  conditions: Conditions
  /** How long the lists of a credit shortlist are; null for every other method. */
  sizes: ShortlistSizes | null
  /** Criteria and judges of a selection by merit; null for every other method. */
  merit: Merit | null
  /** The one agency that a direct selection names, and why; empty for every other method. */
  namedAgencyId: string | null
  directReason: string
  republishesId: string | null
  copiedFromId: string | null
  draftedAt: Date
  draftedBy: string | null
  /** When the draft was last saved, and how often: who saves over a saving they have not seen is told so. */
  changedAt: Date
  version: number
  /** A delegate's word that the draft is ready for the manager; the next saving takes it back. */
  handedOver: { at: Date; by: string } | null
  discardedAt: Date | null
  publication: Publication | null
  /** The ledger's entry that published it. */
  publicationEntry: string | null
  closing: { closedAt: Date; outcome: ClosingOutcome; eligible: number; excluded: number } | null
  frozenAt: Date | null
  /** By when the holders of its bids should have shown their shares, and how many have; null and 0 where nothing is sealed in shares. */
  releaseBy: Date | null
  releases: number
  /** When its auction runs, with the further rounds that outages gave; null before the freeze, and for every other method. */
  auction: AuctionTimes | null
  /** When sealed bids were opened or an auction was ended, the first instant whose value may break a tie, and until when low prices may be explained: the same, later by what holds took of it. */
  opening: { openedAt: Date; decidesAfter: Date; explainUntil: Date; outcome: OpeningOutcome; valid: number; invalid: number } | null
  /** Of a published selection by merit. */
  judging: Judging | null
  /** When a value from outside was taken that may decide; null where the ledger itself is the source, and as long as it is late. */
  beaconAt: Date | null
  /** When the order was drawn, or ranked. */
  drawnAt: Date | null
  /** Of a credit shortlist: until when its owner may pick, and when somebody was picked. */
  shortlist: { pickBy: Date; pickedAt: Date | null } | null
  /** Questions of bidders that still wait for an answer. */
  openQuestions: number
  /** Objections to the award that still wait for theirs. */
  openObjections: number
  /** The owner's end of it. `afterValue` where what decides was fixed already: then the order is still found, and nobody is awarded. */
  cancellation: { cancelledAt: Date; afterValue: boolean } | null
  /** The regulator's hold that has not ended. */
  suspension: { suspendedAt: Date; until: Date } | null
  /** Of the award that stands, which is the one that nobody has declined: when it was made, when it binds at the earliest, and until when it may be declined or objected to. */
  awardedAt: Date | null
  publicityEndsAt: Date | null
  declineUntil: Date | null
  objectionsUntil: Date | null
}

/** The later facts of a tender of which nothing has happened yet. */
export const NOTHING_YET = { discardedAt: null, publication: null, publicationEntry: null, closing: null, frozenAt: null, releaseBy: null, releases: 0, auction: null, opening: null, judging: null, beaconAt: null, drawnAt: null, shortlist: null, openQuestions: 0, openObjections: 0, cancellation: null, suspension: null, awardedAt: null, publicityEndsAt: null, declineUntil: null, objectionsUntil: null } satisfies Partial<Tender>

/** What publication decides besides the clearance. */
export type PublicationTerms = Omit<Publication, 'publishedAt' | 'clearance'>

/**
 * Publishes a draft. The clearance is a thing one holds (house rule 9): it must be for this listing, this division,
 * this ceiling and this Beijing day, so that an unlisted service does not compile its way to the market.
 *
 * Refuses `tenders.not-a-draft` and `tenders.clearance-differs`.
 */
export function publish(tender: Tender, clearance: Clearance<'publish:tender'>, at: Date, terms: PublicationTerms): Tender & { publication: Publication } {
  if (statusAt(tender, at) !== 'draft') throw new Refusal('conflict', 'tenders.not-a-draft')
  const fits = clearance.listingId === tender.listingId && clearance.divisionCode === tender.divisionCode && clearance.ceilingFen === tender.ceilingFen && clearance.day === dayOf(at)
  if (!fits) throw new Refusal('conflict', 'tenders.clearance-differs')
  return { ...tender, publication: { ...terms, publishedAt: at, clearance: { ...clearance } } }
}

/** Throws a draft away. It stays on file, and its owner alone sees it. Refuses `tenders.not-a-draft`. */
export function discard(tender: Tender, at: Date): Tender {
  if (statusAt(tender, at) !== 'draft') throw new Refusal('conflict', 'tenders.not-a-draft')
  return { ...tender, discardedAt: at }
}

/** A draft as it may be changed, at the version that its writer has seen. Refuses `tenders.not-a-draft`, `drafts.stale` and `drafts.republication`. */
export function revise(tender: Tender, changes: Partial<Tender>, { version, at }: { version: number; at: Date }): Tender {
  if (statusAt(tender, at) !== 'draft') throw new Refusal('conflict', 'tenders.not-a-draft')
  // What is published again is published as it was: its draw counts on from the one before.
  if (tender.republishesId) throw new Refusal('conflict', 'drafts.republication')
  if (version !== tender.version) throw new Refusal('conflict', 'drafts.stale')
  return { ...tender, ...changes, changedAt: at, version: tender.version + 1, handedOver: null }
}

/** Says that a draft is ready for the manager; saying it twice changes nothing. Refuses `tenders.not-a-draft`. */
export function handOver(tender: Tender, { at, by }: { at: Date; by: string }): Tender {
  if (statusAt(tender, at) !== 'draft') throw new Refusal('conflict', 'tenders.not-a-draft')
  return tender.handedOver ? tender : { ...tender, handedOver: { at, by } }
}

/** Refuses `tenders.closed` to what comes at the deadline or a millisecond after it; `changes.suspended` and `changes.cancelled` while or once there is nothing to bid for. */
export function mustBeOpen(tender: Tender, at: Date): void {
  const state = statusAt(tender, at)
  if (state === 'draft' || state === 'discarded') throw new Refusal('missing', 'tenders.no-such-tender')
  if (state === 'suspended' || state === 'cancelled') throw new Refusal('conflict', `changes.${state}`)
  if (state !== 'open') throw new Refusal('conflict', 'tenders.closed')
}

/** How a tender is numbered: division, Beijing year, and a counter that is counted in the publishing transaction. */
export function tenderNumber(divisionCode: string, year: number, count: number): string {
  return `MD-${divisionCode}-${year}-${String(count).padStart(6, '0')}`
}

/** Could this be a tender's number? What a stranger typed is looked at before the database sees it. */
export function isTenderNumber(text: string): boolean {
  return /^MD-[0-9]{6}-[0-9]{4}-[0-9]{6,9}$/.test(text)
}
