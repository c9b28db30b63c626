import { canonical } from '../ledger/canonical.ts'
import type { Fen } from '../money.ts'
import type { SealedProcedure } from '../tenders/procedure.ts'
import { envelopeOf } from './envelope.ts'
import { amountOf, hasLotAsAsked, Offer, quoteFault, type QuoteFault } from './offer.ts'
import type { LowMark, Priced } from './ranking.ts'
import { openPart, recoverKey, type PartName, type SealedPart, type SealFault } from './seal.ts'
import { combineShares, type HeldShare, type ShareFault } from './two-keys.ts'

/** Why an opened bid does not count: it will not open, it is not for this tender, or its price does not fit. */
export type Invalidity = SealFault | ShareFault['fault'] | QuoteFault | 'no-offer' | 'other-bid' | 'no-quote'

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
  /** Holders whose share of the key was not the one that was sealed for them, or who showed none where too few did. */
  holders?: string[]
}

/** Who opens: one holder of the whole key, or several by the shares that they show of this bid. */
type Openers = { holder: { id: string; privateKey: Uint8Array } } | { shares: readonly HeldShare[] }
type Ground = Openers & { tender: string; procedure: SealedProcedure; ceilingFen: Fen }
type Received = { id: string; body: string; uscc: string }

/**
 * Opens one bid. Whatever is wrong with it makes it invalid with a reason, and never stops the opening of the others.
 *
 * @param bid its envelope as it was received, and the code of the agency that sent it
 */
export async function openBid({ id, body, uscc }: Received, { tender, procedure, ceilingFen, ...openers }: Ground): Promise<Opened> {
  const part = envelopeOf(body).parts.find(({ header }) => header.part === 'offer')
  const found = part ? await keyOf(part, openers) : null
  if (!part || !found) return invalid(id, {}, 'key-not-recovered')
  if ('fault' in found) return { ...invalid(id, {}, found.fault), holders: found.holders }
  const { key, wrong } = found
  return { ...(await readOffer({ id, uscc }, { part, key }, { tender, procedure, ceilingFen })), ...(wrong.length && { holders: wrong }) }
}

/** The key of a part, from one holder or put together from several; null where the one holder's does not open. */
async function keyOf(part: SealedPart, openers: Openers): Promise<{ key: Uint8Array; wrong: string[] } | ShareFault | null> {
  if ('shares' in openers) return combineShares(part, openers.shares)
  const key = await recoverKey(part, openers.holder)
  return key && { key, wrong: [] }
}

async function readOffer({ id, uscc }: Omit<Received, 'body'>, { part, key }: { part: SealedPart; key: Uint8Array }, { tender, procedure, ceilingFen }: Pick<Ground, 'tender' | 'procedure' | 'ceilingFen'>): Promise<Opened> {
  const keys = { offer: Buffer.from(key).toString('hex') }
  const opened = await openPart(part, key)
  if ('fault' in opened) return invalid(id, keys, opened.fault)
  const read = Offer.safeParse(opened.content)
  // Zod passes over a member named __proto__, which is no part of an offer either.
  if (!read.success || canonical(read.data) !== canonical(opened.content)) return invalid(id, keys, 'no-offer')
  const offer = read.data
  if (!hasLotAsAsked(offer, procedure.tie)) return invalid(id, keys, 'no-offer')
  if (offer.tender !== tender || offer.bid !== id || offer.uscc !== uscc) return invalid(id, keys, 'other-bid', offer)
  const fault = quoteFault(offer.quote, procedure.quote, ceilingFen)
  if (fault) return invalid(id, keys, fault, offer)
  return { bid: id, outcome: 'valid', reason: null, keys, offer, amountFen: amountOf(offer.quote, ceilingFen), lowMarks: [] }
}

/** The valid ones as they are ranked. */
export function pricedOf(opened: readonly Opened[]): Priced[] {
  return opened.flatMap(({ bid, outcome, offer }) => (outcome === 'valid' && offer ? [{ bid, label: offer.uscc, quote: offer.quote, ...(offer.lot !== undefined && { lot: offer.lot }) }] : []))
}

function invalid(bid: string, keys: Opened['keys'], reason: Invalidity, offer: Offer | null = null): Opened {
  return { bid, outcome: 'invalid', reason, keys, offer, amountFen: null, lowMarks: [] }
}
