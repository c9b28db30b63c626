import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { findTender } from '#db/repositories/tenders.ts'
import type { TestClock, TestDatabase } from './database.ts'
import { aTender, offering, setPeriods, type contextsOf, type Stage } from './tenders.ts'

export const AUCTION_PERIODS = { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' }, auctionDelay: { n: 60, unit: 's' }, auctionRound: { n: 40, unit: 's' }, auctionOutage: { n: 20, unit: 's' }, lowQuoteExplanation: { n: 20, unit: 's' } } as const

type Begun = { stage: Stage; members: Member[]; startsAt: Date; endsAt: Date }

/**
 * An auction at its first instant, with so many who registered. A step is 1 % of the ceiling: 500 yuan.
 *
 * @param meanwhile what happens after the bids and before the deadline that is in force then
 */
export async function begun(database: TestDatabase, make: ReturnType<typeof contextsOf>, clock: TestClock, bidders: number, meanwhile?: (stage: Stage) => Promise<unknown>): Promise<Begun> {
  await setPeriods(database.owner, AUCTION_PERIODS)
  const stage = await aTender(database, make, { method: 'live-auction' })
  const members: Member[] = []
  for (let count = 0; count < bidders; count++) {
    const member = await offering(database.owner, stage.listing)
    await submitBid(make(member), { number: stage.number, contribution: '' })
    members.push(member)
  }
  await meanwhile?.(stage)
  clock.set((await findTender(database.owner, stage.tender))!.publication!.closesAt)
  await attendTender(make(stage.owner), stage.tender)
  const { auction } = (await findTender(database.owner, stage.tender))!
  clock.set(auction!.startsAt)
  return { stage, members, ...auction! }
}
