import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { agreeToSanction } from '#app/domain/agencies/agree-to-sanction.server.ts'
import { recordSanction } from '#app/domain/agencies/record-sanction.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { pickFromShortlist } from '#app/domain/awards/pick-from-shortlist.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { ShortlistBundle } from '#app/domain/draw/bundle.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { liftSuspension } from '#app/domain/tenders/resume-tender.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { findTender, listDueSteps } from '#db/repositories/tenders.ts'
import { setPolicy } from '#tests/support/beacons.ts'
import { test, type MakeContext, type TestClock, type TestDatabase } from '#tests/support/database.ts'
import { regulator } from '#tests/support/factories.ts'
import { aTender, contextsOf, drawn, sequencerOf, setPeriods, withBidders, type Published, type Stage } from '#tests/support/tenders.ts'
import { verifyAtOnce } from '../../bin/verify/at-once.ts'

const REASON = '图纸有更新，须一并考虑。'
const DAY = 86_400_000
const later = (at: Date, ms: number) => new Date(at.getTime() + ms)
const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

type Played = { make: ReturnType<typeof contextsOf>; stage: Stage; bidders: Member[]; office: Member; pick: (place: number) => Promise<unknown>; labels: () => Promise<string[]>; state: () => Promise<string> }

/** A tender with five bidders, of whom three are drawn for the small list; its owner has an hour to pick. */
async function staged(database: TestDatabase, context: MakeContext, clock: TestClock): Promise<Played> {
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' } })
  await setPolicy(database.owner, { ownerPicks: { n: 1, unit: 'h' } })
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'credit-shortlist', categoryCode: '0401' })
  const bidders = await withBidders(database, make, stage, 5)
  const labels = async () => (await showTender(make(stage.owner), { number: stage.number })).draw!.order.map(({ label }) => label)
  const pick = async (place: number) => pickFromShortlist(make(stage.owner), { number: stage.number, label: (await labels())[place - 1]!, reason: REASON })
  return { make, stage, bidders, labels, pick, office: await regulator(database.owner), state: async () => statusAt((await findTender(database.owner, stage.tender))!, clock.now) }
}

test('a shortlist is drawn by the dates to which its deadline moved, and its bundle shows how they moved', async ({ database, context, clock }) => {
  const { make, stage, pick, labels } = await staged(database, context, clock)
  await extendTender(make(stage.owner), { number: stage.number, by: { n: 90, unit: 's' }, reason: REASON })
  const moved = (await findTender(database.owner, stage.tender)) as Published
  expect(moved.publication.drawsAfter).toEqual(later(stage.tender.publication.drawsAfter, 90_000))
  await drawn(database, make, clock, { ...stage, tender: moved })
  await pick(2)
  await sequencerOf(database)()
  const bundle = await showBundle(make(stage.owner), { number: stage.number })
  expect([bundle.winner, bundle.moves?.length]).toEqual([(await labels())[1], 1])
  expect(verifyAtOnce({ bundle: JSON.stringify(bundle) }).faults).toEqual([])
})

test('while the regulator holds a small list nobody picks; its owner gets the lost time back, and the bundle shows what was given', async ({ database, context, clock }) => {
  const { make, stage, pick, office, state } = await staged(database, context, clock)
  const hold = () => suspendTender(make(office), { number: stage.number, lasting: { n: 5, unit: 'd' }, reason: REASON, basis: '政府采购法第五十七条' })
  const lift = () => liftSuspension(make(office), { number: stage.number, reason: REASON })
  await drawn(database, make, clock, stage)
  const { pickBy } = (await findTender(database.owner, stage.tender))!.shortlist!
  const until = async () => (await findTender(database.owner, stage.tender))!.shortlist!.pickBy
  await hold()
  expect(await state()).toBe('suspended')
  expect(await codeOf(pick(2))).toBe('changes.suspended')
  await lift()
  expect(await state()).toBe('shortlisted')
  // A hold of no time moves nothing.
  expect(await until()).toEqual(pickBy)
  clock.advance(60_000)
  await hold()
  clock.set(later(pickBy, 60_000))
  expect(await attendTender(make(stage.owner), stage.tender)).toEqual({ steps: [] })
  await lift()
  expect(await until()).toEqual(later(clock.now, 3_540_000))
  expect(await listDueSteps(database.owner, clock.now, 1000)).not.toContainEqual(expect.objectContaining({ id: stage.tender.id }))
  expect(await attendTender(make(stage.owner), stage.tender)).toEqual({ steps: [] })
  const bundleNow = async () => (await sequencerOf(database)(), (await showBundle(make(stage.owner), { number: stage.number })) as ShortlistBundle)
  const waiting = await bundleNow()
  expect([waiting.steps.holds?.length, verifyAtOnce({ bundle: JSON.stringify(waiting) }).faults]).toEqual([1, []])
  await pick(2)
  const picked = await bundleNow()
  expect([picked.steps.holds?.length, picked.steps.pick?.at, verifyAtOnce({ bundle: JSON.stringify(picked) }).faults]).toEqual([1, clock.now.toISOString(), []])
  // A hold of the publicity gives nobody's time to pick back.
  const before = await until()
  await hold()
  clock.advance(1000)
  await lift()
  expect([await until(), (await bundleNow()).steps.holds?.length]).toEqual([before, 1])
})

