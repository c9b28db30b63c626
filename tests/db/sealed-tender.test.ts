import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { envelopeOf } from '#app/domain/bids/envelope.ts'
import type { Quote } from '#app/domain/bids/offer.ts'
import { openPart, sealBid } from '#app/domain/bids/seal.ts'
import { sealBidAtDoor, submitSealedBid } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { withdrawBid } from '#app/domain/bids/withdraw-bid.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { findStandingBid } from '#db/repositories/bids.ts'
import { listOpened } from '#db/repositories/openings.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { test, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { aTender, contextsOf, offering, sequencerOf, setPeriods, type Stage } from '#tests/support/tenders.ts'

const money = (fen: number): Quote => ({ kind: 'money', fen })
const PERIODS = { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, lowQuoteExplanation: { n: 40, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' } } as const

const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

/** What the bidder's own browser does: it seals with what the page of the tender says, and sends the envelope alone. */
async function sealedAtHome(stage: Stage, member: Member, offer: unknown, changes: { tender?: string; uscc?: string; bid?: string; holders?: { id: string; publicKey: string }[] } = {}) {
  const { sealing, procedure } = stage.tender.publication
  const bid = randomUUID()
  const envelope = await sealBid({ offer }, { tender: stage.number, rules: procedure.rules, bid, uscc: member.uscc!, holders: sealing!.holders, ...changes })
  return { number: stage.number, bid, envelope }
}
const offerOf = (stage: Stage, member: Member, bid: string, quote: Quote) => ({ tender: stage.number, bid, uscc: member.uscc!, quote, contribution: '', salt: '0'.repeat(32) })

async function opened(database: TestDatabase, make: (member: Member) => TestContext, clock: { set: (at: Date) => void }, { owner, tender }: Stage) {
  clock.set(tender.publication.closesAt)
  await attendTender(make(owner), tender)
  await sequencerOf(database)()
  await attendTender(make(owner), tender)
}

test('the lowest sealed price wins; nothing is opened before a checkpoint covers the pool, and the order decides after a decline', async ({ database, context, clock }) => {
  await setPeriods(database.owner, PERIODS)
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'lowest-price' })
  const { number, tender, owner } = stage
  const members = await Promise.all([1, 2, 3, 4].map(() => offering(database.owner, stage.listing)))
  const [dear, equal, alsoEqual, changed] = members as [Member, Member, Member, Member]
  await sealBidAtDoor(make(dear), { number, quote: money(40_123_45), contribution: '' })
  await sealBidAtDoor(make(equal), { number, quote: money(30_777_11), contribution: '运气' })
  const bid = randomUUID()
  const { sealing, procedure } = tender.publication
  const envelope = await sealBid({ offer: offerOf(stage, alsoEqual, bid, money(30_777_11)) }, { tender: number, rules: procedure.rules, bid, uscc: alsoEqual.uscc!, holders: sealing!.holders })
  await submitSealedBid(make(alsoEqual), { number, bid, envelope })
  await sealBidAtDoor(make(changed), { number, quote: money(1_00), contribution: '' })
  await sealBidAtDoor(make(changed), { number, quote: money(49_999_99), contribution: '' })

  clock.set(tender.publication.closesAt)
  expect(await attendTender(make(owner), tender)).toEqual({ steps: ['close', 'freeze'] })
  expect(await attendTender(make(owner), tender)).toEqual({ steps: [] })
  expect(await listOpened(database.owner, tender.id)).toEqual([])
  await sequencerOf(database)()
  expect(await attendTender(make(owner), tender)).toEqual({ steps: ['open'] })
  const bids = await listOpened(database.owner, tender.id)
  expect(bids.map(({ outcome, amountFen, lowMarks }) => [outcome, amountFen, lowMarks])).toEqual([
    ['valid', 40_123_45, []],
    ['valid', 30_777_11, []],
    ['valid', 30_777_11, []],
    ['valid', 49_999_99, []],
  ])
  // Anybody opens what was opened, with the published key alone.
  const first = (await findStandingBid(database.owner, { tenderId: tender.id, agencyId: dear.organisationId }))!
  expect(await openPart(envelopeOf(first.body).parts[0]!, Buffer.from(bids[0]!.keys.offer!, 'hex'))).toMatchObject({ content: { quote: money(40_123_45), uscc: dear.uscc } })
  expect(statusAt((await findTender(database.owner, tender))!, clock.now)).toBe('opened')

  await sequencerOf(database)()
  clock.set(tender.publication.drawsAfter)
  expect(await attendTender(make(owner), tender)).toEqual({ steps: ['rank'] })
  const order = (await database.owner('draw_positions as p').join('bids', 'bids.id', 'p.bid_id').where({ 'p.tender_id': tender.id }).orderBy('place').pluck('agency_id')) as string[]
  expect(new Set(order.slice(0, 2))).toEqual(new Set([equal.organisationId, alsoEqual.organisationId]))
  expect(order.slice(2)).toEqual([dear.organisationId, changed.organisationId])
  const winner = members.find(({ organisationId }) => organisationId === order[0])!
  expect(statusAt((await findTender(database.owner, tender))!, clock.now)).toBe('publicity')
  await declineAward(make(winner), { number, reason: 'no-capacity', words: '人手不足，无法承接。' })
  const awards = (await database.owner('awards').join('bids', 'bids.id', 'awards.bid_id').where({ 'awards.tender_id': tender.id }).orderBy('awards.place').pluck('agency_id')) as string[]
  expect(awards).toEqual(order.slice(0, 2))
})

