import type { Bid } from '#app/domain/bids/bid.ts'
import type { Verdict } from '#app/domain/bids/verdict.ts'
import type { Credit } from '#app/domain/agencies/credit-grade.ts'
import type { PoolLeaf } from './draw.ts'

type Received = Pick<Bid, 'id' | 'hash' | 'receivedAt'> & { uscc: string }

/**
 * The leaves of a pool: one for every bid that got a receipt, as the close judged it. A bid that was replaced or taken
 * back shows no name, since its agency said no more than that it does not want to be drawn with it.
 *
 * @param creditOf the grade that counts for whoever bid, where the procedure draws by credit
 */
export function leavesOf(bids: readonly Received[], verdicts: readonly Verdict[], creditOf?: (uscc: string) => Credit): PoolLeaf[] {
  const judged = new Map(verdicts.map((verdict) => [verdict.bid, verdict]))
  return bids.map(({ id, hash, receivedAt, uscc }) => {
    const verdict = judged.get(id)
    if (!verdict) throw new Error(`The close judged no bid ${id}.`)
    const stood = !verdict.reasons.includes('replaced') && !verdict.reasons.includes('withdrawn')
    return { bid: id, bidHash: hash.toString('hex'), label: stood ? uscc : null, receivedAt: receivedAt.toISOString(), standing: verdict.state, reasons: verdict.reasons, ...(creditOf && { credit: verdict.state === 'eligible' ? creditOf(uscc) : null }) }
  })
}
