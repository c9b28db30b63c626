import type { Knex } from 'knex'
import type { Context } from '#app/domain/context.ts'
import type { Placed } from '#app/domain/draw/draw.ts'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import type { Tender } from '#app/domain/tenders/tender.ts'
import { insertAward } from '#db/repositories/draws.ts'
import { settleTender } from '#db/repositories/tenders.ts'
import { findGround, listBidders } from '#db/views/bidders.ts'
import { chooseWinner } from './award.ts'

type Drawn = { tender: Tender; at: Date; order: readonly Placed[]; bidOf: ReadonlyMap<string, { id: string; agencyId: string }> }

/**
 * Awards a drawn tender inside the drawing transaction, so that no reader ever sees an order without its outcome.
 * If nobody in the order is eligible any more, the tender fails and says so.
 *
 * @param bidOf the standing bid behind each label
 * @returns the tender with its outcome
 */
export async function awardTender(trx: Knex.Transaction, context: Context, { tender, at, order, bidOf }: Drawn): Promise<Tender> {
  const { number, clearance } = tender.publication!
  const known = await listBidders(trx, { agencyIds: [...bidOf.values()].map(({ agencyId }) => agencyId), listingCode: clearance.listingCode })
  const bidders = new Map([...bidOf].map(([label, { agencyId }]) => [label, known.get(agencyId)!]))
  const { winner, passedOver } = chooseWinner(order, bidders, await findGround(trx, tender))
  const kind = winner ? 'award.made' : 'tender.failed'
  const facts: Record<string, Json> = winner ? { winner: winner.label, place: winner.place, passedOver: passedOver.length } : { outcome: 'nobody-eligible', passedOver: passedOver.length }
  const ledger = await tell(trx, context, {
    at,
    act: 'award:tender',
    kind,
    subject: number,
    divisionCode: tender.divisionCode,
    facts,
    ...(passedOver.length > 0 && { payload: passedOver }),
    event: { type: winner ? 'marketplace.tender.awarded.v1' : 'marketplace.tender.failed.v1', data: { tender: number, project: tender.projectCode, ...facts } },
  })
  if (winner) await insertAward(trx, { tenderId: tender.id, bidId: bidOf.get(winner.label)!.id, place: winner.place, awardedAt: at, ledgerEntryId: ledger.entry })
  await settleTender(trx, tender.id, at)
  return { ...tender, drawnAt: at, awardedAt: winner ? at : null }
}
