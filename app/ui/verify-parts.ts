import type { DrawSource } from '#app/domain/draw/draw.ts'
import type { Method } from '#app/domain/tenders/tender.ts'

/** Parts of the verifier that only some files, or some browsers, need. */
export type Part = 'prices' | 'auction' | 'shortlist' | 'merit' | 'direct' | 'receipt' | 'consistency' | 'witnesses' | 'drand' | 'lottery' | 'library'

const OWN: Record<Method, Part[]> = { random: [], direct: ['direct'], 'lowest-price': ['prices'], 'average-price': ['prices'], 'live-auction': ['auction'], 'credit-shortlist': ['shortlist'], merit: ['merit'] }

/** The parts that a tender's bundle needs: its page fetches them with itself, so that the network can be cut before anybody checks. What looks at signatures of witnesses comes a moment later. */
export function partsOf({ method, source }: { method: Method; source: DrawSource }): Part[] {
  return [...OWN[method], ...(source === 'local' ? [] : [source])]
}
