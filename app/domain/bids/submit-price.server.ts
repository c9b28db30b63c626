import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { findTender } from '#db/repositories/tenders.ts'
import type { Bid } from './bid.ts'
import { parseLot } from './lot.ts'
import { parsePlan } from './plan-text.ts'
import { parsePrice } from './price.ts'
import type { SealedBidForm } from './sealed-bid-form.ts'
import { sealBidAtDoor, submitSealedBid } from './submit-sealed-bid.server.ts'

/**
 * Takes the form of a sealed bid: the envelope that the bidder's own browser made, or a price as it was typed, which is sealed
 * at the door. A price that was typed counts for more than an envelope of before: whoever types again has changed it.
 *
 * Refuses at `price` what {@link parsePrice} finds, at `lot` what {@link parseLot} finds where a number is asked for, `sealing.not-sealed`, and what both ways refuse.
 */
export async function submitPrice(context: Context, { number, bid, price, lot = '', plan = '', envelope, contribution }: Pick<SealedBidForm, 'bid' | 'price' | 'envelope' | 'contribution'> & { lot?: string; plan?: string } & { number: string }): Promise<Bid> {
  memberWho(context.actor, 'submit:bid')
  if (price === '' && plan === '' && envelope !== '') return submitSealedBid(context, { number, bid, envelope })
  const tender = isTenderNumber(number) ? await findTender(context.db, { number }) : undefined
  if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
  if (!tender.publication.procedure.sealed) throw new Refusal('conflict', 'sealing.not-sealed')
  const { quote, tie } = tender.publication.procedure
  if (tender.publication.sealing?.threshold !== undefined) throw new Refusal('conflict', 'keys.browser-needed', { field: 'price' })
  const read = parsePrice(price, quote, tender.ceilingFen)
  if ('fault' in read) throw new Refusal('invalid', read.fault, { field: 'price' })
  const given = tie === 'electronic-lot' ? parseLot(lot) : null
  if (given && 'fault' in given) throw new Refusal('invalid', given.fault, { field: 'lot' })
  const { procedure } = tender.publication
  if (procedure.method !== 'merit') return sealBidAtDoor(context, { number, bid, quote: read.quote, contribution, ...given })
  const written = parsePlan(plan, procedure.planCharacters)
  if ('fault' in written) throw new Refusal('invalid', written.fault, { field: 'plan', params: { most: procedure.planCharacters } })
  return sealBidAtDoor(context, { number, bid, quote: read.quote, plan: written.text, contribution })
}
