import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { showOwnerDesk } from '#app/domain/desks/show-owner-desk.server.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { showRegulatorDesk } from '#app/domain/oversight/show-regulator-desk.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { liftSuspension } from '#app/domain/tenders/resume-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { tellOverdue } from '#app/domain/tenders/tell-overdue.server.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { listUntoldOverdue } from '#db/views/overdue-results.ts'
import { setPolicy } from '#tests/support/beacons.ts'
import { testApart as test } from '#tests/support/database.ts'
import { regulator } from '#tests/support/factories.ts'
import { as, deliverAll } from '#tests/support/inbox.ts'
import { aTender, contextsOf, offering, sequencerOf, setPeriods } from '#tests/support/tenders.ts'

const HOUR = 3_600_000
const PERIODS = { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, scoring: { n: 300, unit: 's' } } as const

test('a selection by merit whose owner names no judges is heard of once its result is overdue, by owner and regulator, once', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  await setPeriods(database.owner, PERIODS)
  const stage = await aTender(database, make, { method: 'merit', categoryCode: '0404' })
  const { owner, number, tender } = stage
  const office = await regulator(database.owner)
  for (const fen of [30_000_00, 31_000_00]) await sealBidAtDoor(make(await offering(database.owner, stage.listing)), { number, quote: { kind: 'money', fen }, plan: '三阶段方案', contribution: '' })
  clock.set(tender.publication.closesAt)
  await attendTender(make(owner), tender)
  await sequencerOf(database)()
  await deliverAll(make(owner))
  const system = make(owner)
  const kinds = async (member: Member) => (await findMessages(as(make, member), {})).messages.map(({ kind }) => kind).filter((kind) => kind.endsWith('overdue'))
  const leads = async () => (await findLeads(make(office), { kind: 'result-overdue' })).items
  const desks = async () => [(await showOwnerDesk(make(owner))).today, (await showRegulatorDesk(make(office))).today].map((today) => today.filter(({ kind }) => kind === 'result-overdue').length)
  const untold = async () => (await listUntoldOverdue(database.app, clock.now, 50)).map((each) => each.id)
  const announceBy = async () => (await findTender(database.owner, { id: tender.id }))!.publication!.announceBy!

  // A hold moves the day on; and while it lasts nothing is overdue.
  const published = await announceBy()
  await suspendTender(make(office), { number, lasting: { n: 10, unit: 'd' }, reason: '收到线索，需要核查。', basis: '政府采购法第五十七条' })
  clock.set(new Date(published.getTime() + HOUR))
  expect([await untold(), await leads(), await desks(), await tellOverdue(system, tender)]).toEqual([[], [], [0, 0], false])
  const lost = clock.now.getTime() - tender.publication.closesAt.getTime()
  await liftSuspension(make(office), { number, reason: '核查完毕，未发现问题。' })
  expect((await announceBy()).getTime()).toBe(published.getTime() + lost)

  clock.set(new Date(published.getTime() + lost - 1))
  expect([await untold(), await leads(), await desks(), await tellOverdue(system, tender)]).toEqual([[], [], [0, 0], false])
  clock.advance(1)
  expect(await untold()).toEqual([tender.id])
  expect(await desks()).toEqual([1, 1])
  expect(await leads()).toMatchObject([{ subject: number, left: { unit: 'late' }, params: { cause: 'judges' } }])
  expect(await Promise.all([tellOverdue(system, tender), tellOverdue(system, tender)]).then((told) => told.filter(Boolean))).toEqual([true])
  expect(await untold()).toEqual([])
  await deliverAll(make(owner))
  expect([await kinds(owner), await kinds(office)]).toEqual([['own-result-overdue'], ['result-overdue']])
  // Who sees it at the desk may open a file of it.
  expect((await findMessages(as(make, office), {})).messages[0]).toMatchObject({ subject: number, params: { announceBy: (await announceBy()).toISOString() } })
})

test('what waits for a value from outside is not overdue, and a deadline that moves takes the day along', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  await setPeriods(database.owner, PERIODS)
  await setPolicy(database.owner, { drawSource: 'lottery' })
  const stage = await aTender(database, make)
  const { publication } = stage.tender
  for (let bids = 0; bids < 2; bids++) await submitBid(make(await offering(database.owner, stage.listing)), { number: stage.number, contribution: '' })
  await extendTender(make(stage.owner), { number: stage.number, by: { n: 2, unit: 'd' }, reason: '图纸有更新，须一并考虑。' })
  const moved = (await findTender(database.owner, { id: stage.tender.id }))!.publication!
  expect(moved.announceBy!.getTime()).toBeGreaterThan(publication.announceBy!.getTime())
  clock.set(moved.closesAt)
  await attendTender(make(stage.owner), stage.tender)
  await sequencerOf(database)()
  clock.set(new Date(moved.announceBy!.getTime() + HOUR))
  expect(moved.drawSource).toBe('lottery')
  expect([await listUntoldOverdue(database.app, clock.now, 50), await tellOverdue(make(stage.owner), stage.tender)]).toEqual([[], false])
})
