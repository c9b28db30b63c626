import type { Knex } from 'knex'
import type { Context } from '#app/domain/context.ts'
import { peopleOn, relationsOf } from '#app/domain/bids/verdict.ts'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { awardTerms } from '#app/domain/tenders/life.ts'
import type { Tender } from '#app/domain/tenders/tender.ts'
import { insertAward, insertAwardCheck } from '#db/repositories/awards.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { findAmount } from '#db/repositories/openings.ts'
import { listPooled } from '#db/repositories/tender-closings.ts'
import { settleTender } from '#db/repositories/tenders.ts'
import { findGround, listBidders } from '#db/views/bidders.ts'
import { chooseWinner } from './award.ts'

type Ordered = {
  tender: Tender
  at: Date
  order: readonly { place: number; label: string }[]
  bidOf: ReadonlyMap<string, { id: string; agencyId: string }>
  /** What it is called when nobody is left. */
  otherwise?: 'nobody-eligible' | 'all-declined'
}

/**
 * Awards a tender to the first of an order who is eligible now, inside the transaction that made or shortened the order,
 * so that no reader ever sees an order without its outcome. If nobody is left the tender fails and says so.
 *
 * A tender that its owner cancelled after the deciding value was fixed has its order published, and nobody is awarded.
 *
 * A tie between the winner and another bidder of the pool that came after the close is kept for the regulator, who may hold the
 * award; it passes nobody over.
 *
 * The award is public from now on and binds by date alone; both instants are stored with it.
 *
 * @param order the drawn order, or what a decline left of it
 * @param bidOf the standing bid behind each label
 * @returns the tender with its outcome
 */
export async function awardTender(trx: Knex.Transaction, context: Context, { tender, at, order, bidOf, otherwise = 'nobody-eligible' }: Ordered): Promise<Tender> {
  if (tender.cancellation) {
    await settleTender(trx, tender.id, at)
    return tender
  }
  const { number, clearance, procedure } = tender.publication!
  // Whoever declined or was left behind is in no order any more, and may still be tied to who wins instead.
  const pool = await listPooled(trx, tender.id)
  const known = await listBidders(trx, { agencyIds: pool.map(({ agencyId }) => agencyId), listingCode: clearance.listingCode })
  const bidders = new Map([...bidOf].map(([label, { agencyId }]) => [label, known.get(agencyId)!]))
  const ground = await findGround(trx, tender, at)
  const { winner, passedOver } = chooseWinner(order, bidders, ground)
  const { publicityEndsAt, declineUntil, objectionsUntil } = awardTerms(at, procedure.life, await calendarOf(trx, tender.divisionCode))
  const amountFen = winner ? await findAmount(trx, bidOf.get(winner.label)!.id) : null
  const kind = winner ? 'award.made' : 'tender.failed'
  const facts: Record<string, Json> = winner
    ? { winner: winner.label, place: winner.place, ...(amountFen !== null && { amountFen }), passedOver: passedOver.length, publicityEndsAt: publicityEndsAt.toISOString(), declineUntil: declineUntil.toISOString() }
    : { outcome: otherwise, passedOver: passedOver.length }
  const ledger = await tell(trx, context, {
    at,
    act: 'award:tender',
    kind,
    subject: number,
    divisionCode: tender.divisionCode,
    facts,
    ...(passedOver.length > 0 && { payload: passedOver }),
    event: { type: winner ? 'marketplace.tender.awarded.v1' : 'marketplace.tender.failed.v1', data: { tender: number, project: tender.projectCode, ...(winner && { agency: winner.label }), ...facts } },
  })
  if (winner) await insertAward(trx, { tenderId: tender.id, bidId: bidOf.get(winner.label)!.id, place: winner.place, awardedAt: at, publicityEndsAt, declineUntil, objectionsUntil, ledgerEntryId: ledger.entry })
  // Who wins is looked at once more: ties and people may have come or gone since the close.
  const won = winner && bidOf.get(winner.label)!.id
  const people = won ? peopleOn(pool, known, ground).filter(({ bid, to }) => bid === won || to === won) : []
  const relations = won ? relationsOf(won, pool, known, ground) : []
  await insertAwardCheck(trx, { tenderId: tender.id, ledgerEntryId: ledger.entry, at, passedOver, people, relations })
  await settleTender(trx, tender.id, at)
  return { ...tender, awardedAt: winner ? at : null, publicityEndsAt: winner ? publicityEndsAt : null, declineUntil: winner ? declineUntil : null, objectionsUntil: winner ? objectionsUntil : null }
}
