import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { Refusal } from '../refusal.ts'

/**
 * An agency's entry in a tender. `body` is canonical JSON, and the hash of its bytes is all the ledger learns before
 * the pool is frozen; the salt in it keeps anybody from guessing who stands behind a hash.
 */
export type Bid = {
  id: string
  ordinal: number
  tenderId: string
  agencyId: string
  body: string
  hash: Buffer
  receivedAt: Date
  replacedAt: Date | null
  withdrawnAt: Date | null
  receipt: string
}

export type BidBody = { tender: string; bid: string; agency: { uscc: string; name: string }; contribution: string; salt: string }

const CONTRIBUTION_BYTES = 256

/** What an agency sends: its own contribution to the draw, and its word that it will do the work. */
export const BidForm = z.object({
  contribution: text({ least: 0, most: CONTRIBUTION_BYTES, say: { long: 'tenders.contribution-long' } })
    .default('')
    .refine((given) => [...given].length > CONTRIBUTION_BYTES || new TextEncoder().encode(given).length <= CONTRIBUTION_BYTES, 'tenders.contribution-long'),
  commitment: z.literal('yes', 'tenders.commitment-missing'),
})
export type BidForm = z.output<typeof BidForm>

/** A bid stands until another one replaces it or its agency takes it back. */
export function stands(bid: Pick<Bid, 'replacedAt' | 'withdrawnAt'>): boolean {
  return !bid.replacedAt && !bid.withdrawnAt
}

/** How many more bids an agency may send in, after so many that the tender has received from it. Taking one back needs none. */
export function bidsLeft({ bidsPerAgency }: { bidsPerAgency: number }, received: number): number {
  return Math.max(0, bidsPerAgency - received)
}

/** Takes a standing bid back. Refuses `tenders.no-standing-bid`. */
export function withdraw(bid: Bid, at: Date): Bid {
  if (!stands(bid)) throw new Refusal('conflict', 'tenders.no-standing-bid')
  return { ...bid, withdrawnAt: at }
}
