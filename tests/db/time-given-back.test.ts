import { expect } from 'vitest'
import { VISITOR, type Member } from '#app/domain/accounts/actor.ts'
import { answerObjection } from '#app/domain/awards/answer-objection.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { objectToAward } from '#app/domain/awards/object-to-award.server.ts'
import { tellBinding } from '#app/domain/awards/tell-binding.server.ts'
import { explainQuote } from '#app/domain/bids/explain-quote.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { showAfterAward } from '#app/domain/contracts/show-after-award.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import { liftSuspension } from '#app/domain/tenders/resume-tender.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { listUntoldBindings } from '#db/repositories/awards.ts'
import { findTender, listDueSteps } from '#db/repositories/tenders.ts'
import { codeOf, setPolicy, stateOf } from '#tests/support/beacons.ts'
import { testApart as test } from '#tests/support/database.ts'
import { regulator } from '#tests/support/factories.ts'
import { as, deliverAll } from '#tests/support/inbox.ts'
import { aTender, contextsOf, drawn, offering, sequencerOf, setPeriods, withBidders } from '#tests/support/tenders.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'

const REASON = '图纸有更新，须一并考虑。'
const HOUR = 3_600_000

const holdOf = (number: string) => ({ number, lasting: { n: 10, unit: 'd' as const }, reason: REASON, basis: '政府采购法第五十七条' })
const WORDS = '名单里有一家机构不应当参加，请核实。'

test('a hold in the publicity takes nobody the right to object or to decline, and what an owner had to answer waits as long', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, publicity: { n: 20, unit: 'h' }, decline: { n: 10, unit: 'h' } })
  await setPolicy(database.owner, { objectionAnswer: { n: 30, unit: 'h' } })
  const stage = await aTender(database, make)
  const bidders = await withBidders(database, make, stage, 3)
  const office = await regulator(database.owner)
  await drawn(database, make, clock, stage)
  const before = (await findTender(database.owner, { id: stage.tender.id }))!
  const { agency_id: winnerId } = (await database.owner('standing_awards as award').join('bids', 'bids.id', 'award.bid_id').where({ 'award.tender_id': stage.tender.id }).first('agency_id')) as { agency_id: string }
  const winner = bidders.find(({ organisationId }) => organisationId === winnerId)!
  const other = bidders.find((each) => each !== winner)!
  clock.set(new Date(before.awardedAt!.getTime() + HOUR))
  const objection = await objectToAward(make(other), { number: stage.number, words: WORDS })
  await suspendTender(make(office), holdOf(stage.number))
  await deliverAll(make(stage.owner))
  clock.set(new Date(before.publicityEndsAt!.getTime() + HOUR))
  // Nothing binds meanwhile, whatever its date says.
  expect(await stateOf(database, stage, clock)).toBe('suspended')
  expect([(await listUntoldBindings(database.app, clock.now, 50)).filter(({ id }) => id === stage.tender.id), await tellBinding(make(stage.owner), stage.tender)]).toEqual([[], false])
  expect(await codeOf(objectToAward(make(other), { number: stage.number, words: WORDS }))).toBe('changes.suspended')
  await liftSuspension(make(office), { number: stage.number, reason: '核查完毕，未发现问题。' })
  const lost = 20 * HOUR
  const after = (await findTender(database.owner, { id: stage.tender.id }))!
  const by = (at: Date | null) => new Date(at!.getTime() + lost)
  const given = { declineUntil: by(before.declineUntil), objectionsUntil: by(before.objectionsUntil), publicityEndsAt: by(before.publicityEndsAt) }
  expect(after).toMatchObject({ ...given, awardedAt: before.awardedAt })
  const resumed = (await database.owner('ledger_entries').where({ subject: stage.number, kind: 'tender.resumed' }).first('body')) as { body: string }
  expect(JSON.parse(resumed.body).facts.given).toEqual(Object.fromEntries(Object.entries(given).map(([name, at]) => [name, at.toISOString()])))
  const shown = await showTender({ ...make(stage.owner), actor: VISITOR }, { number: stage.number })
  expect(shown).toMatchObject({ state: 'publicity', awards: [{ declineUntil: expect.stringContaining(given.declineUntil.toISOString().slice(0, 19)) }], objections: [{ id: objection.id }] })
  expect(new Date(shown.objections[0]!.answerBy)).toEqual(by(objection.answerBy))
  // Everybody is told in the clock that is theirs.
  await deliverAll(make(stage.owner))
  const newest = async (member: Member) => (await findMessages(as(make, member), {})).messages[0]
  expect(await newest(winner)).toMatchObject({ kind: 'award-resumed', params: { declineUntil: given.declineUntil.toISOString() } })
  expect(await newest(other)).toMatchObject({ kind: 'result-resumed', params: { publicityEndsAt: given.publicityEndsAt.toISOString() } })
  expect(await newest(stage.owner)).toMatchObject({ kind: 'result-resumed', params: { publicityEndsAt: given.publicityEndsAt.toISOString() } })

  clock.set(new Date(given.publicityEndsAt.getTime() - 1))
  await objectToAward(make(other), { number: stage.number, words: `${WORDS}再次请求核实。` })
  clock.set(new Date(given.declineUntil.getTime() - 1))
  await declineAward(make(winner), { number: stage.number, reason: 'no-capacity', words: '人手不足，无法承接。' })
  // The database itself takes no time away, and gives none where no hold has ended.
  await expect(database.owner('awards').where({ tender_id: stage.tender.id }).update({ publicity_ends_at: before.publicityEndsAt })).rejects.toThrow()
})

