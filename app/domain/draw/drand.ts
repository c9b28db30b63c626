/**
 * What is pinned of drand's quicknet (https://api.drand.sh/v2/chains/52db9ba7…/info): public facts, the same for everybody,
 * checked by each of its participants. A round needs no other: its number is its message, so none is chained to the one before.
 */
export const QUICKNET = {
  chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  scheme: 'bls-unchained-g1-rfc9380',
  publicKey: '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  /** When round 1 appeared, in seconds of Unix time. */
  genesis: 1692803367,
  /** Seconds from one round to the next. */
  period: 3,
} as const

/** When a round appears. */
export function timeOfRound(round: number): Date {
  return new Date((QUICKNET.genesis + (round - 1) * QUICKNET.period) * 1000)
}

/**
 * The one round that may decide: the first that appears at or after `from`, and strictly after `covered`.
 *
 * @param from the published instant
 * @param covered when the checkpoint was signed that covers what must be fixed before the value; null before that is known
 */
export function roundFrom(from: Date, covered: Date | null = null): number {
  const periods = (at: Date) => (at.getTime() / 1000 - QUICKNET.genesis) / QUICKNET.period
  const first = Math.ceil(periods(from)) + 1
  return Math.max(1, first, covered ? Math.floor(periods(covered)) + 2 : first)
}
