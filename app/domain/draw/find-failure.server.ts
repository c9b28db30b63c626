import type { Database } from '#app/domain/context.ts'
import { isTenderNumber, type Method } from '#app/domain/tenders/tender.ts'
import { listReceivedBids } from '#db/repositories/bids.ts'
import { findPool } from '#db/repositories/draws.ts'
import { findOpeningEntry, listOpened } from '#db/repositories/openings.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { findEntryBodies, listMoves } from '#db/views/draw-entries.ts'
import { auctionSteps, priceSteps } from './bundle.ts'
import { buildFailure, type Failure } from './failure.ts'
import { findQuotes } from './find-quotes.server.ts'
import { findReleases } from './find-releases.server.ts'

const BY_PRICE = ['lowest-price', 'average-price', 'live-auction'] as const satisfies Method[]

/** What shows that a tender had to fail, since too few of its prices were valid; undefined where that is not why it ended. It is put together from the rows each time: nothing was decided that had to be kept. */
export async function findFailure(db: Database, number: string): Promise<Failure | undefined> {
  const tender = isTenderNumber(number) ? await findTender(db, { number }) : undefined
  const method = BY_PRICE.find((each) => each === tender?.method)
  if (!tender?.publicationEntry || tender.opening?.outcome !== 'too-few-valid' || !method) return undefined
  const { id, publicationEntry } = tender
  const [pool, openingEntry, opened, bids, moves] = await Promise.all([findPool(db, id), findOpeningEntry(db, id), listOpened(db, id), listReceivedBids(db, id), listMoves(db, id)])
  const bodies = new Map(bids.map(({ id: bid, body }) => [bid, body]))
  const entries = await findEntryBodies(db, [publicationEntry, pool!.ledgerEntryId, openingEntry!])
  const [publication, freeze, opening] = [publicationEntry, pool!.ledgerEntryId, openingEntry!].map((entry) => entries.get(entry)!) as [string, string, string]
  const steps = method === 'live-auction' ? auctionSteps({ quotes: await findQuotes(db, id), opening, opened, bodies }) : priceSteps({ opening, opened, envelopes: bodies, releases: await findReleases(db, id) })
  return buildFailure({ method, publication, moves, freeze, leaves: pool!.leaves, steps })
}