test('an award that was objected to binds no earlier than the end of the hold in which its owner answered, and the contract is due from there', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, publicity: { n: 2, unit: 'h' }, decline: { n: 1, unit: 'h' } })
  const stage = await aTender(database, make)
  const bidders = await withBidders(database, make, stage, 2)
  const office = await regulator(database.owner)
  await drawn(database, make, clock, stage)
  const objection = await objectToAward(make(bidders[0]!), { number: stage.number, words: WORDS })
  clock.set(new Date((await findTender(database.owner, { id: stage.tender.id }))!.publicityEndsAt!.getTime() + HOUR))
  await suspendTender(make(office), holdOf(stage.number))
  clock.advance(HOUR)
  await answerObjection(make(stage.owner), { number: stage.number, id: objection.id, answer: '经复核，结果无误。' })
  clock.advance(HOUR)
  expect(await stateOf(database, stage, clock)).toBe('suspended')
  await liftSuspension(make(office), { number: stage.number, reason: REASON })
  expect(await stateOf(database, stage, clock)).toBe('awarded')
  const { award } = await showAfterAward(make(stage.owner), { number: stage.number })
  expect(award!.boundAt).toEqual(clock.now)
})

test('the time to explain a low price stands still in a hold, and the order waits for it, while the value that decides stays the announced one', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, lowQuoteExplanation: { n: 40, unit: 's' } })
  const stage = await aTender(database, make, { method: 'lowest-price' })
  const [low, fair] = [await offering(database.owner, stage.listing), await offering(database.owner, stage.listing)]
  const office = await regulator(database.owner)
  for (const [member, fen] of [[low, 10_000_00], [fair, 40_000_00]] as const) await sealBidAtDoor(make(member), { number: stage.number, quote: { kind: 'money', fen }, contribution: '' })
  clock.advance(60_000)
  await attendTender(make(stage.owner), stage.tender)
  await sequencerOf(database)()
  await attendTender(make(stage.owner), stage.tender)
  await sequencerOf(database)()
  const { decidesAfter } = (await findTender(database.owner, { id: stage.tender.id }))!.opening!
  const explain = () => codeOf(explainQuote(make(low), { number: stage.number, words: '已有同一流域的基础资料，成本只含人工和打印。' }))
  clock.advance(10_000)
  await suspendTender(make(office), holdOf(stage.number))
  clock.advance(2 * HOUR)
  expect(await explain()).toBe('changes.suspended')
  await liftSuspension(make(office), { number: stage.number, reason: REASON })
  const explainUntil = new Date(decidesAfter.getTime() + 2 * HOUR)
  expect((await findTender(database.owner, { id: stage.tender.id }))!.opening).toMatchObject({ decidesAfter, explainUntil })
  await deliverAll(make(stage.owner))
  expect((await findMessages(as(make, low), {})).messages[0]).toMatchObject({ kind: 'price-resumed', params: { explainUntil: explainUntil.toISOString() } })
  clock.set(new Date(explainUntil.getTime() - 1))
  expect(await attendTender(make(stage.owner), stage.tender)).toEqual({ steps: [] })
  expect((await listDueSteps(database.owner, clock.now, 1000)).some(({ id }) => id === stage.tender.id)).toBe(false)
  expect(await explain()).toBeNull()
  clock.set(explainUntil)
  expect(await listDueSteps(database.owner, clock.now, 1000)).toContainEqual(expect.objectContaining({ id: stage.tender.id, step: 'rank', due: explainUntil }))
  await attendTender(make(stage.owner), stage.tender)
  expect(await stateOf(database, stage, clock)).toBe('publicity')
  await sequencerOf(database)()
  expect(verifyBundle(JSON.stringify(await showBundle(make(stage.owner), { number: stage.number }))).faults).toEqual([])
})
