import type { Bid } from './bid.ts'
import type { Ineligibility } from './eligibility.ts'

/** Where an agency stands with a tender: why it may not bid, if it may not, its own standing bid, and how many more it may send in. */
export type Standing = { reasons: Ineligibility[]; bid: Pick<Bid, 'id' | 'receivedAt'> & { hash: string; contribution: string } | null; bidsLeft: number }
