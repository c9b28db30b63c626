import { expect } from 'vitest'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { tellAuctionStart } from '#app/domain/bids/tell-auction-start.server.ts'
import { showAgencyDesk } from '#app/domain/desks/show-agency-desk.server.ts'
import { showOwnerDesk } from '#app/domain/desks/show-owner-desk.server.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import { untilOf } from '#app/domain/notices/message.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { instantInChinese } from '#app/words/instant.ts'
import { wordsOf } from '#app/words/words.ts'
import { listUntoldStarts } from '#db/repositories/auctions.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { begun } from '#tests/support/auction-stage.ts'
import { interrupted } from '#tests/support/interrupted.ts'
import { test } from '#tests/support/database.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'
import { aTender, contextsOf, drawn, withBidders } from '#tests/support/tenders.ts'

test('owner and bidders hear when an auction begins as soon as that is fixed, and are led to it', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, members, startsAt } = await begun(database, make, clock, 2)
  await deliverAll(context())
  for (const member of [stage.owner, ...members]) {
    const [newest] = (await findMessages(as(make, member), {})).messages
    expect(newest).toMatchObject({ kind: 'auction-set', subject: stage.number })
    expect(untilOf(newest!)).toEqual({ what: 'startsAt', at: startsAt.toISOString() })
  }
})

test('owner and bidders hear once that an auction has begun, and nobody hears of one that is over or cancelled', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, members, startsAt, endsAt } = await begun(database, make, clock, 2)
  const { owner, tender, number } = stage
  const due = async () => (await listUntoldStarts(database.app, clock.now, 50)).filter(({ id }) => id === tender.id)
  clock.set(new Date(startsAt.getTime() - 1))
  expect([await due(), await tellAuctionStart(make(owner), tender)]).toEqual([[], false])
  clock.set(endsAt)
  expect([await due(), await tellAuctionStart(make(owner), tender)]).toEqual([[], false])
  clock.set(startsAt)
  expect(await due()).toEqual([{ id: tender.id, number }])
  const told = await Promise.all(Array.from({ length: 4 }, () => tellAuctionStart(make(owner), tender)))
  expect(told.filter(Boolean)).toHaveLength(1)
  expect(await due()).toEqual([])
  await deliverAll(context())
  for (const member of [owner, ...members]) {
    const [newest] = (await findMessages(as(make, member), {})).messages
    expect([newest!.kind, newest!.subject, untilOf(newest!)]).toEqual(['auction-started', number, { what: 'endsAt', at: endsAt.toISOString() }])
  }
  const other = await begun(database, make, clock, 2)
  await cancelTender(make(other.stage.owner), { number: other.stage.number, reason: '项目调整，不再需要。' })
  expect([await listUntoldStarts(database.app, clock.now, 50), await tellAuctionStart(make(owner), other.stage.tender)]).toEqual([[], false])
})

test('owner and bidders hear when further rounds begin, and of nobody who quoted', async ({ database, context, clock }) => {
  const { make, owner, members, endsAt, number, quote, silent, end } = await interrupted(database, context, clock)
  await quote(members[0]!, 49_000)
  await silent([[10, 60]], endsAt)
  clock.set(endsAt)
  await end()
  await deliverAll(context())
  for (const member of [owner, ...members]) {
    const { messages } = await findMessages(as(make, member), {})
    expect([messages[0]!.kind, messages[0]!.subject, untilOf(messages[0]!)]).toEqual(['auction-extended', number, { what: 'startsAt', at: new Date(endsAt.getTime() + 60_000).toISOString() }])
    expect(messages.filter(({ kind }) => kind === 'auction-extended')).toHaveLength(1)
    for (const { uscc, organisationName } of members) expect([JSON.stringify(messages[0]).includes(uscc!), JSON.stringify(messages[0]).includes(organisationName)]).toEqual([false, false])
  }
})

test('whoever bids in an auction hears its new time with every deadline that moves, and of a freeze that came late', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, members: [bidder], startsAt } = await begun(database, make, clock, 2, ({ number, owner }) => extendTender(make(owner), { number, by: { n: 90, unit: 's' }, reason: '图纸有更新，须一并考虑。' }))
  await deliverAll(context())
  const extended = (await findMessages(as(make, bidder!), {})).messages.find(({ kind }) => kind === 'tender-extended')!
  const { 'tender-extended': sentence } = wordsOf('zh').notices.kinds
  expect(sentence(extended.params as never)).toContain(`竞价改在${instantInChinese(startsAt.toISOString())}开始`)
  // A close that waited over the planned beginning freezes late, and says so.
  const late = await begun(database, make, clock, 2, async ({ tender }) => {
    clock.set(new Date((await findTender(database.owner, tender))!.publication!.closesAt.getTime() + 600_000))
    await attendTender(make(stage.owner), tender)
  })
  await deliverAll(context())
  for (const member of [late.stage.owner, late.members[0]!]) {
    const [newest] = (await findMessages(as(make, member), {})).messages
    expect([newest!.kind, untilOf(newest!)]).toEqual(['auction-later', { what: 'startsAt', at: late.startsAt.toISOString() }])
  }
})

test('the owner of a small list hears until when to pick, and the bidders that it was drawn', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'credit-shortlist', categoryCode: '0401' })
  const [bidder] = await withBidders(database, make, stage, 5)
  await drawn(database, make, clock, stage)
  await deliverAll(context())
  const { pickBy } = (await findTender(database.owner, stage.tender))!.shortlist!
  const [newest] = (await findMessages(as(make, stage.owner), {})).messages
  expect([newest!.kind, untilOf(newest!)]).toEqual(['shortlist-to-pick', { what: 'pickBy', at: pickBy.toISOString() }])
  expect((await kindsOf(as(make, bidder!)))[0]).toBe('shortlist-drawn')
  // The desks of both say the same as long as nobody is picked.
  expect((await showOwnerDesk(as(make, stage.owner))).today).toContainEqual(expect.objectContaining({ kind: 'shortlist-to-pick', until: pickBy }))
  expect((await showAgencyDesk(as(make, bidder!))).today).toContainEqual(expect.objectContaining({ kind: 'bid-listed', until: pickBy }))
})
