import { expect } from 'vitest'
import { VISITOR, type Member } from '#app/domain/accounts/actor.ts'
import { answerObjection } from '#app/domain/awards/answer-objection.server.ts'
import { objectToAward } from '#app/domain/awards/object-to-award.server.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { test, type TestClock, type TestDatabase } from '#tests/support/database.ts'
import { owner, regulator } from '#tests/support/factories.ts'
import { aTender, contextsOf, drawn, offering, withBidders, type Stage } from '#tests/support/tenders.ts'

const HOUR = 3_600_000
const stateOf = async (database: TestDatabase, { tender }: Stage, clock: TestClock) => statusAt((await findTender(database.owner, { id: tender.id }))!, clock.now)
const entriesOf = (database: TestDatabase, { number }: Stage, kind: string) => database.owner('ledger_entries').where({ subject: number, kind }).orderBy('ordinal')
const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

test('an objection holds the award until it is answered; who objects is known to few, and may complain afterwards', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const members = await withBidders(database, make, stage, 3)
  const words = '中选机构的业绩材料与公告要求不符，请核实。'
  const [objector] = members as [Member]
  const { number } = stage
  expect(await codeOf(objectToAward(make(objector), { number, words }))).toBe('changes.no-result')
  await drawn(database, make, clock, stage)
  const tender = (await findTender(database.owner, { id: stage.tender.id }))!
  expect(await codeOf(objectToAward(make(await offering(database.owner, stage.listing)), { number, words }))).toBe('changes.not-a-bidder')
  expect(await codeOf(objectToAward(make(stage.owner), { number, words }))).toBe('accounts.not-allowed')
  clock.set(new Date(tender.objectionsUntil!.getTime() - 1))
  const objection = await objectToAward(make(objector), { number, words })
  expect((await objectToAward(make(objector), { number, words })).id).toBe(objection.id)
  clock.advance(1)
  expect(await codeOf(objectToAward(make(objector), { number, words: `${words}！` }))).toBe('changes.objection-late')
  clock.set(new Date(tender.publicityEndsAt!.getTime() + 10 * 24 * HOUR))
  expect(await stateOf(database, stage, clock)).toBe('publicity')
  expect(await codeOf(declineAward(make(objector), { number, reason: 'other', words: '试试看能否放弃' }))).toMatch(/^life\./)

  const shownTo = async (actor: Parameters<typeof showTender>[0]['actor']) => (await showTender({ ...make(stage.owner), actor }, { number })).objections[0]!.objector
  const office = await regulator(database.owner)
  expect([await shownTo(VISITOR), await shownTo(members[1]!), await shownTo(objector), await shownTo(stage.owner), await shownTo(office)]).toEqual([null, null, objector.organisationName, objector.organisationName, objector.organisationName])
  const seen = JSON.stringify(await showTender({ ...make(stage.owner), actor: VISITOR }, { number }))
  expect(seen).not.toContain(objector.organisationId)
  const [entry] = await entriesOf(database, stage, 'objection.raised')
  expect(entry.body).not.toContain(objector.uscc)

  const answer = { number, id: objection.id, answer: '经核实，业绩材料齐全，符合公告要求。' }
  expect(await codeOf(answerObjection(make(await owner(database.owner)), answer))).toBe('life.not-your-tender')
  expect(await codeOf(answerObjection(make(stage.owner), { ...answer, id: 'nonsense' }))).toBe('changes.no-such-objection')
  const { complaintUntil } = await answerObjection(make(stage.owner), answer)
  expect(complaintUntil.getTime() - clock.now.getTime()).toBeGreaterThanOrEqual(10 * 24 * HOUR)
  expect(await codeOf(answerObjection(make(stage.owner), answer))).toBeNull()
  expect(await codeOf(answerObjection(make(stage.owner), { ...answer, answer: '另一种说法，不作数。' }))).toBe('changes.answered-already')
  expect(await stateOf(database, stage, clock)).toBe('awarded')
  expect(JSON.parse((await entriesOf(database, stage, 'objection.answered'))[0].body).facts).toMatchObject({ late: true, complaintUntil: complaintUntil.toISOString() })
})

test('a bidder objects as often as the published rules say, also in parallel', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const [objector] = (await withBidders(database, make, stage, 2)) as [Member, Member]
  await drawn(database, make, clock, stage)
  const outcomes = await Promise.all(Array.from({ length: 8 }, (_, n) => codeOf(objectToAward(make(objector), { number: stage.number, words: `对结果有异议，理由之${n}如下所述。` }))))
  expect(outcomes.filter((code) => code === null)).toHaveLength(3)
  expect(new Set(outcomes)).toEqual(new Set([null, 'changes.too-many-objections']))
})
