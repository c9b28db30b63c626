import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { answerObjection } from '#app/domain/awards/answer-objection.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { objectToAward } from '#app/domain/awards/object-to-award.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { showAgencyDesk } from '#app/domain/desks/show-agency-desk.server.ts'
import { showOwnerDesk } from '#app/domain/desks/show-owner-desk.server.ts'
import { approveOutage } from '#app/domain/oversight/approve-outage.server.ts'
import { proposeOutage } from '#app/domain/oversight/propose-outage.server.ts'
import { showOperation } from '#app/domain/oversight/show-operation.server.ts'
import { showRegulatorDesk } from '#app/domain/oversight/show-regulator-desk.server.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { correctTender } from '#app/domain/tenders/correct-tender.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { liftSuspension } from '#app/domain/tenders/resume-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { testApart as test } from '#tests/support/database.ts'
import { operator, regulator } from '#tests/support/factories.ts'
import { as, deliverAll, kindsOf as toldTo } from '#tests/support/inbox.ts'
import { aTender, contextsOf, drawn, offering, withBidders } from '#tests/support/tenders.ts'

const REASON = '图纸有更新，须一并考虑。'
const HOLD = { lasting: { n: 5, unit: 'd' as const }, reason: REASON, basis: '政府采购法第五十七条' }
const kindsOf = ({ today }: { today: { kind: string }[] }) => today.map(({ kind }) => kind)
/** What the machinery owes while no worker runs is not what these tests are about. */
const asked = ({ today }: { today: { kind: string }[] }) => kindsOf({ today }).filter((kind) => kind.startsWith('outage-'))

test('a bid of before a correction may be replaced, one of after knew; a later deadline and a hold stand on the desk as well', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const { number, tender } = stage
  const [bidder] = (await withBidders(database, make, stage, 2)) as [Member, Member]
  const [follower, office, elsewhere] = [await offering(database.owner, stage.listing), await regulator(database.owner), await regulator(database.owner, { divisionCode: '220200' })]
  const desk = async () => (await showAgencyDesk(make(bidder))).today
  clock.advance(1000)
  await extendTender(make(stage.owner), { number, by: { n: 1, unit: 'd' }, reason: REASON })
  expect(await desk()).toMatchObject([{ kind: 'bid-extended', subject: number }])
  await correctTender(make(stage.owner), { number, reason: REASON, requirements: '按规范完成，成果三份。', deliverables: '', contact: '', serviceDays: 10 })
  const until = (await desk())[0]!.until!
  expect(await desk()).toMatchObject([{ kind: 'bid-corrected' }])
  expect(until > tender.publication.closesAt).toBe(true)
  clock.advance(1000)
  await submitBid(make(bidder), { number, contribution: '' })
  expect(kindsOf({ today: await desk() })).toEqual(['bid-standing'])

  await deliverAll(make(bidder))
  const suspendedAt = clock.now
  await suspendTender(make(office), { number, ...HOLD })
  const { until: latest } = (await findTender(database.owner, { id: tender.id }))!.suspension!
  for (const { today } of [await showAgencyDesk(make(bidder)), await showOwnerDesk(make(stage.owner)), await showRegulatorDesk(make(office))]) expect(today).toMatchObject([{ subject: number, since: suspendedAt, until: latest }])
  expect(kindsOf(await showRegulatorDesk(make(office)))).toEqual(['tender-held'])
  expect(kindsOf(await showRegulatorDesk(make(elsewhere)))).toEqual([])
  expect(kindsOf(await showAgencyDesk(make(follower)))).toEqual([])
  // Past its deadline it is held and not overdue: the clockwork has nothing to do.
  clock.set(latest)
  expect((await showOperation(make(await operator(database.owner)))).overdueTenders).toBe(0)
  await attendTender(make(stage.owner), { id: tender.id })
  await cancelTender(make(stage.owner), { number, reason: REASON })
  expect(kindsOf(await showRegulatorDesk(make(office)))).toEqual([])
  await deliverAll(make(bidder))
  expect((await toldTo(as(make, bidder))).slice(0, 3)).toEqual(['tender-cancelled', 'tender-resumed', 'tender-suspended'])
  expect((await toldTo(as(make, follower))).slice(0, 3)).toEqual(['tender-cancelled', 'tender-resumed', 'tender-suspended'])
  expect((await toldTo(as(make, stage.owner))).slice(0, 2)).toEqual(['tender-resumed', 'tender-suspended'])
  expect(await toldTo(as(make, office))).toEqual(['hold-ended'])
  clock.advance(60 * 86_400_000)
  expect((await showOperation(make(await operator(database.owner)))).overdueTenders).toBe(0)
})

