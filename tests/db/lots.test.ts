import { expect } from 'vitest'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { submitPrice } from '#app/domain/bids/submit-price.server.ts'
import { newId } from '#app/domain/chance.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { reviseDraft } from '#app/domain/tenders/revise-draft.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { test } from '#tests/support/database.ts'
import { aTender, aListing, contextsOf, offering, sequencerOf, setPeriods } from '#tests/support/tenders.ts'
import { owner, project } from '#tests/support/factories.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'

const PERIODS = { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' } } as const
const FEN = 30_777_11
const codeOf = (promise: Promise<unknown>) => promise.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : String(error)))

test('equal prices are put in order by the numbers that came with them, and the independent program agrees', async ({ database, context, clock }) => {
  await setPeriods(database.owner, PERIODS)
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'lowest-price', tie: 'electronic-lot' })
  const own = make(stage.owner)
  expect(stage.tender.publication.procedure).toMatchObject({ tie: 'electronic-lot' })
  const given = [['123', 254], ['456', 593], ['789', 618]] as const
  const names: string[] = []
  for (const [lot, millisecond] of given) {
    const member = await offering(database.owner, stage.listing)
    const now = await clock.read(database.app)
    clock.set(new Date(Math.floor(now.getTime() / 1000) * 1000 + 1000 + millisecond))
    await sealBidAtDoor(make(member), { number: stage.number, quote: { kind: 'money', fen: FEN }, contribution: '', lot })
    names.push(member.uscc!)
  }
  const sequence = sequencerOf(database)
  clock.set(stage.tender.publication.closesAt)
  await attendTender(own, stage.tender)
  await sequence()
  await attendTender(own, stage.tender)
  await sequence()
  clock.set(stage.tender.publication.drawsAfter)
  await attendTender(own, stage.tender)
  await sequence()

  // The example of Osaka prefecture: 377 + 49 + 407 = 833, and 833 divided by 3 leaves 2.
  const shown = await showTender(own, { number: stage.number })
  expect(shown.draw!.order.map(({ label }) => label)).toEqual([names[2], names[0], names[1]])
  expect(shown.prices!.map(({ lot }) => lot).sort()).toEqual(['123', '456', '789'])
  const bundle = await showBundle(own, { number: stage.number })
  expect(bundle.method === 'lowest-price' && 'order' in bundle.steps && bundle.steps.order.map(({ lot }) => lot)).toEqual([407, 377, 49])
  expect(verifyBundle(JSON.stringify(bundle)).faults).toEqual([])
})

test('a number is asked for exactly where the tender says so', async ({ database, context }) => {
  await setPeriods(database.owner, PERIODS)
  const make = contextsOf(context)
  const [numbered, plain] = [await aTender(database, make, { method: 'average-price', tie: 'electronic-lot' }), await aTender(database, make, { method: 'average-price' })]
  const bid = { quote: { kind: 'money', fen: FEN }, contribution: '' } as const
  const [one, other] = [make(await offering(database.owner, numbered.listing)), make(await offering(database.owner, plain.listing))]
  expect(await codeOf(sealBidAtDoor(one, { number: numbered.number, ...bid }))).toBe('lots.needed')
  expect(await codeOf(sealBidAtDoor(other, { number: plain.number, ...bid, lot: '042' }))).toBe('lots.not-asked')
  const typed = { bid: newId(), price: '30000', envelope: '', contribution: '' }
  expect(await codeOf(submitPrice(one, { number: numbered.number, ...typed, lot: '42' }))).toBe('lots.three-digits')
  expect(await codeOf(submitPrice(one, { number: numbered.number, ...typed, lot: ' ０４２ ' }))).toBeNull()
  // Where none is asked for, what stands in the field is not looked at.
  expect(await codeOf(submitPrice(other, { number: plain.number, ...typed, bid: newId(), lot: 'x' }))).toBeNull()
})

test('the lot is for sealed prices alone; a draft that changes its method goes back to the draw', async ({ database, context }) => {
  const make = contextsOf(context)
  const member = await owner(database.owner)
  const listing = await aListing(database.owner)
  const { code } = await project(database.owner, member)
  const draft = { projectCode: code, listingCode: listing.code, title: '采购公告', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00, tie: 'electronic-lot' } as const
  const { id, tie, version } = await draftTender(make(member), { ...draft, method: 'lowest-price' })
  expect(tie).toBe('electronic-lot')
  expect((await reviseDraft(make(member), { id, version, draft: { ...draft, method: 'random' } })).tie).toBe('draw')
})
