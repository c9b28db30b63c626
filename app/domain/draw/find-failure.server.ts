import type { Opened } from '#app/domain/bids/opened.ts'
import type { Database } from '#app/domain/context.ts'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { isTenderNumber, type Method } from '#app/domain/tenders/tender.ts'
import { listReceivedBids } from '#db/repositories/bids.ts'
import { findPool } from '#db/repositories/draws.ts'
import { findOpeningEntry, listOpened } from '#db/repositories/openings.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { findEntryBodies, findJudgingBodies, listMoves } from '#db/views/draw-entries.ts'
import { auctionSteps, priceSteps, seatedSteps } from './bundle.ts'
import { buildFailure, type Failure } from './failure.ts'
import { findQuotes } from './find-quotes.server.ts'
import { findReleases } from './find-releases.server.ts'

const OPENED = ['lowest-price', 'average-price', 'live-auction', 'merit'] as const satisfies Method[]

/** What shows that a tender had to fail, since too few of its prices, or of its prices with plans, were valid; undefined where that is not why it ended. It is put together from the rows each time: nothing was decided that had to be kept. */
export async function findFailure(db: Database, number: string): Promise<Failure | undefined> {
  const tender = isTenderNumber(number) ? await findTender(db, { number }) : undefined
  const method = OPENED.find((each) => each === tender?.method)
  if (!tender?.publicationEntry || tender.opening?.outcome !== 'too-few-valid' || !method) return undefined
  const { id, publicationEntry } = tender
  const [pool, openingEntry, opened, bids, moves] = await Promise.all([findPool(db, id), findOpeningEntry(db, id), listOpened(db, id), listReceivedBids(db, id), listMoves(db, id)])
  const bodies = new Map(bids.map(({ id: bid, body }) => [bid, body]))
  const entries = await findEntryBodies(db, [publicationEntry, pool!.ledgerEntryId, openingEntry!])
  const [publication, freeze, opening] = [publicationEntry, pool!.ledgerEntryId, openingEntry!].map((entry) => entries.get(entry)!) as [string, string, string]
  const steps = await stepsOf(db, { id, number, method, openingEntry: openingEntry!, opening, opened, bodies })
  return buildFailure({ method, publication, moves, freeze, leaves: pool!.leaves, steps })
}

type Ground = { id: string; number: string; method: (typeof OPENED)[number]; openingEntry: string; opening: string; opened: readonly Opened[]; bodies: ReadonlyMap<string, string> }

async function stepsOf(db: Database, { id, number, method, openingEntry, opening, opened, bodies }: Ground): Promise<Json> {
  if (method === 'live-auction') return auctionSteps({ ...(await findQuotes(db, id)), opening, opened, bodies })
  if (method !== 'merit') return priceSteps({ opening, opened, envelopes: bodies, releases: await findReleases(db, id) })
  // Nobody judges what has failed, so that whatever the ledger has of its judges came before.
  const { seated, judged } = await findJudgingBodies(db, number, openingEntry)
  return seatedSteps({ opening, opened, envelopes: bodies, seated: [...seated, ...judged] })
}
