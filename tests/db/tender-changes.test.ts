import { expect } from 'vitest'
import { VISITOR, type Member } from '#app/domain/accounts/actor.ts'
import { answerObjection } from '#app/domain/awards/answer-objection.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { objectToAward } from '#app/domain/awards/object-to-award.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { correctTender } from '#app/domain/tenders/correct-tender.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { liftSuspension } from '#app/domain/tenders/resume-tender.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { findTender, listDueSteps } from '#db/repositories/tenders.ts'
import { test, type TestClock, type TestDatabase } from '#tests/support/database.ts'
import { owner, regulator } from '#tests/support/factories.ts'
import { aTender, contextsOf, drawn, offering, sequencerOf, withBidders, type Stage } from '#tests/support/tenders.ts'

const REASON = '图纸有更新，须一并考虑。'
const HOUR = 3_600_000
const stateOf = async (database: TestDatabase, { tender }: Stage, clock: TestClock) => statusAt((await findTender(database.owner, { id: tender.id }))!, clock.now)
const datesOf = async (database: TestDatabase, { tender }: Stage) => (await findTender(database.owner, { id: tender.id }))!.publication!
const entriesOf = (database: TestDatabase, { number }: Stage, kind: string) => database.owner('ledger_entries').where({ subject: number, kind }).orderBy('ordinal')
const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))
const corrected = ({ tender: { requirements, deliverables, contact, serviceDays } }: Stage) => ({ requirements, deliverables, contact, serviceDays })

test('a material correction near the close moves the close, keeps both versions and the bids; another does not', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 2)
  const { closesAt, drawsAfter } = stage.tender.publication
  clock.set(new Date(closesAt.getTime() - HOUR))
  await correctTender(make(stage.owner), { number: stage.number, reason: REASON, ...corrected(stage), contact: '0431-88880000' })
  expect((await datesOf(database, stage)).closesAt).toEqual(closesAt)
  await correctTender(make(stage.owner), { number: stage.number, reason: REASON, ...corrected(stage), contact: '0431-88880000', requirements: '按更新的图纸完成，成果三份。' })
  const moved = await datesOf(database, stage)
  expect(moved.closesAt.getTime() - clock.now.getTime()).toBeGreaterThanOrEqual(3 * 24 * HOUR)
  expect(moved.drawsAfter!.getTime() - moved.closesAt.getTime()).toBe(drawsAfter.getTime() - closesAt.getTime())

  const shown = await showTender({ ...make(stage.owner), actor: VISITOR }, { number: stage.number })
  expect(shown.corrections).toMatchObject([
    { revision: 1, material: false, before: { contact: '' }, after: { contact: '0431-88880000' } },
    { revision: 2, material: true, reason: REASON, before: { requirements: '按规范完成，成果两份。' }, after: { requirements: '按更新的图纸完成，成果三份。' } },
  ])
  expect(shown.extensions).toMatchObject([{ cause: 'correction', fromClosesAt: expect.any(String) }])
  expect(shown.tender.requirements).toBe('按更新的图纸完成，成果三份。')
  // Of the words the ledger has hashes alone, as of the first ones.
  const [, entry] = await entriesOf(database, stage, 'tender.corrected')
  expect(JSON.parse(entry.body).facts).toMatchObject({ revision: 2, material: true, changed: ['requirements'], requirements: { concealed: expect.stringMatching(/^[0-9a-f]{64}$/) } })
  expect(entry.body).not.toContain('图纸')
  const [extension] = await entriesOf(database, stage, 'tender.extended')
  expect(JSON.parse(extension.body).facts.extension).toMatchObject({ publication: stage.tender.publicationEntry, number: 1, fromClosesAt: closesAt.toISOString(), closesAt: moved.closesAt.toISOString(), drawsAfter: moved.drawsAfter!.toISOString() })
  expect(await database.owner('bids').where({ tender_id: stage.tender.id }).whereNull('replaced_at')).toHaveLength(2)

  clock.set(closesAt)
  expect(await stateOf(database, stage, clock)).toBe('open')
  const late = await offering(database.owner, stage.listing)
  expect(await codeOf(submitBid(make(late), { number: stage.number, contribution: '' }))).toBeNull()
  expect(await listDueSteps(database.owner, clock.now, 100)).not.toContainEqual(expect.objectContaining({ id: stage.tender.id }))
  clock.set(moved.closesAt)
  expect(await listDueSteps(database.owner, clock.now, 100)).toContainEqual(expect.objectContaining({ id: stage.tender.id, step: 'close' }))
})

