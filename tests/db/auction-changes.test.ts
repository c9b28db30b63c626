import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { placeQuote } from '#app/domain/bids/place-quote.server.ts'
import { showAuction, watchAuction } from '#app/domain/bids/show-auction.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { liftSuspension } from '#app/domain/tenders/resume-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { findTender, listDueSteps } from '#db/repositories/tenders.ts'
import { begun } from '#tests/support/auction-stage.ts'
import { test, testApart } from '#tests/support/database.ts'
import { regulator } from '#tests/support/factories.ts'
import { contextsOf, sequencerOf } from '#tests/support/tenders.ts'
import { verifyAtOnce } from '../../bin/verify/at-once.ts'

const REASON = '图纸有更新，须一并考虑。'
const later = (at: Date, ms: number) => new Date(at.getTime() + ms)
const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

test('the rounds of an auction move with its deadline, and anybody counts them again from the moved dates', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, members, startsAt, endsAt } = await begun(database, make, clock, 2, ({ number, owner }) => extendTender(make(owner), { number, by: { n: 90, unit: 's' }, reason: REASON }))
  const { number } = stage
  expect(startsAt).toEqual(later(stage.tender.publication.closesAt, 150_000))
  for (const [place, member] of members.entries()) await placeQuote(make(member), { number, id: randomUUID(), amountFen: (40_000 + place * 1000) * 100 })
  clock.set(endsAt)
  await sequencerOf(database)()
  await attendTender(make(stage.owner), stage.tender)
  await sequencerOf(database)()
  clock.set((await findTender(database.owner, stage.tender))!.opening!.decidesAfter)
  await attendTender(make(stage.owner), stage.tender)
  await sequencerOf(database)()
  const bundle = await showBundle(make(stage.owner), { number })
  expect([bundle.winner, bundle.moves?.length]).toEqual([members[0]!.uscc, 1])
  expect(verifyAtOnce({ bundle: JSON.stringify(bundle) }).faults).toEqual([])
  const unmoved = JSON.parse(JSON.stringify(bundle)) as { freeze: { facts: { draw: { moved?: unknown } } } }
  delete unmoved.freeze.facts.draw.moved
  expect(verifyAtOnce({ bundle: JSON.stringify(unmoved) }).faults).not.toEqual([])
})

test('the regulator holds an auction before its freeze and after its end, but never its rounds', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const office = await regulator(database.owner)
  const hold = (number: string) => suspendTender(make(office), { number, lasting: { n: 5, unit: 'd' }, reason: REASON, basis: '政府采购法第五十七条' })
  const lift = (number: string) => liftSuspension(make(office), { number, reason: REASON })
  const { stage, members, startsAt, endsAt } = await begun(database, make, clock, 2, async ({ number, tender }) => {
    clock.set(later(tender.publication.closesAt, -10_000))
    await hold(number)
    expect(await showAuction(make(office), { number })).toMatchObject({ ended: false, stopped: 'suspended', now: { phase: 'before' } })
    clock.set(later(tender.publication.closesAt, 20_000))
    await lift(number)
  })
  const { number } = stage
  // Thirty seconds were lost for bidding, and the rounds moved by them with the deadline.
  expect(startsAt).toEqual(later(stage.tender.publication.closesAt, 90_000))
  expect(await codeOf(hold(number))).toBe('changes.suspend-auction')
  for (const [place, member] of members.entries()) await placeQuote(make(member), { number, id: randomUUID(), amountFen: (40_000 + place * 1000) * 100 })
  clock.set(endsAt)
  expect(await codeOf(hold(number))).toBe('changes.suspend-auction')
  await attendTender(make(stage.owner), stage.tender)
  await hold(number)
  expect(await showAuction(make(office), { number })).toMatchObject({ ended: true, stopped: 'suspended' })
  clock.set(later(endsAt, 600_000))
  expect(await attendTender(make(stage.owner), stage.tender)).toEqual({ steps: [] })
  await lift(number)
  await sequencerOf(database)()
  await attendTender(make(stage.owner), stage.tender)
  expect(statusAt((await findTender(database.owner, stage.tender))!, clock.now)).toBe('publicity')
})

test('an owner ends an auction while it runs: no quote is taken, no round ends, and nobody is named', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, members, endsAt } = await begun(database, make, clock, 2)
  const { number, owner, tender } = stage
  const [one, two] = members
  const id = randomUUID()
  const first = await placeQuote(make(one!), { number, id, amountFen: 45_000_00 })
  await cancelTender(make(owner), { number, reason: REASON })
  expect((await placeQuote(make(one!), { number, id, amountFen: 45_000_00 })).receipt).toBe(first.receipt)
  expect(await codeOf(placeQuote(make(two!), { number, id: randomUUID(), amountFen: 40_000_00 }))).toBe('changes.cancelled')
  expect(await showAuction(make(two!), { number })).toMatchObject({ ended: true, stopped: 'cancelled', now: { phase: 'over' } })
  expect(await watchAuction(context(), tender.id)).toMatchObject({ ended: true })
  clock.set(later(endsAt, 3_600_000))
  expect(await listDueSteps(database.owner, clock.now, 1000)).not.toContainEqual(expect.objectContaining({ id: tender.id }))
  expect(await attendTender(make(owner), tender)).toEqual({ steps: [] })
  const seen = await showTender(make(owner), { number })
  expect(seen.state).toBe('cancelled')
  for (const { uscc } of members) expect(JSON.stringify(seen)).not.toContain(uscc!)
})

test('after the last round nobody cancels the result away: it is ended and ranked, and only nobody is awarded', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, members, endsAt } = await begun(database, make, clock, 2)
  const { number, owner, tender } = stage
  for (const [place, member] of members.entries()) await placeQuote(make(member), { number, id: randomUUID(), amountFen: (40_000 + place * 1000) * 100 })
  clock.set(endsAt)
  expect((await cancelTender(make(owner), { number, reason: REASON })).cancellation).toMatchObject({ afterValue: true })
  await attendTender(make(owner), tender)
  await sequencerOf(database)()
  clock.set((await findTender(database.owner, tender))!.opening!.decidesAfter)
  await attendTender(make(owner), tender)
  const result = await showTender(make(owner), { number })
  expect([result.state, result.draw!.order.map(({ label }) => label), result.awards]).toEqual(['cancelled', members.map(({ uscc }) => uscc), []])
})

testApart('a regulator reads of two bidders with one hand once the auction is over, and not while it runs', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const office = await regulator(database.owner)
  const { stage, members, endsAt } = await begun(database, make, clock, 3)
  await database.owner('bids').where({ tender_id: stage.tender.id }).whereIn('agency_id', members.slice(0, 2).map(({ organisationId }) => organisationId)).update({ submitted_by: members[0]!.accountId })
  const leads = async () => (await findLeads(make(office), { kind: 'bids-one-hand' })).items.map(({ subject }) => subject)
  expect(await leads()).toEqual([])
  clock.set(endsAt)
  await attendTender(make(stage.owner), stage.tender)
  expect(await leads()).toEqual([stage.number])
})
