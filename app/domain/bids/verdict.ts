import { stands, type Bid } from './bid.ts'
import { reasonsSince, type Bidder, type Ground, type Ineligibility } from './eligibility.ts'
import { sharedPeople, type PeopleTie } from './people.ts'
import { ticketsOf, tiesBetween, type Tie } from './ties.ts'

/** Why a received bid is no ticket in the draw. */
export type Exclusion = 'replaced' | 'withdrawn' | Ineligibility

/** What the close finds about one received bid. Every bid with a receipt has one: receipts and verdicts are equally many. */
export type Verdict = { bid: string; hash: string; state: 'eligible' | 'excluded'; reasons: Exclusion[] }

type Received = Pick<Bid, 'id' | 'agencyId' | 'hash' | 'replacedAt' | 'withdrawnAt'>

/**
 * Judges every received bid at the close.
 *
 * @param bids all that got a receipt, in the order of receipt
 * @param bidders what is known of their agencies now
 */
export function verdictsOn(bids: readonly Received[], bidders: ReadonlyMap<string, Bidder>, ground: Ground): Verdict[] {
  const against = new Map<string, Exclusion[]>()
  const eligible: Received[] = []
  for (const bid of bids) {
    const reasons: Exclusion[] = bid.replacedAt ? ['replaced'] : bid.withdrawnAt ? ['withdrawn'] : reasonsSince(bidderOf(bid, bidders), ground)
    against.set(bid.id, reasons)
    if (stands(bid) && reasons.length === 0) eligible.push(bid)
  }
  // Who is out for another reason is no ticket, and so keeps no related bidder out.
  const tickets = ticketsOf(eligible.map((bid) => bidderOf(bid, bidders)), ground.since, ground.relatedShare)
  eligible.forEach((bid, place) => {
    if (tickets[place] !== place) against.get(bid.id)!.push('related-bidder')
  })
  return bids.map(({ id, hash }) => {
    const reasons = against.get(id)!
    return { bid: id, hash: hash.toString('hex'), state: reasons.length === 0 ? 'eligible' : 'excluded', reasons }
  })
}

/** Two bids that a close took for one, and by what: for the regulator alone. `to` is null where an earlier close did not keep it. */
export type Relation = { bid: string; to: string | null; by: Tie[] }

/**
 * Why bids were taken for one: each tied pair among those that nothing else had put out, the later one first.
 *
 * @param verdicts what {@link verdictsOn} found on the same bids
 */
export function relationsOn(bids: readonly Received[], bidders: ReadonlyMap<string, Bidder>, verdicts: readonly Verdict[], { since, relatedShare }: Pick<Ground, 'since' | 'relatedShare'> = {}): Relation[] {
  const outElse = new Set(verdicts.filter(({ reasons }) => reasons.some((reason) => reason !== 'related-bidder')).map(({ bid }) => bid))
  const standing = bids.filter(({ id }) => !outElse.has(id))
  return standing.flatMap((bid, place) =>
    standing.slice(0, place).flatMap((earlier) => {
      const by = tiesBetween(bidderOf(bid, bidders), bidderOf(earlier, bidders), since, relatedShare)
      return by.length ? [{ bid: bid.id, to: earlier.id, by }] : []
    }),
  )
}

/**
 * What ties the bid that is about to win to others of its pool. The close left no tie among them, so each came after it; it
 * moves no award, and is the regulator's to look at (docs/decisions/051).
 *
 * @param pool the bids that the close found eligible
 */
export function relationsOf(winner: string, pool: readonly Pick<Bid, 'id' | 'agencyId'>[], bidders: ReadonlyMap<string, Bidder>, { since, relatedShare }: Pick<Ground, 'since' | 'relatedShare'>): Relation[] {
  const mine = pool.find(({ id }) => id === winner)
  if (!mine) throw new Error(`The winning bid ${winner} is not of its pool.`)
  return pool.flatMap((other) => {
    const by = other === mine ? [] : tiesBetween(bidderOf(mine, bidders), bidderOf(other, bidders), since, relatedShare)
    return by.length ? [{ bid: winner, to: other.id, by }] : []
  })
}

/** People of the last years behind two bids, or behind a bid and the owner where `to` is null. */
export type PeopleFound = { bid: string; to: string | null; by: PeopleTie[] }

/** What people of the last years say of the bids that stand when it is asked: it puts none out and is the regulator's to look at. */
export function peopleOn(bids: readonly (Pick<Bid, 'id' | 'agencyId'> & Partial<Pick<Bid, 'replacedAt' | 'withdrawnAt'>>)[], bidders: ReadonlyMap<string, Bidder>, { owner, peopleSince, at }: Pick<Ground, 'owner' | 'peopleSince' | 'at'>): PeopleFound[] {
  const standing = bids.filter(({ replacedAt, withdrawnAt }) => !replacedAt && !withdrawnAt)
  return sharedPeople(standing.map((bid) => bidderOf(bid, bidders)), owner, peopleSince ?? at).map(({ one, other, by }) => ({ bid: standing[one]!.id, to: other === null ? null : standing[other]!.id, by }))
}

/** What is known of a bid's agency. The map holds every bidder of the tender: one that is missing is a bug and throws, no refusal. */
export function bidderOf({ agencyId }: Pick<Bid, 'agencyId'>, bidders: ReadonlyMap<string, Bidder>): Bidder {
  const bidder = bidders.get(agencyId)
  if (!bidder) throw new Error(`A bid names an agency that is not on file: ${agencyId}`)
  return bidder
}
