import { expect } from 'vitest'
import { VISITOR } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { askEligibility } from '#app/domain/bids/ask-eligibility.server.ts'
import { findMyBids } from '#app/domain/bids/find-my-bids.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { showListing } from '#app/domain/catalogue/show-listing.server.ts'
import { findMyTenders } from '#app/domain/tenders/find-my-tenders.server.ts'
import { findResults, findTenders } from '#app/domain/tenders/find-tenders.server.ts'
import { prepareTender } from '#app/domain/tenders/prepare-tender.server.ts'
import { showDraft, showTender } from '#app/domain/tenders/show-tender.server.ts'
import { test, testApart } from '#tests/support/database.ts'
import { agency, owner } from '#tests/support/factories.ts'
import { aTender, contextsOf, offerAlso, offering, sequencerOf, withBidders } from '#tests/support/tenders.ts'

test('before the close nobody sees who has bid or how many, the owner included; after the draw everybody sees the whole order', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const members = await withBidders(database, make, stage, 3)
  const usccs = members.map(({ uscc }) => uscc!)
  for (const reader of [stage.owner, members[1]!]) {
    const text = JSON.stringify(await showTender(make(reader), { number: stage.number }))
    for (const uscc of usccs) expect(text).not.toContain(uscc)
    for (const { organisationName } of members) expect(text).not.toContain(organisationName)
    expect(text).not.toMatch(/"eligible":\d/)
  }
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  await sequencerOf(database)()
  clock.set(stage.tender.publication.drawsAfter)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  const shown = await showTender({ ...make(stage.owner), actor: VISITOR }, { number: stage.number })
  expect(shown).toMatchObject({ state: 'publicity', listing: { code: stage.listing.code }, owner: stage.owner.organisationName, isMine: false })
  expect(shown.draw!.order.map(({ label }) => label).sort()).toEqual([...usccs].sort())
  expect(shown.draw!.order.map(({ awarded }) => awarded)).toEqual([true, false, false])
  expect(shown.entries.map(({ kind }) => kind)).toEqual(['tender.published', 'tender.closed', 'pool.frozen', 'draw.drawn', 'award.made'])
  expect(shown.entries.slice(0, 3).every(({ index }) => index !== null)).toBe(true)
})

test('a natural person who buys is never named', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await database.owner('organisations').where({ id: stage.owner.organisationId }).update({ kind: 'natural-person', uscc: null })
  const shown = await showTender(context(), { number: stage.number })
  const { tenders } = await findTenders(context(), {})
  expect(shown.owner).toBeNull()
  expect(tenders.find(({ tender }) => tender.id === stage.tender.id)!.ownerName).toBeNull()
})

test("a natural person's project is called by its code, since its name is often the person's own; its owner reads the name", async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await database.owner('organisations').where({ id: stage.owner.organisationId }).update({ kind: 'natural-person', uscc: null })
  await database.owner('projects').where({ code: stage.tender.projectCode }).update({ name: '王示例自建住宅' })
  for (const reader of [VISITOR, await agency(database.owner)]) {
    const seen = [await showTender({ ...context(), actor: reader }, { number: stage.number }), await findTenders(context(), {}), await findResults(context(), {})]
    expect(JSON.stringify(seen)).not.toContain('王示例')
  }
  expect((await showTender(make(stage.owner), { number: stage.number })).project.name).toBe('王示例自建住宅')
})

test('what is sent to a page of everybody names no account and no id of its owner', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const seen = JSON.stringify([await showTender(context(), { number: stage.number }), await findTenders(context(), {}), await findResults(context(), {})])
  for (const id of [stage.owner.accountId, stage.owner.organisationId]) expect(seen).not.toContain(id)
})

test('a draft is shown to its owner alone, and a published tender to everybody', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  expect((await showDraft(make(stage.owner), { id: stage.tender.id })).isMine).toBe(true)
  await expect(showDraft(make(await owner(database.owner)), { id: stage.tender.id })).rejects.toMatchObject({ kind: 'missing' })
  await expect(showDraft(make(stage.owner), { id: 'x' })).rejects.toMatchObject({ kind: 'missing' })
  for (const number of ['MD-220100-2026-999999', '../etc', stage.tender.id]) await expect(showTender(context(), { number })).rejects.toMatchObject({ kind: 'missing' })
})

