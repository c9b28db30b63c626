import type { Placed, PoolLeaf } from './draw.ts'

/** One label with as many balls as its grade has. */
export type Ticket = { label: string; balls: number }

/** The part of a procedure that says what a grade is worth. Grades stand best first. */
export type CreditTable = { balls: readonly { grade: string; balls: number }[]; bigList: number }

/**
 * The big list: everybody eligible, ranked by grade, cut behind so many. Nobody is separated from others of the same
 * grade, so that no chance decides who is in the drum: the grade that the cut falls into is in as a whole.
 *
 * @returns the tickets by grade and then by label, each with its balls
 */
export function bigListOf(leaves: readonly PoolLeaf[], { balls, bigList }: CreditTable): Ticket[] {
  const rankOf = new Map(balls.map(({ grade }, rank) => [grade, rank]))
  const ranked = leaves
    .flatMap(({ standing, label, credit }) => (standing === 'eligible' && label ? [{ label, rank: mustRank(rankOf, credit?.grade) }] : []))
    .sort((a, b) => a.rank - b.rank || Buffer.compare(Buffer.from(a.label), Buffer.from(b.label)))
  const last = ranked[Math.min(bigList, ranked.length) - 1]
  return ranked.filter(({ rank }) => last !== undefined && rank <= last.rank).map(({ label, rank }) => ({ label, balls: balls[rank]!.balls }))
}

function mustRank(rankOf: ReadonlyMap<string, number>, grade: string | undefined): number {
  const rank = grade === undefined ? undefined : rankOf.get(grade)
  if (rank === undefined) throw new Error(`The procedure knows no grade ${grade}.`)
  return rank
}

/** Who may be picked: so many of the drawn order. */
export function smallListOf<P extends Pick<Placed, 'place'>>(order: readonly P[], size: number): P[] {
  return order.slice(0, size)
}

/**
 * Who follows when an award from a small list is declined. Behind the one that was picked the small list is walked from its
 * top, and nobody is asked twice; who is not on the small list never follows.
 *
 * @param picked the place that was picked
 * @param declined the place that was declined now
 */
export function reserveAfter<P extends Pick<Placed, 'place'>>(order: readonly P[], { size, picked, declined }: { size: number; picked: number; declined: number }): P[] {
  return smallListOf(order, size).filter(({ place }) => place !== picked && (declined === picked || place > declined))
}
