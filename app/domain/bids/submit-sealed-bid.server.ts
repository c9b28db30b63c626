import { hkdfSync } from 'node:crypto'
import { newId } from '#app/domain/chance.server.ts'
import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { canonical } from '#app/domain/ledger/canonical.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { partsOf } from '#app/domain/tenders/merit-procedure.ts'
import type { SealedProcedure } from '#app/domain/tenders/procedure.ts'
import { isTenderNumber, type Publication } from '#app/domain/tenders/tender.ts'
import { findTender } from '#db/repositories/tenders.ts'
import type { Bid } from './bid.ts'
import { readEnvelope } from './envelope.ts'
import { PLAN_BLOCK, planSaltDigits, saltDigits } from './offer-salt.ts'
import { hasLotAsAsked, quoteFault, type Offer, type Quote } from './offer.ts'
import type { Plan } from './plan.ts'
import { sealBid } from './seal.ts'
import { takeBid } from './take-bid.server.ts'

/** The longest salts of a price and of a plan, and for each a content key and a key of the exchange for every holder there can be. */
const DOOR_BYTES = 512 + PLAN_BLOCK / 2 + 32 + 2 * (32 + 8 * 32)

/**
 * Takes a bid that was sealed where it was written. The server reads what can be read from outside: for which tender, by
 * whom, and to whom it is sealed. What is inside shows when it is opened, and a bid that will not open blocks nobody.
 *
 * @param bid the id that was sealed into it; the same envelope sent twice stays one bid
 * @param envelope canonical JSON, as `sealBid` makes it
 * Refuses `sealing.not-sealed`, `sealing.<fault>` and what {@link takeBid} refuses.
 */
export async function submitSealedBid(context: Context, { number, bid, envelope }: { number: string; bid: string; envelope: string }): Promise<Bid> {
  return takeBid(context, { number, id: bid }, ({ tender: { publication }, member }) => {
    const { sealing, procedure } = mustBeSealed(publication)
    const read = readEnvelope(envelope, { tender: number, rules: procedure.rules, bid, uscc: member.uscc ?? '', sealing, parts: partsOf(procedure) })
    if ('fault' in read) throw new Refusal('invalid', `sealing.${read.fault}`)
    return envelope
  })
}

/**
 * Seals a price at the door, for browsers that cannot, and takes it. The price is checked on its way and kept nowhere: what is
 * stored is the envelope alone. Its keys come from the keyring, the bid's id and the price, so that the same form sent twice is
 * the same envelope, and nobody without the keyring can guess one from a price.
 *
 * @param bid the id that the form was handed, so that a second click finds the bid of the first
 * @param plan what judges read, where the procedure has a part for it
 * @param quote fen, or a discount in hundredths of a percent, as the tender wants it
 * @param lot the bidder's own number, three digits, where the tender asks for one
 * Refuses at `lot`: `lots.needed`, `lots.not-asked`; at `price`: `keys.browser-needed` where bids are sealed in shares, `sealing.other-kind`, `sealing.over-ceiling`, `sealing.outside-bounds`; and what {@link submitSealedBid} refuses.
 */
export async function sealBidAtDoor(context: Context, { number, bid = newId(), quote, plan, contribution, lot }: { number: string; bid?: string; quote: Quote; plan?: string; contribution: string; lot?: string }): Promise<Bid> {
  const tender = isTenderNumber(number) ? await findTender(context.db, { number }) : undefined
  if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
  const { sealing, procedure } = mustBeSealed(tender.publication)
  // Whoever seals in shares must hold the whole key once, and that may be nobody but the bidder.
  if (sealing.threshold !== undefined) throw new Refusal('conflict', 'keys.browser-needed', { field: 'price' })
  const fault = quoteFault(quote, procedure.quote, tender.ceilingFen)
  if (fault) throw new Refusal('invalid', `sealing.${fault}`, { field: 'price' })
  if (Buffer.byteLength(contribution) > procedure.contributionBytes) throw new Refusal('invalid', 'tenders.contribution-long', { field: 'contribution' })
  const numbered = lot === undefined ? {} : { lot }
  if (!hasLotAsAsked(numbered, procedure.tie)) throw new Refusal('invalid', lot === undefined ? 'lots.needed' : 'lots.not-asked', { field: 'lot' })
  const uscc = memberWho(context.actor, 'submit:bid').uscc ?? ''
  const seed = new Uint8Array(hkdfSync('sha256', context.keyring.drawSeed, 'mingdan/door-seal/v1', canonical({ tender: number, bid, uscc, quote, contribution, ...numbered, ...(plan !== undefined && { plan }) }), DOOR_BYTES))
  let taken = 0
  const bytes = (count: number) => seed.subarray(taken, (taken += count))
  const salt = (digits: number) => Buffer.from(bytes(Math.ceil(digits / 2))).toString('hex').slice(0, digits)
  const unsalted = { tender: number, bid, uscc, quote, contribution, ...numbered }
  const offer: Offer = { ...unsalted, salt: salt(saltDigits(unsalted)) }
  const text = partsOf(procedure).includes('plan') ? plan : undefined
  if (partsOf(procedure).includes('plan') && !text) throw new Refusal('invalid', 'forms.required', { field: 'plan' })
  const written = text === undefined ? undefined : { tender: number, bid, uscc, text }
  const sealedPlan: Plan | undefined = written && { ...written, salt: salt(planSaltDigits(written)) }
  const envelope = await sealBid({ offer, plan: sealedPlan }, { tender: number, rules: procedure.rules, bid, uscc, holders: sealing.holders, bytes })
  return submitSealedBid(context, { number, bid, envelope })
}

function mustBeSealed({ sealing, procedure }: Publication): { sealing: NonNullable<Publication['sealing']>; procedure: SealedProcedure } {
  if (!sealing || !procedure.sealed) throw new Refusal('conflict', 'sealing.not-sealed')
  return { sealing, procedure }
}