test('an agency sees why it cannot bid, and its own bid when it has', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  expect(await askEligibility(make(await agency(database.owner)), stage)).toEqual({ reasons: ['not-offered'], behind: { clash: null, people: [], suspension: null }, out: null, bid: null, bidsLeft: 20 })
  expect(await askEligibility(make(stage.owner), stage)).toBeNull()
  const member = await offering(database.owner, stage.listing)
  await submitBid(make(member), { number: stage.number, contribution: '风' })
  expect(await askEligibility(make(member), stage)).toMatchObject({ reasons: [], bid: { contribution: '风' }, bidsLeft: 19 })
  expect((await findMyBids(make(member))).bids).toMatchObject([{ state: 'open', won: false, listingCode: stage.listing.code, bid: { withdrawnAt: null } }])
  expect((await findMyTenders(make(stage.owner))).tenders).toMatchObject([{ state: 'open' }])
  await expect(findMyBids(make(stage.owner))).rejects.toMatchObject({ kind: 'forbidden' })
})

test('an agency leafs through its bids, and not by the bid of another', async ({ database, context }) => {
  const make = contextsOf(context)
  const stages = []
  for (let number = 0; number < 11; number++) stages.push(await aTender(database, make))
  const member = await offering(database.owner, stages[0]!.listing)
  for (const { listing } of stages.slice(1)) await offerAlso(database.owner, member, listing)
  for (const { number } of stages) await submitBid(make(member), { number, contribution: '' })
  const first = await findMyBids(make(member))
  const rest = await findMyBids(make(member), { before: first.next })
  expect([...first.bids, ...rest.bids].map(({ tender }) => tender.id)).toEqual(stages.map(({ tender }) => tender.id).toReversed())
  expect([first.bids.length, rest.bids.length, rest.next]).toEqual([10, 1, null])
  const stranger = await agency(database.owner)
  expect(await findMyBids(make(stranger), { before: first.next })).toEqual({ bids: [], next: null })
})

test('the owner sees the route and the dates before starting', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const { projects, chosen, forecast } = await prepareTender(make(stage.owner), { projectCode: stage.tender.projectCode, listingCode: stage.listing.code })
  expect(projects).toHaveLength(1)
  expect(chosen!.listing.code).toBe(stage.listing.code)
  expect(forecast).toMatchObject({ route: 'free', yearTotalFen: 50_000_00, minimumBidders: 2 })
  expect((await prepareTender(make(stage.owner), { projectCode: 'another’s', listingCode: stage.listing.code })).chosen).toBeNull()
})

testApart('the list pages by its last number and filters by state', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const numbers: string[] = []
  for (let count = 0; count < 23; count++) {
    clock.advance(1000)
    numbers.unshift((await aTender(database, make)).number)
  }
  const first = await findTenders(context(), {})
  expect(first.tenders.map(({ tender }) => tender.publication!.number)).toEqual(numbers.slice(0, 20))
  const second = await findTenders(context(), { before: first.next! })
  expect(second.tenders.map(({ tender }) => tender.publication!.number)).toEqual(numbers.slice(20))
  expect(second.next).toBeNull()
  const { tender } = second.tenders[0]!
  clock.set(tender.publication!.closesAt)
  await attendTender(context(), { id: tender.id })
  expect((await findTenders(context(), { state: 'failed' })).tenders).toHaveLength(1)
  expect((await findResults(context(), {})).tenders).toMatchObject([{ state: 'failed', winner: null }])
})

test('the page of a service tells how it was bought before: how often, the median ceiling, and who got it last', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const before = await showListing(context(), { code: stage.listing.code })
  await withBidders(database, make, stage, 2)
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  await sequencerOf(database)()
  clock.set(stage.tender.publication.drawsAfter)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  const { draw } = await showTender(context(), { number: stage.number })
  const { results } = await showListing(context(), { code: stage.listing.code })
  expect(before.results).toBeNull()
  expect(results).toMatchObject({ count: 1, medianCeilingFen: stage.tender.ceilingFen, latest: [{ number: stage.number, winner: draw!.order[0]!.name, ceilingFen: stage.tender.ceilingFen }] })
  expect(results!.medianDays).toBeCloseTo((stage.tender.publication.drawsAfter.getTime() - stage.tender.publication.publishedAt.getTime()) / 86_400_000, 1)
})
