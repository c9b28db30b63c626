import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import type { Context } from '#app/domain/context.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { askQuestion } from '#app/domain/tenders/ask-question.server.ts'
import type { TenderDraft } from '#app/domain/tenders/draft.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { databaseClock } from '#db/client.ts'
import { setPolicy } from './beacons.ts'
import { clockAt } from './clock.ts'
import type { Site } from './site.ts'
import { aListing, offering, setPeriods } from './tenders.ts'
import { type World } from './world.ts'

const DAY = 86_400_000

/** A tender that is open for hours with a question that waits, and one that has been awarded just now to one of three who bid. */
export async function tendersFor({ database, config }: Site, { people, ids }: World, as: (actor: Member, clock?: Context['clock']) => Context) {
  await setPeriods(database.owner, { application: { n: 2, unit: 'h' }, publicity: { n: 1, unit: 'h' }, decline: { n: 1, unit: 'h' } })
  const listing = await aListing(database.owner)
  await database.owner('listings').where({ id: listing.id }).update({ category_code: '0501' })
  const bidders = await Promise.all([1, 2, 3].map(() => offering(database.owner, listing)))
  const publish = async (title: string, clock?: Context['clock'], wanted: Pick<TenderDraft, 'method' | 'tie'> = { method: 'random' }) => {
    const { id } = await draftTender(as(people.owner, clock), { projectCode: ids.project, listingCode: listing.code, ...wanted, title, requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 })
    return { id, ...(await publishTender(as(people.owner, clock), { id })).publication! }
  }
  const open = await publish('正在报名的采购')
  const numbered = await publish('要抽签号的采购', undefined, { method: 'lowest-price', tie: 'electronic-lot' })
  const [changing, ending, held] = [await publish('要更正的采购'), await publish('要终止的采购'), await publish('要暂停的采购')]
  await askQuestion(as(bidders[0]!), { number: open.number, question: '踏勘现场由谁组织？' })
  /** A tender whose bids are in and frozen under a checkpoint, its deadline so long ago. */
  const frozenAt = async (begun: Date, method: 'random' | 'lowest-price' | 'live-auction', bid: (member: Member, number: string, at: Context['clock'], place: number) => Promise<unknown>) => {
    const then = clockAt(begun)
    const { id } = await draftTender(as(people.owner, then), { projectCode: ids.project, listingCode: listing.code, method, auctionRounds: 10, auctionMinutes: 60, title: '截止了的采购', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 })
    const { number, closesAt } = (await publishTender(as(people.owner, then), { id })).publication!
    for (const [place, member] of bidders.entries()) await bid(member, number, then, place)
    then.set(closesAt)
    await attendTender(as(people.owner, then), { id })
    await makeSequencer({ db: database.ledger, keyring: openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false }), clock: then, log: { warn: () => {} } })()
    await attendTender(as(people.owner, then), { id })
    return { number }
  }
  /** Opened prices, of which the first is abnormally low and waits to be explained. */
  const lowPriced = async () => {
    const price = (place: number) => ({ kind: 'money' as const, fen: place === 0 ? 9_000_00 : 45_000_00 })
    const { number } = await frozenAt(new Date(Date.now() - 2 * 3_600_000 - 5000), 'lowest-price', (member, number, at, place) => sealBidAtDoor(as(member, at), { number, quote: price(place), contribution: '' }))
    return { number, bidder: bidders[0]! }
  }
  /** An auction in its first round for most of an hour. */
  const auctioned = async () => {
    const { number } = await frozenAt(new Date(Date.now() - 2 * 3_600_000 - 31 * 60_000), 'live-auction', (member, number, at) => submitBid(as(member, at), { number, contribution: '' }))
    // At night an auction waits for the morning; this one is on whatever the hour.
    const { id } = (await database.owner('tenders').where({ number }).first<{ id: string }>('id'))!
    await database.owner('tender_auctions').where({ tender_id: id }).update({ starts_at: new Date(Date.now() - 30 * 60_000), ends_at: new Date(Date.now() + 570 * 60_000) })
    return { number, bidder: bidders[0]! }
  }
  /** A small list of two of them that waits for its owner's pick. */
  const shortlisted = async () => {
    await setPolicy(database.owner, { ownerPicks: { n: 1, unit: 'd' } })
    const then = clockAt(new Date(Date.now() - 5 * 3_600_000))
    const { id } = await draftTender(as(people.owner, then), { projectCode: ids.project, listingCode: listing.code, method: 'credit-shortlist', smallList: 2, bigList: 3, title: '待业主选定的采购', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 })
    const { number, closesAt, drawsAfter } = (await publishTender(as(people.owner, then), { id })).publication!
    for (const member of bidders) await submitBid(as(member, then), { number, contribution: '' })
    for (const at of [closesAt, drawsAfter!]) {
      then.set(at)
      await attendTender(as(people.owner, then), { id })
      await makeSequencer({ db: database.ledger, keyring: openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false }), clock: then, log: { warn: () => {} } })()
    }
    const { uscc } = (await database.owner('draw_positions').join('bids', 'bids.id', 'draw_positions.bid_id').join('organisations', 'organisations.id', 'bids.agency_id').where({ 'draw_positions.tender_id': id, place: 1 }).first<{ uscc: string }>('organisations.uscc'))!
    return { number, label: uscc }
  }
  const clock = clockAt(new Date(2 * Date.now() - open.drawsAfter!.getTime() - 5000))
  const past = await publish('已经中选的采购', clock)
  clock.advance(1000)
  for (const bidder of bidders) await submitBid(as(bidder, clock), { number: past.number, contribution: '' })
  const sequence = makeSequencer({ db: database.ledger, keyring: openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false }), clock: databaseClock, log: { warn: () => {} } })
  for (const at of [past.closesAt, past.drawsAfter!]) {
    clock.set(at)
    await attendTender(as(people.owner, clock), past)
    await sequence()
  }
  const { agency_id: awarded } = (await database.owner('awards').join('bids', 'bids.id', 'awards.bid_id').where({ 'awards.tender_id': past.id }).first<{ agency_id: string }>('bids.agency_id'))!
  const low = await lowPriced()
  const auction = await auctioned()
  const listed = await shortlisted()
  await setPolicy(database.owner, { drawSource: 'lottery' })
  const awaited = await frozenAt(new Date(Date.now() - 8 * DAY), 'random', (member, number, at) => submitBid(as(member, at), { number, contribution: '' }))
  await setPolicy(database.owner, { drawSource: 'local' })
  return { low, auction, listed, awaited: awaited.number, listing, winner: bidders.find(({ organisationId }) => organisationId === awarded)!, open: open.number, numbered: numbered.number, award: past.number, changing: changing.number, ending: ending.number, held: held.number }
}
