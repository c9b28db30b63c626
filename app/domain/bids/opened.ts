import { canonical } from '../ledger/canonical.ts'
import type { Fen } from '../money.ts'
import type { SealedProcedure } from '../tenders/procedure.ts'
import { envelopeOf } from './envelope.ts'
import { amountOf, Offer, quoteFault, type QuoteFault } from './offer.ts'
import type { LowMark, Priced } from './ranking.ts'
import { openPart, recoverKey, type PartName, type SealFault } from './seal.ts'

/** Why an opened bid does not count: it will not open, it is not for this tender, or its price does not fit. */
export type Invalidity = SealFault | QuoteFault | 'no-offer' | 'other-bid'

/** What opening showed of one bid. The keys are public from then on: with them anybody opens it again. */
export type Opened = {
  bid: string
  outcome: 'valid' | 'invalid'
  reason: Invalidity | null
  /** Content keys by part, in hex. */
  keys: Partial<Record<PartName, string>>
  offer: Offer | null
  amountFen: Fen | null
  lowMarks: LowMark[]
}

type Ground = { tender: string; procedure: SealedProcedure; ceilingFen: Fen; holder: { id: string; privateKey: Uint8Array } }
type Received = { id: string; body: string; uscc: string }

/**
 * Opens one bid. Whatever is wrong with it makes it invalid with a reason, and never stops the opening of the others.
 *
 * @param bid its envelope as it was received, and the code of the agency that sent it
 */
export async function openBid({ id, body, uscc }: Received, { tender, procedure, ceilingFen, holder }: Ground): Promise<Opened> {
  const part = envelopeOf(body).parts.find(({ header }) => header.part === 'offer')
  const key = part ? await recoverKey(part, holder) : null
  if (!part || !key) return invalid(id, {}, 'key-not-recovered')
  const keys = { offer: Buffer.from(key).toString('hex') }
  const opened = await openPart(part, key)
  if ('fault' in opened) return invalid(id, keys, opened.fault)
  const read = Offer.safeParse(opened.content)
  // Zod passes over a member named __proto__, which is no part of an offer either.
  if (!read.success || canonical(read.data) !== canonical(opened.content)) return invalid(id, keys, 'no-offer')
  const offer = read.data
  if (offer.tender !== tender || offer.bid !== id || offer.uscc !== uscc) return invalid(id, keys, 'other-bid', offer)
  const fault = quoteFault(offer.quote, procedure.quote, ceilingFen)
  if (fault) return invalid(id, keys, fault, offer)
  return { bid: id, outcome: 'valid', reason: null, keys, offer, amountFen: amountOf(offer.quote, ceilingFen), lowMarks: [] }
}

/** The valid ones as they are ranked. */
export function pricedOf(opened: readonly Opened[]): Priced[] {
  return opened.flatMap(({ bid, outcome, offer }) => (outcome === 'valid' && offer ? [{ bid, label: offer.uscc, quote: offer.quote }] : []))
}

function invalid(bid: string, keys: Opened['keys'], reason: Invalidity, offer: Offer | null = null): Opened {
  return { bid, outcome: 'invalid', reason, keys, offer, amountFen: null, lowMarks: [] }
}
