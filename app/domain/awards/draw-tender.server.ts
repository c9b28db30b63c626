import type { Context } from '#app/domain/context.ts'
import { buildBundle, drawSteps } from '#app/domain/draw/bundle.ts'
import { drawSecret, labelsOf } from '#app/domain/draw/draw.ts'
import { findBeacon } from '#app/domain/draw/find-beacon.server.ts'
import { orderUnder } from '#app/domain/draw/order.ts'
import { drawFacts, DrawTerms } from '#app/domain/draw/terms.ts'
import { canonical } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { doStep } from '#app/domain/tenders/do-step.server.ts'
import type { Tender } from '#app/domain/tenders/tender.ts'
import { listReceivedBids } from '#db/repositories/bids.ts'
import { findPool, insertDraw } from '#db/repositories/draws.ts'
import { findEntryBodies, listMoves } from '#db/views/draw-entries.ts'
import { awardTender } from './award-tender.server.ts'

/**
 * Draws a frozen tender and awards it, once. It is too early, and nothing happens, before the clock has passed
 * `draws_after`, while no signed checkpoint covers the freeze, or while the value that decides has not come: of the source
 * `local` it is the ledger's root there, of another the one value that was derived and taken.
 *
 * Positions, order, bundle and award are one transaction. The secret is the one that publication committed to.
 *
 * @returns the tender as it stands afterwards
 * Refuses `tenders.no-such-tender`.
 */
export async function drawTender(context: Context, { id }: { id: string }): Promise<Tender> {
  return doStep(context, { id, step: 'draw' }, async (trx, tender, at) => {
    const { number, drawSource } = tender.publication
    const drawsAfter = tender.publication.drawsAfter!
    const pool = (await findPool(trx, id))!
    const found = await findBeacon(trx, { id, source: drawSource!, entry: pool.ledgerEntryId, from: drawsAfter })
    if (!found) return tender

    const { beacon, evidence } = found
    const terms = DrawTerms.parse((JSON.parse((await findEntryBodies(trx, [tender.publicationEntry])).get(tender.publicationEntry)!) as { facts: { draw: unknown } }).facts.draw)
    const secret = drawSecret(context.keyring, number)
    const order = orderUnder({ beacon, poolRoot: pool.root.toString('hex'), tender: number, rules: terms.rules, secret, purpose: 'pool', labels: labelsOf(pool.leaves) })
    const ledger = await tell(trx, context, {
      at,
      act: 'draw:tender',
      kind: 'draw.drawn',
      subject: number,
      divisionCode: tender.divisionCode,
      ...drawFacts({ freezeEntry: pool.ledgerEntryId, beacon, evidence, poolRoot: pool.root, secret, order }),
    })
    const bodies = await findEntryBodies(trx, [tender.publicationEntry, pool.ledgerEntryId, ledger.entry])
    const [publication, freeze, draw] = [bodies.get(tender.publicationEntry)!, bodies.get(pool.ledgerEntryId)!, bodies.get(ledger.entry)!]
    const bundle = buildBundle({ method: 'random', purpose: 'pool', publication, moves: await listMoves(trx, id), freeze, leaves: pool.leaves, beacon, secret, winner: order[0]?.label ?? null, steps: drawSteps({ draw, order }) })

    const agencyOf = new Map((await listReceivedBids(trx, id)).map((bid) => [bid.id, bid.agencyId]))
    const bidOf = new Map(pool.leaves.flatMap(({ standing, label, bid }) => (standing === 'eligible' && label ? [[label, { id: bid, agencyId: agencyOf.get(bid)! }]] : [])))
    const positions = order.map(({ place, label, position }) => ({ place, bidId: bidOf.get(label)!.id, position: Buffer.from(position, 'hex') }))
    await insertDraw(trx, { tenderId: id, drawnAt: at, beacon, secret, bundle: canonical(bundle), ledgerEntryId: ledger.entry }, positions)
    return awardTender(trx, context, { tender: { ...tender, drawnAt: at }, at, order, bidOf })
  })
}
