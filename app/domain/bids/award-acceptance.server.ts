import type { Knex } from 'knex'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import type { Tender } from '#app/domain/tenders/tender.ts'
import { awardTerms } from '#app/domain/tenders/life.ts'
import { insertAward } from '#db/repositories/awards.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { settleTender } from '#db/repositories/tenders.ts'
import { listUsccs } from '#db/views/bidders.ts'
import type { Bid } from './bid.ts'

/** Where one agency is named there is no order, and nobody behind it. */
const ONLY_PLACE = 1

/**
 * Awards a direct selection to the agency that was named and has accepted, inside the closing transaction. It is public from
 * now on and may be declined like any other award; then nobody is left, and the tender fails.
 *
 * @param bid the acceptance that stood at the close
 * @returns the tender with its outcome
 */
export async function awardAcceptance(trx: Knex.Transaction, context: Context, { tender, at, bid }: { tender: Tender; at: Date; bid: Pick<Bid, 'id' | 'agencyId'> }): Promise<Tender> {
  const { number, procedure } = tender.publication!
  const { publicityEndsAt, declineUntil, objectionsUntil } = awardTerms(at, procedure.life, await calendarOf(trx, tender.divisionCode))
  const winner = (await listUsccs(trx, [bid.agencyId])).get(bid.agencyId)!
  const facts = { winner, method: 'direct', reason: tender.directReason, publicityEndsAt: publicityEndsAt.toISOString(), declineUntil: declineUntil.toISOString() }
  const ledger = await tell(trx, context, {
    at,
    act: 'award:tender',
    kind: 'award.made',
    subject: number,
    divisionCode: tender.divisionCode,
    facts,
    event: { type: 'marketplace.tender.awarded.v1', data: { tender: number, project: tender.projectCode, agency: winner, ...facts } },
  })
  await insertAward(trx, { tenderId: tender.id, bidId: bid.id, place: ONLY_PLACE, awardedAt: at, publicityEndsAt, declineUntil, objectionsUntil, ledgerEntryId: ledger.entry })
  await settleTender(trx, tender.id, at)
  return { ...tender, awardedAt: at, publicityEndsAt, declineUntil, objectionsUntil }
}