test('the price nearest to the mean from below wins', async ({ database, context, clock }) => {
  await setPeriods(database.owner, PERIODS)
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'average-price' })
  const members: Member[] = []
  for (const fen of [30_000_00, 33_000_00, 35_000_00]) {
    const member = await offering(database.owner, stage.listing)
    await sealBidAtDoor(make(member), { number: stage.number, quote: money(fen), contribution: '' })
    members.push(member)
  }
  await opened(database, make, clock, stage)
  await sequencerOf(database)()
  clock.set(stage.tender.publication.drawsAfter)
  await attendTender(make(stage.owner), stage.tender)
  const order = (await database.owner('draw_positions as p').join('bids', 'bids.id', 'p.bid_id').where({ 'p.tender_id': stage.tender.id }).orderBy('place').pluck('agency_id')) as string[]
  // The mean is 32,666.67: 30,000 is the only price at or below it.
  expect(order).toEqual([members[0], members[1], members[2]].map((member) => member!.organisationId))
})

test('what opens to nothing is invalid with its reason and blocks nobody; too few valid prices fail, publicly', async ({ database, context, clock }) => {
  await setPeriods(database.owner, PERIODS)
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'lowest-price' })
  const members = await Promise.all([1, 2, 3, 4, 5].map(() => offering(database.owner, stage.listing)))
  const [good, dear, nan, stranger, empty] = members as [Member, Member, Member, Member, Member]
  await sealBidAtDoor(make(good), { number: stage.number, quote: money(10_000_00), contribution: '' })
  const send = async (member: Member, offer: (bid: string) => unknown, holders?: { id: string; publicKey: string }[]) => {
    const bid = randomUUID()
    const { sealing, procedure } = stage.tender.publication
    const envelope = await sealBid({ offer: offer(bid) }, { tender: stage.number, rules: procedure.rules, bid, uscc: member.uscc!, holders: holders ?? sealing!.holders })
    await submitSealedBid(make(member), { number: stage.number, bid, envelope })
  }
  await send(dear, (bid) => offerOf(stage, dear, bid, money(50_000_01)))
  await send(nan, (bid) => ({ ...offerOf(stage, nan, bid, money(1)), quote: { kind: 'money', fen: 1.5 } }))
  await send(stranger, (bid) => offerOf(stage, stranger, bid, money(1)), [{ id: 'platform', publicKey: '09' + '00'.repeat(31) }])
  await send(empty, (bid) => offerOf(stage, good, bid, money(2)))
  await opened(database, make, clock, stage)
  const bids = await listOpened(database.owner, stage.tender.id)
  expect(bids.map(({ outcome, reason }) => reason ?? outcome)).toEqual(['valid', 'over-ceiling', 'no-offer', 'key-not-recovered', 'other-bid'])
  const tender = (await findTender(database.owner, stage.tender))!
  expect([statusAt(tender, clock.now), tender.opening?.outcome]).toEqual(['failed', 'too-few-valid'])
  expect(await attendTender(make(stage.owner), tender)).toEqual({ steps: [] })
})

test('an abnormally low price gives its bidder time to explain, and nothing is decided before', async ({ database, context, clock }) => {
  await setPeriods(database.owner, PERIODS)
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'lowest-price' })
  for (const fen of [10_000_00, 40_000_00, 45_000_00]) await sealBidAtDoor(make(await offering(database.owner, stage.listing)), { number: stage.number, quote: money(fen), contribution: '' })
  await opened(database, make, clock, stage)
  await sequencerOf(database)()
  const { opening } = (await findTender(database.owner, stage.tender))!
  expect(opening!.decidesAfter.getTime()).toBe(stage.tender.publication.closesAt.getTime() + 40_000)
  expect((await listOpened(database.owner, stage.tender.id)).map(({ lowMarks }) => lowMarks)).toEqual([['of-mean', 'of-next', 'of-ceiling'], [], []])
  clock.set(new Date(opening!.decidesAfter.getTime() - 1))
  expect(await attendTender(make(stage.owner), stage.tender)).toEqual({ steps: [] })
  clock.set(opening!.decidesAfter)
  expect(await attendTender(make(stage.owner), stage.tender)).toEqual({ steps: ['rank'] })
})

