import { expect } from 'vitest'
import { SYSTEM, VISITOR, type Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { answerQuestion } from '#app/domain/tenders/answer-question.server.ts'
import { askQuestion } from '#app/domain/tenders/ask-question.server.ts'
import { discardTender } from '#app/domain/tenders/discard-tender.server.ts'
import { findResults } from '#app/domain/tenders/find-tenders.server.ts'
import { publishAgain } from '#app/domain/tenders/publish-again.server.ts'
import { republishTender } from '#app/domain/tenders/republish-tender.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { findTender, listDueSteps } from '#db/repositories/tenders.ts'
import { test, type TestClock, type TestDatabase } from '#tests/support/database.ts'
import { agency, owner } from '#tests/support/factories.ts'
import { aTender, contextsOf, drawn, offering, sequencerOf, withBidders, type Stage } from '#tests/support/tenders.ts'

const QUESTION = '踏勘现场由谁组织？'
const DECLINE = { reason: 'no-capacity', words: '近期项目过多，无法按期完成。' } as const

const stateOf = async (database: TestDatabase, { tender }: Stage, clock: TestClock) => statusAt((await findTender(database.owner, { id: tender.id }))!, clock.now)
const entriesOf = (database: TestDatabase, { number }: Stage, kind: string) => database.owner('ledger_entries').where({ subject: number, kind }).orderBy('ordinal')
const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

/** The members in the drawn order. */
async function ordered(database: TestDatabase, { tender }: Stage, members: readonly Member[]): Promise<Member[]> {
  const places = await database.owner('draw_positions').join('bids', 'bids.id', 'draw_positions.bid_id').where('draw_positions.tender_id', tender.id).orderBy('place').pluck('agency_id')
  return places.map((id) => members.find(({ organisationId }) => organisationId === id)!)
}

test('a question is public and its asker is not: the ledger has a salted hash alone', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const asker = await agency(database.owner)
  const { id } = await askQuestion(make(asker), { number: stage.number, question: QUESTION })
  const [entry] = await entriesOf(database, stage, 'question.asked')
  expect(JSON.parse(entry.body).facts).toMatchObject({ question: id, asker: { concealed: expect.stringMatching(/^[0-9a-f]{64}$/) } })
  const event = await database.owner('outbox').where({ subject: stage.number, type: 'marketplace.tender.question-asked.v1' }).first()
  const shown = await showTender({ ...make(asker), actor: VISITOR }, { number: stage.number })
  expect(shown.questions).toMatchObject([{ words: QUESTION, answers: [] }])
  for (const seen of [entry.body, JSON.stringify(event), JSON.stringify(shown), JSON.stringify(await showTender(make(stage.owner), { number: stage.number }))]) {
    for (const name of [asker.uscc!, asker.organisationName, asker.organisationId, asker.accountId]) expect(seen).not.toContain(name)
  }
  expect((await showTender(make(asker), { number: stage.number })).questionsLeft).toBe(4)
  expect(shown.questionsLeft).toBeNull()
})

test('who may ask and who may answer', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const ask = (who: Parameters<typeof askQuestion>[0]) => askQuestion(who, { number: stage.number, question: QUESTION })
  await expect(ask({ ...make(stage.owner), actor: VISITOR })).rejects.toMatchObject({ kind: 'unauthenticated' })
  await expect(ask(make(stage.owner))).rejects.toMatchObject({ kind: 'forbidden' })
  const asker = await agency(database.owner)
  await expect(askQuestion(make(asker), { number: 'MD-220100-2026-999999', question: QUESTION })).rejects.toMatchObject({ kind: 'missing' })
  const { id } = await ask(make(asker))
  const answer = (who: Member, question = id, number = stage.number) => answerQuestion(make(who), { number, id: question, answer: '由业主组织。' })
  await expect(answer(await owner(database.owner))).rejects.toMatchObject({ kind: 'forbidden', code: 'life.not-your-tender' })
  await expect(answer(asker)).rejects.toMatchObject({ kind: 'forbidden', code: 'accounts.not-allowed' })
  const other = await aTender(database, make)
  await expect(answer(other.owner, id, other.number)).rejects.toMatchObject({ code: 'life.no-such-question' })
  await expect(answer(stage.owner, 'not-an-id')).rejects.toMatchObject({ code: 'life.no-such-question' })
  expect(await answer({ ...stage.owner, duty: 'delegate' })).toEqual({ revision: 1 })
})

