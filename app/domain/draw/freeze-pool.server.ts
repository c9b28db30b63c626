import type { Knex } from 'knex'
import { creditOf, type Credit } from '#app/domain/agencies/credit-grade.ts'
import { endOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { auctionLabel } from '#app/domain/bids/auction-quote.ts'
import { auctionTimes, plannedAuction } from '#app/domain/tenders/auction.ts'
import { doStep } from '#app/domain/tenders/do-step.server.ts'
import type { Tender } from '#app/domain/tenders/tender.ts'
import { insertAuction } from '#db/repositories/auctions.ts'
import { listReceivedBids } from '#db/repositories/bids.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { findGrades } from '#db/repositories/credit-grades.ts'
import { insertPool } from '#db/repositories/draws.ts'
import { findVerdicts } from '#db/repositories/tender-closings.ts'
import { listExtensions } from '#db/repositories/tender-changes.ts'
import { listUsccs } from '#db/views/bidders.ts'
import { leavesOf } from './pool.ts'
import { freezeFacts } from './terms.ts'

/**
 * Freezes the pool of a closed tender in a transaction of its own, once: every received bid is a leaf, and the root goes
 * into the ledger before the value that decides can be taken, with the dates in force where they have moved. Whoever comes second changes nothing.
 *
 * Of an auction the leaves show no agency: bidders stand there under labels that say nothing while the rounds run, and the
 * entry fixes when these are.
 *
 * Where bids are sealed in shares, their holders are asked now, and it is fixed by when they should have shown them.
 *
 * Refuses `tenders.no-such-tender`.
 */
export async function freezePool(context: Context, { id }: { id: string }): Promise<Tender> {
  return doStep(context, { id, step: 'freeze' }, async (trx, tender, at) => {
    const { procedure, closesAt, drawsAfter, number } = tender.publication
    const bids = await listReceivedBids(trx, id)
    const usccs = await listUsccs(trx, bids.map(({ agencyId }) => agencyId))
    const received = bids.map((bid) => ({ ...bid, uscc: procedure.method === 'live-auction' ? auctionLabel(bid.hash) : usccs.get(bid.agencyId)! }))
    const extensions = (await listExtensions(trx, id)).map(({ ledgerEntryId }) => ledgerEntryId)
    const moved = extensions.length ? { closesAt, drawsAfter: drawsAfter!, extensions } : null
    const { facts, payload, pool, root } = freezeFacts(tender.publicationEntry, leavesOf(received, await findVerdicts(trx, id), await creditAmong(trx, tender, received)), moved)
    const auction = procedure.method === 'live-auction' ? auctionTimes(procedure.auction, { closesAt, frozenAt: at }) : null
    const isLate = procedure.method === 'live-auction' && auction!.startsAt > plannedAuction(procedure.auction, closesAt).startsAt
    const times = auction && { auction: { startsAt: auction.startsAt.toISOString(), endsAt: auction.endsAt.toISOString() } }
    const sealing = 'sealing' in procedure ? procedure.sealing : undefined
    const releaseBy = sealing ? endOf(at, sealing.release, await calendarOf(trx, tender.divisionCode)).at : null
    const wanted = releaseBy && { type: 'marketplace.tender.keys-wanted.v1', data: { tender: number, project: tender.projectCode, releaseBy: releaseBy.toISOString() } }
    const event = wanted ?? (times && { type: 'marketplace.tender.auction-set.v1', data: { tender: number, project: tender.projectCode, late: isLate, ...times.auction } })
    const ledger = await tell(trx, context, { at, act: 'freeze:pool', kind: 'pool.frozen', subject: number, divisionCode: tender.divisionCode, facts: { ...facts, ...times }, payload, ...(event && { event }) })
    await insertPool(trx, { tenderId: id, root, leaves: pool, frozenAt: at, releaseBy, ledgerEntryId: ledger.entry })
    if (auction) await insertAuction(trx, { tenderId: id, ...auction })
    return { ...tender, frozenAt: at, releaseBy, auction }
  })
}

/** The grades that count for a shortlist: those that are published at the freeze, which the leaves then carry for good. */
async function creditAmong(trx: Knex.Transaction, { divisionCode, publication }: Tender, received: readonly { agencyId: string; uscc: string }[]): Promise<((uscc: string) => Credit) | undefined> {
  const { procedure } = publication!
  if (procedure.method !== 'credit-shortlist') return undefined
  const grades = await findGrades(trx, { agencyIds: received.map(({ agencyId }) => agencyId), divisionCode })
  const agencyOf = new Map(received.map(({ uscc, agencyId }) => [uscc, agencyId]))
  return (uscc) => creditOf(grades.get(agencyOf.get(uscc)!), procedure.credit.unrated)
}
