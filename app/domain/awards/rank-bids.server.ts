import type { Context } from '#app/domain/context.ts'
import { comparable } from '#app/domain/bids/offer.ts'
import { pricedOf, type Opened } from '#app/domain/bids/opened.ts'
import { byAverage, byLowest, ranked, rankedByLot, type Ranked } from '#app/domain/bids/ranking.ts'
import { auctionSteps, buildBundle, meritSteps, priceSteps } from '#app/domain/draw/bundle.ts'
import { DRAW_RULES, drawKey, drawSecret, positionOf, type PoolLeaf } from '#app/domain/draw/draw.ts'
import { findBeacon } from '#app/domain/draw/find-beacon.server.ts'
import { findQuotes } from '#app/domain/draw/find-quotes.server.ts'
import { findReleases } from '#app/domain/draw/find-releases.server.ts'
import { canonical, type Json } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { doStep } from '#app/domain/tenders/do-step.server.ts'
import type { Procedure } from '#app/domain/tenders/procedure.ts'
import type { Tender } from '#app/domain/tenders/tender.ts'
import { listReceivedBids } from '#db/repositories/bids.ts'
import { findPool, insertDraw } from '#db/repositories/draws.ts'
import { findOpeningEntry, listOpened } from '#db/repositories/openings.ts'
import { findRevealEntry, listSheets } from '#db/repositories/judges.ts'
import { findEntryBodies, findJudgingBodies, listMoves } from '#db/views/draw-entries.ts'
import { awardTender } from './award-tender.server.ts'
import { byMerit, scored } from './merit-ranking.ts'
import type { ScoreSheet } from './score-sheet.ts'

/**
 * Ranks the opened bids of a tender, by their prices or by the points of price and plan, and awards it, once. It is too early, and nothing happens, before the clock has passed
 * `decidesAfter`, while no signed checkpoint covers the opening, or what judges showed after it, or while the value that breaks ties, which comes after all of them, is late.
 *
 * Order, bundle and award are one transaction.
 *
 * @returns the tender as it stands afterwards
 * Refuses `tenders.no-such-tender`.
 */
export async function rankBids(context: Context, { id }: { id: string }): Promise<Tender> {
  return doStep(context, { id, step: 'rank' }, async (trx, tender, at) => {
    const { number, procedure } = tender.publication
    const [pool, openingEntry, revealEntry] = [(await findPool(trx, id))!, (await findOpeningEntry(trx, id))!, tender.judging ? (await findRevealEntry(trx, id))! : null]
    const found = await findBeacon(trx, { id, source: tender.publication.drawSource!, entry: revealEntry ?? openingEntry, from: tender.judging?.decidesAfter ?? tender.opening!.decidesAfter })
    if (!found) return tender
    const { beacon, evidence } = found

    const opened = await listOpened(trx, id)
    const secret = drawSecret(context.keyring, number)
    const key = drawKey({ beacon, poolRoot: pool.root.toString('hex'), tender: number, rules: DRAW_RULES }, secret)
    const sheets = (await listSheets(trx, id)).map(({ seat, hash, body }) => ({ seat, hash: hash.toString('hex'), sheet: JSON.parse(body!) as ScoreSheet }))
    const method = procedure.method === 'average-price' || procedure.method === 'live-auction' || procedure.method === 'merit' ? procedure.method : 'lowest-price'
    const order = orderUnder(procedure, { opened, leaves: pool.leaves, sheets: sheets.map(({ sheet }) => sheet), drawn: (label) => positionOf(key, 'tie', label).toString('hex') })
    const winner = order[0]?.label ?? null
    const facts = { freeze: pool.ledgerEntryId, opening: openingEntry, ...(revealEntry && { reveal: revealEntry }), beacon, poolRoot: pool.root.toString('hex'), secret: secret.toString('hex'), purpose: 'tie', winner, ...evidence }
    const ledger = await tell(trx, context, { at, act: 'rank:bids', kind: 'bids.ranked', subject: number, divisionCode: tender.divisionCode, facts: { result: facts as Json }, payload: order })

    const bids = await listReceivedBids(trx, id)
    const entries = await findEntryBodies(trx, [tender.publicationEntry, pool.ledgerEntryId, openingEntry, ledger.entry, ...(revealEntry ? [revealEntry] : [])])
    const [publication, freeze, opening, result] = [tender.publicationEntry, pool.ledgerEntryId, openingEntry, ledger.entry].map((entry) => entries.get(entry)!) as [string, string, string, string]
    const bodies = new Map(bids.map(({ id: bid, body }) => [bid, body]))
    const priced = { opening, result, opened, envelopes: bodies, order, releases: await findReleases(trx, id) }
    const steps = method === 'live-auction' ? auctionSteps({ ...(await findQuotes(trx, id)), opening, opened, bodies, result, order }) : revealEntry ? meritSteps({ ...priced, ...(await findJudgingBodies(trx, number, openingEntry)), reveal: entries.get(revealEntry)!, sheets: sheets as unknown as Json[] }) : priceSteps(priced)
    const bundle = buildBundle({ method, purpose: 'tie', publication, moves: await listMoves(trx, id), freeze, leaves: pool.leaves, beacon, secret, winner, steps })
    const bidOf = new Map(order.map(({ label, bid }) => [label, { id: bid, agencyId: bids.find(({ id: each }) => each === bid)!.agencyId }]))
    await insertDraw(trx, { tenderId: id, drawnAt: at, beacon, secret, bundle: canonical(bundle), ledgerEntryId: ledger.entry }, order.map(({ place, bid, position }) => ({ place, bidId: bid, position: Buffer.from(position, 'hex') })))
    return awardTender(trx, context, { tender: { ...tender, drawnAt: at }, at, order, bidOf })
  })
}

type Grounds = { leaves: readonly PoolLeaf[]; opened: readonly Opened[]; sheets: readonly ScoreSheet[]; drawn: (label: string) => string }

/** The order that a procedure's own rule gives; equals stand as the draw put them. */
function orderUnder(procedure: Procedure, { opened, leaves, sheets, drawn }: Grounds): Ranked[] {
  const bids = pricedOf(opened)
  if (procedure.method === 'merit') return ranked(byMerit(scored(bids, sheets, procedure.criteria)), drawn, ({ quote, points }) => ({ value: points.total, price: comparable(quote), points }))
  const groups = (procedure.method === 'average-price' ? byAverage : byLowest)(bids)
  return 'tie' in procedure && procedure.tie === 'electronic-lot' ? rankedByLot(groups, leaves, drawn) : ranked(groups, drawn)
}
