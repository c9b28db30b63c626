import type { Fen } from '../money.ts'
import { partsOf } from '../tenders/merit-procedure.ts'
import type { SealedProcedure } from '../tenders/procedure.ts'
import { envelopeOf } from './envelope.ts'
import { amountOf, Offer, quoteFault, type QuoteFault } from './offer.ts'
import { Plan } from './plan.ts'
import type { LowMark, Priced } from './ranking.ts'
import { openPart, recoverKey, type PartName, type SealFault } from './seal.ts'

/** Why an opened bid does not count: it will not open, it is not for this tender, or its price does not fit. */
export type Invalidity = SealFault | QuoteFault | 'no-offer' | 'no-plan' | 'other-bid'

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
  if (!read.success) return invalid(id, keys, 'no-offer')
  const offer = read.data
  if (offer.tender !== tender || offer.bid !== id || offer.uscc !== uscc) return invalid(id, keys, 'other-bid', offer)
  const plan = partsOf(procedure).includes('plan') ? await openPlan({ id, body, uscc }, { tender, procedure, holder }) : null
  if (plan && 'fault' in plan) return invalid(id, keys, plan.fault, offer)
  // A plan may hold its bidder's secrets: its key becomes public only where the procedure says so.
  if (plan && procedure.method === 'merit' && procedure.plans === 'opened') Object.assign(keys, { plan: plan.key })
  const fault = quoteFault(offer.quote, procedure.quote, ceilingFen)
  if (fault) return invalid(id, keys, fault, offer)
  return { bid: id, outcome: 'valid', reason: null, keys, offer, amountFen: amountOf(offer.quote, ceilingFen), lowMarks: [] }
}

/**
 * Opens the plan of one bid, for its judges: where plans stay sealed nothing of it is kept, and it is opened anew each time it is read.
 *
 * @returns the text with its content key in hex, or why there is none
 */
export async function openPlan({ id, body, uscc }: Received, { tender, procedure, holder }: Omit<Ground, 'ceilingFen'>): Promise<{ text: string; key: string } | { fault: Invalidity }> {
  const part = envelopeOf(body).parts.find(({ header }) => header.part === 'plan')
  const key = part ? await recoverKey(part, holder) : null
  if (!part || !key) return { fault: 'key-not-recovered' }
  const opened = await openPart(part, key)
  if ('fault' in opened) return opened
  const read = Plan.safeParse(opened.content)
  if (!read.success || procedure.method !== 'merit' || [...read.data.text].length > procedure.planCharacters) return { fault: 'no-plan' }
  const { text, ...about } = read.data
  if (about.tender !== tender || about.bid !== id || about.uscc !== uscc) return { fault: 'other-bid' }
  return { text, key: Buffer.from(key).toString('hex') }
}

/** The valid ones as they are ranked. */
export function pricedOf(opened: readonly Opened[]): Priced[] {
  return opened.flatMap(({ bid, outcome, offer }) => (outcome === 'valid' && offer ? [{ bid, label: offer.uscc, quote: offer.quote }] : []))
}

function invalid(bid: string, keys: Opened['keys'], reason: Invalidity, offer: Offer | null = null): Opened {
  return { bid, outcome: 'invalid', reason, keys, offer, amountFen: null, lowMarks: [] }
}