test('who may change a tender, and when: refused in words to everybody else', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const [bidder] = (await withBidders(database, make, stage, 2)) as [Member, Member]
  const other = await owner(database.owner)
  const { number } = stage
  const by = { n: 1, unit: 'd' as const }
  const acts = (who: Member) => [
    extendTender(make(who), { number, by, reason: REASON }),
    correctTender(make(who), { number, reason: REASON, ...corrected(stage), serviceDays: 12 }),
    cancelTender(make(who), { number, reason: REASON }),
  ].map(codeOf)
  expect(await Promise.all(acts(other))).toEqual(Array(3).fill('life.not-your-tender'))
  for (const who of [bidder, { ...stage.owner, duty: 'delegate' as const }, await regulator(database.owner)]) expect(await Promise.all(acts(who))).toEqual(Array(3).fill('accounts.not-allowed'))
  expect(await codeOf(extendTender(make(stage.owner), { number: 'MD-220100-2026-999999', by, reason: REASON }))).toBe('tenders.no-such-tender')
  expect(await codeOf(extendTender(make(stage.owner), { number, by: { n: 35, unit: 'd' }, reason: REASON }))).toBe('changes.too-far')
  expect(await codeOf(correctTender(make(stage.owner), { number, reason: REASON, ...corrected(stage) }))).toBe('changes.nothing')
  clock.set(new Date(stage.tender.publication.closesAt.getTime() - 1))
  await extendTender(make(stage.owner), { number, by, reason: REASON })
  const { closesAt } = await datesOf(database, stage)
  expect(closesAt.getTime() - stage.tender.publication.closesAt.getTime()).toBeGreaterThanOrEqual(24 * HOUR)
  clock.set(closesAt)
  expect(await codeOf(extendTender(make(stage.owner), { number, by, reason: REASON }))).toBe('tenders.closed')
  expect(await codeOf(correctTender(make(stage.owner), { number, reason: REASON, ...corrected(stage), serviceDays: 12 }))).toBe('tenders.closed')
})

test('nobody moves a published deadline but an extension, and none moves it back', async ({ database, context }) => {
  const stage = await aTender(database, contextsOf(context))
  const { id, publication } = stage.tender
  await expect(database.app('tenders').where({ id }).update({ closes_at: new Date(publication.closesAt.getTime() + HOUR) })).rejects.toThrow(/extension alone/)
  const row = { tender_id: id, ordinal: 1, cause: 'owner', reason: '—', from_closes_at: publication.closesAt, closes_at: new Date(publication.closesAt.getTime() - HOUR), from_draws_after: publication.drawsAfter, draws_after: publication.drawsAfter, extended_at: publication.publishedAt, ledger_entry_id: stage.tender.publicationEntry }
  await expect(database.app('tender_extensions').insert(row)).rejects.toThrow(/check/)
  await expect(database.app('tender_extensions').insert({ ...row, from_closes_at: publication.publishedAt, closes_at: new Date(publication.drawsAfter.getTime() - 1) })).rejects.toThrow(/not in force/)
})

test('cancelled before its value a tender ends at once; after it the draw runs, is published, and nobody is awarded', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const early = await aTender(database, make)
  await withBidders(database, make, early, 2)
  await cancelTender(make(early.owner), { number: early.number, reason: REASON })
  expect(await stateOf(database, early, clock)).toBe('cancelled')
  expect(await codeOf(submitBid(make(await offering(database.owner, early.listing)), { number: early.number, contribution: '' }))).toBe('changes.cancelled')
  expect(await codeOf(cancelTender(make(early.owner), { number: early.number, reason: REASON }))).toBe('changes.cancelled')
  clock.set(early.tender.publication.drawsAfter)
  expect(await attendTender(make(early.owner), early.tender)).toEqual({ steps: [] })

  const late = await aTender(database, make)
  await withBidders(database, make, late, 2)
  clock.set(late.tender.publication.closesAt)
  await attendTender(make(late.owner), late.tender)
  await sequencerOf(database)()
  await cancelTender(make(late.owner), { number: late.number, reason: REASON })
  expect(await stateOf(database, late, clock)).toBe('frozen')
  clock.set(late.tender.publication.drawsAfter)
  await attendTender(make(late.owner), late.tender)
  expect(await stateOf(database, late, clock)).toBe('cancelled')
  const shown = await showTender({ ...make(late.owner), actor: VISITOR }, { number: late.number })
  expect(shown.draw!.order).toHaveLength(2)
  expect(shown).toMatchObject({ awards: [], cancellation: { reason: REASON, afterValue: true } })
  expect(await entriesOf(database, late, 'draw.drawn')).toHaveLength(1)
  expect(await entriesOf(database, late, 'award.made')).toHaveLength(0)
  const [{ settled_at }] = await database.owner('tenders').where({ id: late.tender.id }).select('settled_at')
  expect(settled_at).toEqual(clock.now)
})

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