test('a question is late by a millisecond, and an agency asks as often as the published rules say, also in parallel', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const [one, other] = [await agency(database.owner), await agency(database.owner)]
  const outcomes = await Promise.all(Array.from({ length: 8 }, (_, n) => codeOf(askQuestion(make(one), { number: stage.number, question: `${QUESTION}${n}` }))))
  expect(outcomes.filter((code) => code === null)).toHaveLength(5)
  expect(new Set(outcomes)).toEqual(new Set([null, 'life.too-many-questions']))
  const { questionsUntil, closesAt } = stage.tender.publication
  expect(closesAt.getTime() - questionsUntil!.getTime()).toBe(2 * 86_400_000)
  clock.set(new Date(questionsUntil!.getTime() - 1))
  await askQuestion(make(other), { number: stage.number, question: QUESTION })
  clock.advance(1)
  expect(await codeOf(askQuestion(make(other), { number: stage.number, question: `${QUESTION}晚了` }))).toBe('life.questions-closed')
  clock.set(closesAt)
  expect(await codeOf(askQuestion(make(other), { number: stage.number, question: `${QUESTION}晚了` }))).toBe('tenders.closed')
})

test('while a question is open the tender does not close; answered, it closes, late and said to be late', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 2)
  const asker = await agency(database.owner)
  const { id, answerBy } = await askQuestion(make(asker), { number: stage.number, question: QUESTION })
  const attend = () => attendTender({ ...make(stage.owner), actor: SYSTEM }, { id: stage.tender.id })
  clock.set(new Date(Math.max(answerBy.getTime(), stage.tender.publication.closesAt.getTime()) + 1))
  await Promise.all(Array.from({ length: 5 }, attend))
  expect(await stateOf(database, stage, clock)).toBe('closing')
  expect((await listDueSteps(database.app, clock.now, 1000)).filter((due) => due.id === stage.tender.id)).toEqual([])
  expect((await showTender({ ...make(asker), actor: VISITOR }, { number: stage.number })).tender.openQuestions).toBe(1)
  expect(await answerQuestion(make(stage.owner), { number: stage.number, id, answer: '由业主组织。' })).toEqual({ revision: 1 })
  expect(JSON.parse((await entriesOf(database, stage, 'question.answered'))[0].body).facts).toMatchObject({ question: id, revision: 1, late: true })
  // After the deadline a first answer was owed; a correction would serve nobody any more.
  expect(await codeOf(answerQuestion(make(stage.owner), { number: stage.number, id, answer: '更正。' }))).toBe('life.answers-closed')
  expect(await attend()).toEqual({ steps: ['close', 'freeze'] })
})

test('an answer is corrected with both shown, and two at once are an answer and its correction', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const { id } = await askQuestion(make(await agency(database.owner)), { number: stage.number, question: QUESTION })
  const answers = await Promise.all(['一', '二'].map((answer) => answerQuestion(make(stage.owner), { number: stage.number, id, answer: `由业主组织${answer}` })))
  expect(answers.map(({ revision }) => revision).sort()).toEqual([1, 2])
  for (const answer of ['第三', '第四']) await answerQuestion(make(stage.owner), { number: stage.number, id, answer })
  expect(await codeOf(answerQuestion(make(stage.owner), { number: stage.number, id, answer: '第五' }))).toBe('life.too-many-corrections')
  const [question] = (await showTender(context(), { number: stage.number })).questions
  expect(question!.answers).toHaveLength(4)
  expect(question!.answers.at(-1)!.words).toBe('第四')
  expect(await entriesOf(database, stage, 'question.corrected')).toHaveLength(3)
})