test('what is replayed, moved, cut or sealed to others is refused with a code, and writes nothing', async ({ database, context, clock }) => {
  await setPeriods(database.owner, PERIODS)
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'lowest-price' })
  const other = await aTender(database, make, { method: 'lowest-price' })
  const [member, rival] = [await offering(database.owner, stage.listing), await offering(database.owner, stage.listing)]
  const good = await sealedAtHome(stage, member, offerOf(stage, member, 'x', money(1_00)))
  const send = (changed: Partial<typeof good>, by = member) => codeOf(submitSealedBid(make(by), { ...good, ...changed }))
  const count = async () => Number((await database.owner('bids').where({ tender_id: stage.tender.id }).count())[0]!.count)

  expect(await send({}, rival)).toBe('sealing.other-bidder')
  expect(await send({ number: other.number })).toMatch(/^(tenders.ineligible-not-offered|sealing.other-tender)$/)
  expect(await send({ bid: randomUUID() })).toBe('sealing.other-bid')
  expect(await send({ envelope: `${good.envelope} ` })).toBe('sealing.malformed')
  expect(await send({ envelope: good.envelope.slice(0, -9) })).toBe('sealing.malformed')
  expect(await send({ envelope: 'NaN' })).toBe('sealing.malformed')
  expect(await send({ envelope: 'x'.repeat(200_000) })).toBe('sealing.too-long')
  const strange = await sealedAtHome(stage, member, {}, { holders: [{ id: 'rival', publicKey: stage.tender.publication.sealing!.holders[0]!.publicKey }] })
  expect(await send({ bid: strange.bid, envelope: strange.envelope })).toBe('sealing.other-holders')
  expect(await codeOf(submitBid(make(member), { number: stage.number, contribution: '' }))).toBe('sealing.needed')
  expect(await codeOf(sealBidAtDoor(make(member), { number: stage.number, quote: money(50_000_01), contribution: '' }))).toBe('sealing.over-ceiling')
  expect(await codeOf(sealBidAtDoor(make(member), { number: stage.number, quote: { kind: 'discount', basisPoints: 100 }, contribution: '' }))).toBe('sealing.other-kind')
  expect(await count()).toBe(0)

  expect(await send({})).toBeNull()
  expect(await send({})).toBeNull()
  expect(await count()).toBe(1)
  // The same form sent twice is one bid; another price under its number is refused, and the first one stands.
  const [bid, later] = [randomUUID(), randomUUID()]
  const door = (fen: number, id = bid) => codeOf(sealBidAtDoor(make(rival), { number: stage.number, bid: id, quote: money(fen), contribution: '' }))
  expect([await door(9_00), await door(9_00), await door(8_00)]).toEqual([null, null, 'sealing.bid-known'])
  expect(await count()).toBe(2)

  // A form of another tab, sent again after a later price or after the bid was taken back, does not look as if it stood.
  expect([await door(8_50, later), await door(9_00), await door(8_50, later)]).toEqual([null, 'sealing.bid-replaced', null])
  await withdrawBid(make(rival), { number: stage.number })
  expect([await door(8_50, later), await door(9_00)]).toEqual(['sealing.bid-withdrawn', 'sealing.bid-replaced'])
  expect(await count()).toBe(3)

  clock.set(new Date(stage.tender.publication.closesAt.getTime() - 1))
  expect(await door(7_00, randomUUID())).toBeNull()
  clock.set(stage.tender.publication.closesAt)
  expect(await door(6_00, randomUUID())).toBe('tenders.closed')
  // A receipt that was lost on the way is given again after the deadline; it changes nothing.
  expect(await send({})).toBeNull()
  expect(await count()).toBe(4)
})

test('survey and design are never decided by price alone', async ({ database, context }) => {
  const make = contextsOf(context)
  expect(await codeOf(aTender(database, make, { method: 'lowest-price', categoryCode: '0404' }))).toBe('drafts.price-alone')
  expect(await codeOf(aTender(database, make, { method: 'average-price', categoryCode: '0601' }))).toBeNull()
})