test('a hold that ends by its own date gives the time back too; what the clock is about to do is not held up', async ({ database, context, clock }) => {
  const { make, stage, labels, office } = await staged(database, context, clock)
  const hold = () => suspendTender(make(office), { number: stage.number, lasting: { n: 2, unit: 'h' }, reason: REASON, basis: '政府采购法第五十七条' })
  await drawn(database, make, clock, stage)
  const { pickBy } = (await findTender(database.owner, stage.tender))!.shortlist!
  await hold()
  clock.advance(2 * 3_600_000)
  // Resumed, and nothing else: the time that is left now is the owner's.
  expect(await attendTender(make(stage.owner), stage.tender)).toEqual({ steps: ['resume'] })
  clock.set(later(pickBy, 2 * 3_600_000))
  expect(await codeOf(hold())).toBe('changes.suspend-late')
  expect((await attendTender(make(stage.owner), stage.tender)).steps).toEqual(['pick'])
  expect(await showTender(make(stage.owner), { number: stage.number })).toMatchObject({ state: 'publicity', pick: { label: (await labels())[0], reason: null } })
})

test('an owner cancels away no small list: after the freeze it is drawn and published, then nobody picks; once it is public it stands', async ({ database, context, clock }) => {
  const { make, stage, pick, state } = await staged(database, context, clock)
  const { number, owner, tender } = stage
  clock.set(tender.publication.closesAt)
  await attendTender(make(owner), tender)
  await sequencerOf(database)()
  expect((await cancelTender(make(owner), { number, reason: REASON })).cancellation).toMatchObject({ afterValue: true })
  clock.set(tender.publication.drawsAfter)
  expect((await attendTender(make(owner), tender)).steps).toEqual(['draw'])
  expect(await state()).toBe('cancelled')
  expect(await codeOf(pick(1))).toBe('credit.not-to-pick')
  await sequencerOf(database)()
  const bundle = await showBundle(make(owner), { number })
  expect([bundle.winner, verifyAtOnce({ bundle: JSON.stringify(bundle) }).faults]).toEqual([null, []])
  expect(await database.owner('outbox').where({ type: 'marketplace.tender.shortlisted.v1' }).whereRaw(`data ->> 'tender' = ?`, [number])).toEqual([])
  clock.advance(DAY)
  expect(await listDueSteps(database.owner, clock.now, 1000)).not.toContainEqual(expect.objectContaining({ id: tender.id }))

  const other = await staged(database, context, clock)
  await drawn(database, make, clock, other.stage)
  expect(await codeOf(cancelTender(make(other.stage.owner), { number: other.stage.number, reason: REASON }))).toBe('changes.cancel-late')
})

test('who was suspended since the draw is not picked, and the clock passes it over for the next of the small list', async ({ database, context, clock }) => {
  const { make, stage, pick, labels, office } = await staged(database, context, clock)
  await drawn(database, make, clock, stage)
  const [first, second] = await labels()
  const on = (days: number) => dayOf(later(clock.now, days * DAY))
  const { sanctionId } = await recordSanction(make(office), { uscc: first!, kind: 'administrative-penalty', number: '吉建罚字〔2026〕31 号', authority: '吉林省住房和城乡建设厅', reason: '出具虚假报告。', fromOn: on(0), untilOn: on(30), finalOn: on(10), heard: 'yes' })
  await agreeToSanction(make(await regulator(database.owner)), { sanctionId })
  expect(await codeOf(pick(1))).toBe('credit.not-eligible')
  clock.set((await findTender(database.owner, stage.tender))!.shortlist!.pickBy)
  await attendTender(make(stage.owner), stage.tender)
  const shown = await showTender(make(stage.owner), { number: stage.number })
  expect([shown.pick!.label, shown.awards.map(({ label }) => label)]).toEqual([first, [second]])
})