test('a form sent twice is one question, and one answer without a correction', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const asker = await agency(database.owner)
  const asked = await Promise.all([1, 2].map(() => askQuestion(make(asker), { number: stage.number, question: QUESTION })))
  expect(asked[0]).toEqual(asked[1])
  const answered = await Promise.all([1, 2].map(() => answerQuestion(make(stage.owner), { number: stage.number, id: asked[0]!.id, answer: '由业主组织。' })))
  expect(answered).toEqual([{ revision: 1 }, { revision: 1 }])
  expect((await entriesOf(database, stage, 'question.asked')).length + (await entriesOf(database, stage, 'question.answered')).length).toBe(2)
  expect(await entriesOf(database, stage, 'question.corrected')).toEqual([])
  // Once it is answered, the same words are asked for a better answer.
  expect((await askQuestion(make(asker), { number: stage.number, question: QUESTION })).id).not.toBe(asked[0]!.id)
})

test('an award binds by date alone, and its last day on a holiday has moved on', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 3)
  await drawn(database, make, clock, stage)
  const tender = (await findTender(database.owner, { id: stage.tender.id }))!
  // Thursday 26 November and three days: Sunday, which moves to Monday's midnight; two working days to decline end there as well.
  expect([tender.publicityEndsAt!.toISOString(), tender.declineUntil!.toISOString()]).toEqual(['2026-11-30T16:00:00.000Z', '2026-11-30T16:00:00.000Z'])
  expect(await stateOf(database, stage, clock)).toBe('publicity')
  expect((await findResults(context(), { state: 'publicity' })).tenders.some((line) => line.tender.id === stage.tender.id)).toBe(true)
  clock.set(new Date(tender.publicityEndsAt!.getTime() - 1))
  expect(await stateOf(database, stage, clock)).toBe('publicity')
  clock.advance(1)
  expect(await stateOf(database, stage, clock)).toBe('awarded')
  expect((await findResults(context(), { state: 'awarded' })).tenders.some((line) => line.tender.id === stage.tender.id)).toBe(true)
  expect((await findResults(context(), { state: 'publicity' })).tenders.some((line) => line.tender.id === stage.tender.id)).toBe(false)
})

