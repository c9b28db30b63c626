import { expect } from 'vitest'
import { VISITOR, type Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { liftSuspension } from '#app/domain/tenders/resume-tender.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { findTender, listDueSteps } from '#db/repositories/tenders.ts'
import { test, type TestClock, type TestDatabase } from '#tests/support/database.ts'
import { regulator } from '#tests/support/factories.ts'
import { aTender, contextsOf, sequencerOf, withBidders, type Stage } from '#tests/support/tenders.ts'

const REASON = '图纸有更新，须一并考虑。'
const HOUR = 3_600_000
const stateOf = async (database: TestDatabase, { tender }: Stage, clock: TestClock) => statusAt((await findTender(database.owner, { id: tender.id }))!, clock.now)
const datesOf = async (database: TestDatabase, { tender }: Stage) => (await findTender(database.owner, { id: tender.id }))!.publication!
const entriesOf = (database: TestDatabase, { number }: Stage, kind: string) => database.owner('ledger_entries').where({ subject: number, kind }).orderBy('ordinal')
const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

test('while the regulator holds it nothing happens, and time that was lost for bidding is given back', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const [bidder] = (await withBidders(database, make, stage, 2)) as [Member, Member]
  const office = await regulator(database.owner)
  const { closesAt } = stage.tender.publication
  const hold = { number: stage.number, lasting: { n: 5, unit: 'd' as const }, reason: REASON, basis: '政府采购法第五十七条' }
  expect(await codeOf(suspendTender(make(await regulator(database.owner, { divisionCode: '310000' })), hold))).toBe('changes.not-your-area')
  expect(await codeOf(suspendTender(make(stage.owner), hold))).toBe('accounts.not-allowed')
  expect(await codeOf(suspendTender(make(office), { ...hold, lasting: { n: 31, unit: 'd' } }))).toBe('changes.hold-too-long')
  clock.set(new Date(closesAt.getTime() - HOUR))
  await suspendTender(make(office), hold)
  expect(await stateOf(database, stage, clock)).toBe('suspended')
  expect(await codeOf(suspendTender(make(office), hold))).toBe('changes.suspended')
  expect(await codeOf(submitBid(make(bidder), { number: stage.number, contribution: '' }))).toBe('changes.suspended')
  expect(await codeOf(extendTender(make(stage.owner), { number: stage.number, by: { n: 1, unit: 'd' }, reason: REASON }))).toBe('changes.suspended')
  clock.set(new Date(closesAt.getTime() + HOUR))
  expect(await attendTender(make(stage.owner), stage.tender)).toEqual({ steps: [] })
  await liftSuspension(make(office), { number: stage.number, reason: '核查完毕，未发现问题。' })
  expect(await stateOf(database, stage, clock)).toBe('open')
  const moved = (await datesOf(database, stage)).closesAt
  expect(moved).toEqual(new Date(closesAt.getTime() + 2 * HOUR))
  expect(await codeOf(liftSuspension(make(office), { number: stage.number, reason: REASON }))).toBe('changes.not-suspended')

  // Nobody lifts the second one: the clock does, once, however many try.
  await suspendTender(make(office), hold)
  const { until } = (await findTender(database.owner, { id: stage.tender.id }))!.suspension!
  clock.set(until)
  expect(await listDueSteps(database.owner, until, 100)).toContainEqual(expect.objectContaining({ id: stage.tender.id, step: 'resume', due: until }))
  await Promise.all(Array.from({ length: 5 }, () => attendTender(make(stage.owner), stage.tender)))
  expect(await stateOf(database, stage, clock)).toBe('open')
  expect((await entriesOf(database, stage, 'tender.resumed')).map(({ body }) => JSON.parse(body).facts.byDate)).toEqual([false, true])
  const { suspensions } = await showTender({ ...make(stage.owner), actor: VISITOR }, { number: stage.number })
  expect(suspensions).toMatchObject([{ reason: REASON, basis: hold.basis, ended: { byDate: false } }, { ended: { byDate: true } }])
  // What the law allows is allowed once for a tender, however it is divided.
  expect(await codeOf(suspendTender(make(office), { ...hold, lasting: { n: 29, unit: 'd' } }))).toBe('changes.hold-too-long')
})

test('a frozen tender that is held is not drawn, and draws the same afterwards', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 2)
  const office = await regulator(database.owner)
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), stage.tender)
  await sequencerOf(database)()
  await suspendTender(make(office), { number: stage.number, lasting: { n: 2, unit: 'd' }, reason: REASON, basis: '政府采购法第五十七条' })
  clock.set(new Date(stage.tender.publication.drawsAfter.getTime() + HOUR))
  expect(await attendTender(make(stage.owner), stage.tender)).toEqual({ steps: [] })
  await liftSuspension(make(office), { number: stage.number, reason: REASON })
  expect(await datesOf(database, stage)).toMatchObject({ closesAt: stage.tender.publication.closesAt, drawsAfter: stage.tender.publication.drawsAfter })
  await attendTender(make(stage.owner), stage.tender)
  expect(await stateOf(database, stage, clock)).toBe('publicity')
})
