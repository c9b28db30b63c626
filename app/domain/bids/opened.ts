import { canonical } from '../ledger/canonical.ts'
import type { Fen } from '../money.ts'
import type { SealedProcedure } from '../tenders/procedure.ts'
import { envelopeOf } from './envelope.ts'
import { amountOf, Offer, quoteFault, type QuoteFault } from './offer.ts'
import { Plan } from './plan.ts'
import type { LowMark, Priced } from './ranking.ts'
import { openPart, recoverKey, type PartName, type SealedPart, type SealFault } from './seal.ts'
import { combineShares, type HeldShare, type ShareFault } from './two-keys.ts'

/** Why an opened bid does not count: it will not open, it is not for this tender, or its price does not fit. */
export type Invalidity = SealFault | ShareFault['fault'] | QuoteFault | 'no-offer' | 'no-plan' | 'other-bid' | 'no-quote'

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
  const opened = await readOffer({ id, uscc }, { part, key }, { tender, procedure, ceilingFen })
  const read = opened.outcome === 'valid' && 'holder' in openers ? await withPlan(opened, { id, body, uscc }, { tender, procedure, holder: openers.holder }) : opened
  return { ...read, ...(wrong.length && { holders: wrong }) }
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
  if (offer.tender !== tender || offer.bid !== id || offer.uscc !== uscc) return invalid(id, keys, 'other-bid', offer)
  const fault = quoteFault(offer.quote, procedure.quote, ceilingFen)
  if (fault) return invalid(id, keys, fault, offer)
  return { bid: id, outcome: 'valid', reason: null, keys, offer, amountFen: amountOf(offer.quote, ceilingFen), lowMarks: [] }
}

type OneHolder = Pick<Ground, 'tender' | 'procedure'> & { holder: { id: string; privateKey: Uint8Array } }

/** A valid offer counts only with its plan, where one is judged. A plan may hold its bidder's secrets: its key becomes public only where the procedure says so. */
async function withPlan(opened: Opened, received: Received, ground: OneHolder): Promise<Opened> {
  const { procedure } = ground
  if (procedure.method !== 'merit') return opened
  const plan = await openPlan(received, ground)
  const keys = procedure.plans === 'opened' && plan.key ? { ...opened.keys, plan: plan.key } : opened.keys
  return 'fault' in plan ? invalid(opened.bid, keys, 'no-plan', opened.offer) : { ...opened, keys }
}

/**
 * Opens the plan of one bid, for its judges: where plans stay sealed nothing of it is kept, and it is opened anew each time it is read.
 *
 * @returns the text with its content key in hex, or why there is none; the key too where it was recovered
 */
export async function openPlan({ id, body, uscc }: Received, { tender, procedure, holder }: OneHolder): Promise<{ text: string; key: string } | { fault: Invalidity; key?: string }> {
  const part = envelopeOf(body).parts.find(({ header }) => header.part === 'plan')
  const key = part ? await recoverKey(part, holder) : null
  if (!part || !key) return { fault: 'key-not-recovered' }
  const shown = { key: Buffer.from(key).toString('hex') }
  const opened = await openPart(part, key)
  if ('fault' in opened) return { ...shown, ...opened }
  const read = Plan.safeParse(opened.content)
  if (!read.success || canonical(read.data) !== canonical(opened.content) || procedure.method !== 'merit' || [...read.data.text].length > procedure.planCharacters) return { ...shown, fault: 'no-plan' }
  const { text, ...about } = read.data
  if (about.tender !== tender || about.bid !== id || about.uscc !== uscc) return { ...shown, fault: 'other-bid' }
  return { ...shown, text }
}

/** The valid ones as they are ranked. */
export function pricedOf(opened: readonly Opened[]): Priced[] {
  return opened.flatMap(({ bid, outcome, offer }) => (outcome === 'valid' && offer ? [{ bid, label: offer.uscc, quote: offer.quote }] : []))
}

function invalid(bid: string, keys: Opened['keys'], reason: Invalidity, offer: Offer | null = null): Opened {
  return { bid, outcome: 'invalid', reason, keys, offer, amountFen: null, lowMarks: [] }
}