test('who declines makes way for the next of the order without a new draw; two tabs decline once', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const members = await withBidders(database, make, stage, 3)
  await drawn(database, make, clock, stage)
  await sequencerOf(database)()
  const bundle = JSON.stringify(await showBundle(make(stage.owner), { number: stage.number }))
  const order = await ordered(database, stage, members)
  const decline = (who: Member) => declineAward(make(who), { number: stage.number, ...DECLINE })
  await expect(decline(order[1]!)).rejects.toMatchObject({ kind: 'forbidden', code: 'life.not-the-winner' })
  await expect(decline(stage.owner)).rejects.toMatchObject({ kind: 'forbidden', code: 'accounts.not-allowed' })
  expect((await showTender(make(order[0]!), { number: stage.number })).isWinner).toBe(true)
  clock.advance(3_600_000)
  const tabs = await Promise.all([codeOf(decline(order[0]!)), codeOf(decline(order[0]!)), codeOf(decline(order[0]!))])
  expect(tabs.filter((code) => code === null)).toHaveLength(1)
  expect(new Set(tabs)).toEqual(new Set([null, 'life.already-declined']))

  const shown = await showTender(make(order[1]!), { number: stage.number })
  expect(shown).toMatchObject({ state: 'publicity', isWinner: true, awards: [{ place: 1, declined: DECLINE }, { place: 2, declined: null, label: order[1]!.uscc }] })
  expect(shown.draw!.order.map(({ outcome }) => outcome)).toEqual(['declined', 'awarded', 'reserve'])
  expect(await entriesOf(database, stage, 'award.declined')).toHaveLength(1)
  expect(await entriesOf(database, stage, 'award.made')).toHaveLength(2)
  expect(await database.owner('draws').where({ tender_id: stage.tender.id })).toHaveLength(1)
  const { ledger: _now, ...same } = await showBundle(make(stage.owner), { number: stage.number })
  expect(same).toEqual((({ ledger: _then, ...rest }) => rest)(JSON.parse(bundle)))
  const event = await database.owner('outbox').where({ subject: stage.number, type: 'marketplace.tender.awarded.v1' }).orderBy('id', 'desc').first()
  expect(event.data).toMatchObject({ tender: stage.number, agency: order[1]!.uscc, place: 2 })

  // The next of the order is not eligible any more by the time it would move up, and is passed over.
  await database.owner('agencies').where({ organisation_id: order[2]!.organisationId }).update({ expelled_at: clock.now })
  const failed = await decline(order[1]!)
  expect(failed.awardedAt).toBeNull()
  expect(await stateOf(database, stage, clock)).toBe('failed')
  expect(JSON.parse((await entriesOf(database, stage, 'tender.failed'))[0].body).facts).toMatchObject({ outcome: 'all-declined', passedOver: 1 })
  expect((await showTender(context(), { number: stage.number })).draw!.order.map(({ outcome }) => outcome)).toEqual(['declined', 'declined', 'passed-over'])
  expect(await codeOf(decline(order[1]!))).toBe('life.already-declined')
})

test('to decline is late by a millisecond, and what binds is never declined', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const members = await withBidders(database, make, stage, 2)
  await drawn(database, make, clock, stage)
  const [winner] = await ordered(database, stage, members)
  const { declineUntil } = (await findTender(database.owner, { id: stage.tender.id }))!
  clock.set(declineUntil!)
  await expect(declineAward(make(winner!), { number: stage.number, ...DECLINE })).rejects.toMatchObject({ kind: 'conflict', code: 'life.decline-late' })
  expect(await database.owner('award_declines').join('awards', 'awards.bid_id', 'award_declines.bid_id').where({ tender_id: stage.tender.id })).toHaveLength(0)
})

test('a failed tender is published again in one act, once, whatever was clicked at the same moment', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const again = () => publishAgain(make(stage.owner), { number: stage.number })
  expect(await codeOf(again())).toBe('tenders.not-failed')
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  await expect(publishAgain(make(await owner(database.owner)), { number: stage.number })).rejects.toMatchObject({ kind: 'missing' })
  await expect(publishAgain(make({ ...stage.owner, duty: 'delegate' }), { number: stage.number })).rejects.toMatchObject({ kind: 'forbidden' })
  const draft = await republishTender(make(stage.owner), { id: stage.tender.id })
  expect(await codeOf(again())).toBe('life.republished-already')
  await discardTender(make(stage.owner), { id: draft.id })
  const clicks = await Promise.all([codeOf(again()), codeOf(again()), codeOf(republishTender(make(stage.owner), { id: stage.tender.id }))])
  expect(clicks.filter((code) => code === null)).toHaveLength(1)
  expect(new Set(clicks)).toEqual(new Set([null, 'life.republished-already']))
  expect(await database.owner('tenders').where({ republishes_id: stage.tender.id, discarded_at: null })).toHaveLength(1)
})

test('what the clearance refuses leaves no draft behind', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  await database.owner('listings').where({ id: stage.listing.id }).update({ in_force_until: '2026-11-21' })
  expect(await codeOf(publishAgain(make(stage.owner), { number: stage.number }))).toBe('tenders.no-such-listing')
  expect(await database.owner('tenders').where({ republishes_id: stage.tender.id })).toHaveLength(0)
  expect((await showTender(make(await offering(database.owner, stage.listing)), { number: stage.number })).republishedDraft).toBeNull()
})
