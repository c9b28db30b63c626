import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { listOpenedPrices } from '#db/views/opened-prices.ts'
import { whyNotExplain } from './explanation.ts'
import type { ShownPrices } from './opened-price.ts'
import { meanOf } from './ranking.ts'

/** What a discount leaves of the whole, in hundredths of a percent. */
const WHOLE = 10_000

/**
 * The opened prices of a tender as everybody may read them; null before they are opened and where none were sealed.
 *
 * Refuses `tenders.no-such-tender`.
 */
export async function showPrices({ db, actor, clock }: Context, { number }: { number: string }): Promise<ShownPrices | null> {
  const tender = isTenderNumber(number) ? await findTender(db, { number }) : undefined
  if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
  if (!tender.opening) return null
  const [rows, at] = await Promise.all([listOpenedPrices(db, tender.id), clock.read(db)])
  const mine = actor.kind === 'member' ? rows.find(({ agencyId }) => agencyId === actor.organisationId) : undefined
  const prices = rows.map(({ agencyId: _agencyId, ...price }) => price)
  const mean = meanOf(prices.flatMap(({ bid, uscc, quote, invalid }) => (quote && !invalid ? [{ bid, label: uscc, quote }] : [])))
  const isMoney = tender.quote.kind === 'money'
  return {
    prices,
    mean: mean === null ? null : isMoney ? { kind: 'money', fen: mean } : { kind: 'discount', basisPoints: WHOLE - mean },
    own: mine?.bid ?? null,
    why: whyNotExplain(tender, mine && { bid: mine.bid, lowMarks: mine.lowMarks, explained: mine.explanation !== null }, at),
  }
}