test('a hold that the regulator lifts itself is no news to it; once nobody can bid any more only bidders hear', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 2)
  const [follower, office] = [await offering(database.owner, stage.listing), await regulator(database.owner)]
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  await suspendTender(make(office), { number: stage.number, ...HOLD })
  await liftSuspension(make(office), { number: stage.number, reason: '核查完毕，未发现问题。' })
  await deliverAll(make(office))
  expect(await toldTo(as(make, office))).toEqual([])
  expect(await toldTo(as(make, follower))).not.toContain('tender-suspended')
})

test('an objection stands with its clock on the desks of who objects, who must answer and who won, and on the regulator’s once it is late', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const members = (await withBidders(database, make, stage, 3)) as [Member, Member, Member]
  const office = await regulator(database.owner)
  const { number } = stage
  await drawn(database, make, clock, stage)
  const award = await database.owner('standing_awards').where({ tender_id: stage.tender.id }).first()
  const winnerId = (await database.owner('bids').where({ id: award.bid_id }).first()).agency_id
  const winner = members.find(({ organisationId }) => organisationId === winnerId)!
  const objector = members.find(({ organisationId }) => organisationId !== winnerId)!
  const objection = await objectToAward(make(objector), { number, words: '中选机构的业绩材料与公告要求不符，请核实。' })
  expect((await showAgencyDesk(make(objector))).today).toMatchObject([{ kind: 'objection-waiting', subject: number, until: objection.answerBy }])
  expect((await showOwnerDesk(make(stage.owner))).today).toMatchObject([{ kind: 'objection-to-answer', until: objection.answerBy, count: 1 }])
  expect(kindsOf(await showAgencyDesk(make(winner)))).toEqual(['award-to-decline'])
  expect(kindsOf(await showRegulatorDesk(make(office)))).toEqual([])

  // However old the award, what waits for an answer stays on the desk.
  clock.set(new Date(award.publicity_ends_at.getTime() + 70 * 86_400_000))
  expect((await showRegulatorDesk(make(office))).today).toMatchObject([{ kind: 'objection-overdue', subject: number, left: { unit: 'late' } }])
  expect((await showOwnerDesk(make(stage.owner))).today).toMatchObject([{ kind: 'objection-to-answer', left: { unit: 'late' } }])
  expect((await showAgencyDesk(make(winner))).today).toMatchObject([{ kind: 'award-objected', until: objection.answerBy }])
  const { complaintUntil } = await answerObjection(make(stage.owner), { number, id: objection.id, answer: '经核实，业绩材料齐全，符合公告要求。' })
  expect((await showAgencyDesk(make(objector))).today).toMatchObject([{ kind: 'objection-answered', until: complaintUntil }])
  expect(kindsOf(await showRegulatorDesk(make(office)))).toEqual([])
  clock.set(complaintUntil)
  expect(kindsOf(await showAgencyDesk(make(objector)))).toEqual([])
  await deliverAll(make(office))
  expect(await toldTo(as(make, office))).toEqual(['answer-to-objection', 'objection-raised'])
})

test('an outage waits on the desk of every operator of its division; who proposed it only waits', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const [one, two, far] = [await operator(database.owner), await operator(database.owner), await operator(database.owner, { divisionCode: '220200' })]
  const gap = { from: new Date(clock.now.getTime() - 60_000), until: new Date(clock.now.getTime() - 30_000) }
  const { id } = await proposeOutage(make(one), { gap, reason: '运营商线路中断，外部无法访问。' })
  expect([asked(await showOperation(make(one))), asked(await showOperation(make(two))), asked(await showOperation(make(far)))]).toEqual([['outage-proposed'], ['outage-to-approve'], []])
  await approveOutage(make(two), { id })
  expect([asked(await showOperation(make(one))), asked(await showOperation(make(two)))]).toEqual([[], []])
  await deliverAll(make(one))
  for (const member of [one, two]) expect(await toldTo(as(make, member))).toEqual(['outage-approved', 'outage-to-approve'])
  expect(await toldTo(as(make, far))).toEqual([])
})
