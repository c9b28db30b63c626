import type { Knex } from 'knex'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import type { Tender } from '#app/domain/tenders/tender.ts'
import { insertAward } from '#db/repositories/draws.ts'
import { settleTender } from '#db/repositories/tenders.ts'
import { listUsccs } from '#db/views/bidders.ts'
import type { Bid } from './bid.ts'

/**
 * Awards a direct selection to the agency that was named and has accepted, inside the closing transaction.
 *
 * @param bid the acceptance that stood at the close
 * @returns the tender with its outcome
 */
export async function awardAcceptance(trx: Knex.Transaction, context: Context, { tender, at, bid }: { tender: Tender; at: Date; bid: Pick<Bid, 'id' | 'agencyId'> }): Promise<Tender> {
  const { number } = tender.publication!
  const facts = { winner: (await listUsccs(trx, [bid.agencyId])).get(bid.agencyId)!, method: 'direct', reason: tender.directReason }
  const ledger = await tell(trx, context, {
    at,
    act: 'award:tender',
    kind: 'award.made',
    subject: number,
    divisionCode: tender.divisionCode,
    facts,
    event: { type: 'marketplace.tender.awarded.v1', data: { tender: number, project: tender.projectCode, ...facts } },
  })
  await insertAward(trx, { tenderId: tender.id, bidId: bid.id, place: null, awardedAt: at, ledgerEntryId: ledger.entry })
  await settleTender(trx, tender.id, at)
  return { ...tender, awardedAt: at }
}
