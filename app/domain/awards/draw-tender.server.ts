import type { Context } from '#app/domain/context.ts'
import { endOf } from '#app/domain/calendar.ts'
import { buildBundle, drawSteps, shortlistSteps } from '#app/domain/draw/bundle.ts'
import { drawKey, drawSecret, labelsOf, weightedOrderOf, type Placed } from '#app/domain/draw/draw.ts'
import { findBeacon } from '#app/domain/draw/find-beacon.server.ts'
import { orderUnder } from '#app/domain/draw/order.ts'
import { bigListOf } from '#app/domain/draw/shortlist.ts'
import { drawFacts, DrawTerms } from '#app/domain/draw/terms.ts'
import { canonical } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { doStep } from '#app/domain/tenders/do-step.server.ts'
import type { Tender } from '#app/domain/tenders/tender.ts'
import { listReceivedBids } from '#db/repositories/bids.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { findPool, insertDraw } from '#db/repositories/draws.ts'
import { insertShortlist } from '#db/repositories/shortlists.ts'
import { findEntryBodies, listMoves } from '#db/views/draw-entries.ts'
import { settleTender } from '#db/repositories/tenders.ts'
import { awardTender } from './award-tender.server.ts'

/**
 * Draws a frozen tender and awards it, once. It is too early, and nothing happens, before the clock has passed
 * `draws_after`, while no signed checkpoint covers the freeze, or while the value that decides has not come: of the source
 * `local` it is the ledger's root there, of another the one value that was derived and taken.
 *
 * A shortlist by credit is drawn by the balls of its big list, and waits for its owner's pick instead of an award. Where the owner
 * cancelled after the freeze, the list is published all the same, and nobody picks from it.
 *
 * Positions, order, bundle and award are one transaction. The secret is the one that publication committed to.
 *
 * @returns the tender as it stands afterwards
 * Refuses `tenders.no-such-tender`.
 */
export async function drawTender(context: Context, { id }: { id: string }): Promise<Tender> {
  return doStep(context, { id, step: 'draw' }, async (trx, tender, at) => {
    const { number, drawSource, procedure } = tender.publication
    const drawsAfter = tender.publication.drawsAfter!
    const pool = (await findPool(trx, id))!
    const found = await findBeacon(trx, { id, source: drawSource!, entry: pool.ledgerEntryId, from: drawsAfter })
    if (!found) return tender

    const { beacon, evidence } = found
    const terms = DrawTerms.parse((JSON.parse((await findEntryBodies(trx, [tender.publicationEntry])).get(tender.publicationEntry)!) as { facts: { draw: unknown } }).facts.draw)
    const secret = drawSecret(context.keyring, number)
    const given = { beacon, poolRoot: pool.root.toString('hex'), tender: number, rules: terms.rules }
    const listed = procedure.method === 'credit-shortlist' ? { pickBy: endOf(at, procedure.pick.within, await calendarOf(trx, tender.divisionCode)).at, tickets: bigListOf(pool.leaves, { ...procedure.credit, bigList: procedure.bigList }) } : null
    const ballsOf = new Map(listed?.tickets.map(({ label, balls }) => [label, balls]))
    const order: (Placed & { balls?: number })[] = listed
      ? weightedOrderOf(drawKey(given, secret), 'shortlist', listed.tickets).map((placed) => ({ ...placed, balls: ballsOf.get(placed.label)! }))
      : orderUnder({ ...given, secret, purpose: 'pool', labels: labelsOf(pool.leaves) })
    const purpose = listed ? 'shortlist' : 'pool'
    const ledger = await tell(trx, context, {
      at,
      act: 'draw:tender',
      kind: listed ? 'shortlist.drawn' : 'draw.drawn',
      subject: number,
      divisionCode: tender.divisionCode,
      ...drawFacts({ freezeEntry: pool.ledgerEntryId, beacon, evidence, poolRoot: pool.root, secret, order, purpose, ...(listed && { pickBy: listed.pickBy }) }),
      ...(listed && !tender.cancellation && { event: { type: 'marketplace.tender.shortlisted.v1', data: { tender: number, project: tender.projectCode, pickBy: listed.pickBy.toISOString() } } }),
    })
    const bodies = await findEntryBodies(trx, [tender.publicationEntry, pool.ledgerEntryId, ledger.entry])
    const [publication, freeze, draw] = [bodies.get(tender.publicationEntry)!, bodies.get(pool.ledgerEntryId)!, bodies.get(ledger.entry)!]
    const drawn = { publication, moves: await listMoves(trx, id), freeze, leaves: pool.leaves, beacon, secret }
    const bundle = listed
      ? buildBundle({ ...drawn, method: 'credit-shortlist', purpose, winner: null, steps: shortlistSteps({ draw, order: order as (Placed & { balls: number })[] }) })
      : buildBundle({ ...drawn, method: 'random', purpose, winner: order[0]?.label ?? null, steps: drawSteps({ draw, order }) })

    const agencyOf = new Map((await listReceivedBids(trx, id)).map((bid) => [bid.id, bid.agencyId]))
    const bidOf = new Map(pool.leaves.flatMap(({ standing, label, bid }) => (standing === 'eligible' && label ? [[label, { id: bid, agencyId: agencyOf.get(bid)! }]] : [])))
    const positions = order.map(({ place, label, position }) => ({ place, bidId: bidOf.get(label)!.id, position: Buffer.from(position, 'hex') }))
    await insertDraw(trx, { tenderId: id, drawnAt: at, beacon, secret, bundle: canonical(bundle), ledgerEntryId: ledger.entry }, positions)
    if (listed && procedure.method === 'credit-shortlist') {
      await insertShortlist(trx, { tenderId: id, small: procedure.smallList, pickBy: listed.pickBy })
      if (tender.cancellation) await settleTender(trx, id, at)
      return { ...tender, drawnAt: at, shortlist: { pickBy: listed.pickBy, pickedAt: null } }
    }
    return awardTender(trx, context, { tender: { ...tender, drawnAt: at }, at, order, bidOf })
  })
}
