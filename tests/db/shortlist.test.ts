import { expect } from 'vitest'
import { gradeAgency } from '#app/domain/agencies/grade-agency.server.ts'
import { showAgency } from '#app/domain/agencies/show-agency.server.ts'
import { showCredit } from '#app/domain/agencies/show-credit.server.ts'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { pickFromShortlist } from '#app/domain/awards/pick-from-shortlist.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { findEntryProof } from '#app/domain/ledger/find-entry-proof.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { test, type MakeContext, type TestClock, type TestDatabase } from '#tests/support/database.ts'
import { aTender, contextsOf, drawn, offering, sequencerOf, setPeriods, withBidders, type Stage } from '#tests/support/tenders.ts'
import { setPolicy } from '#tests/support/beacons.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'

const PERIODS = { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' } } as const
const REASON = '同类项目业绩多，人员齐全。'
const grading = (member: Member, grade: 'A' | 'B' | 'C' | 'D') => ({ agency: `${member.organisationName} ${member.uscc}`, grade, source: '2026 年度信用评价结果', reason: '年度评价公布。' })

/** A tender with six bidders; the first is in grade A, the second in D, the others have no grade. */
async function staged(database: TestDatabase, context: MakeContext): Promise<{ make: ReturnType<typeof contextsOf>; stage: Stage; bidders: Member[]; regulator: Member }> {
  await setPeriods(database.owner, PERIODS)
  await setPolicy(database.owner, { ownerPicks: { n: 60, unit: 's' } })
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'credit-shortlist', categoryCode: '0401' })
  const bidders = await withBidders(database, make, stage, 6)
  const regulator: Member = { ...stage.owner, role: 'regulator', duty: 'manager', divisionCode: '220100' }
  await gradeAgency(make(regulator), grading(bidders[0]!, 'A'))
  await gradeAgency(make(regulator), grading(bidders[1]!, 'D'))
  return { make, stage, bidders, regulator }
}

const listedOf = async (make: ReturnType<typeof contextsOf>, { owner, number }: Stage) => (await showTender(make(owner), { number })).draw!.order

async function proofOf(database: TestDatabase, context: ReturnType<ReturnType<typeof contextsOf>>, subject: string): Promise<string> {
  const { id } = (await database.owner('ledger_entries').where({ subject, kind: 'award.made' }).orderBy('ordinal', 'desc').first('id')) as { id: string }
  return (await findEntryProof(context, { id }))!
}

async function listed(database: TestDatabase, context: MakeContext, clock: TestClock) {
  const given = await staged(database, context)
  await drawn(database, given.make, clock, given.stage)
  return given
}

test('grades that are published until the freeze count, later ones do not, and the leaves carry them for good', async ({ database, context, clock }) => {
  const { make, stage, bidders, regulator } = await listed(database, context, clock)
  await gradeAgency(make(regulator), grading(bidders[2]!, 'A'))
  const { draw, state } = await showTender(make(stage.owner), { number: stage.number })
  expect(state).toBe('shortlisted')
  const gradeOf = new Map(draw!.pool.map(({ label, credit }) => [label, credit]))
  expect(bidders.map(({ uscc }) => gradeOf.get(uscc)!.grade)).toEqual(['A', 'D', 'C', 'C', 'C', 'C'])
  expect(gradeOf.get(bidders[0]!.uscc)!.entry).not.toBeNull()
  expect(gradeOf.get(bidders[2]!.uscc)!.entry).toBeNull()
  expect(draw!.order.map(({ outcome }) => outcome)).toEqual(['listed', 'listed', 'listed', 'unlisted', 'unlisted', 'unlisted'])
})

test('a grade is public with its history; the same again, an unknown agency, and anybody but a regulator are refused', async ({ database, context }) => {
  const { make, bidders, regulator, stage } = await staged(database, context)
  const [first] = bidders as [Member]
  await gradeAgency(make(regulator), grading(first, 'B'))
  expect((await showAgency(make(first), { uscc: first.uscc! })).grades.map(({ grade, current }) => [grade, current])).toEqual([['B', true], ['A', false]])
  expect((await showCredit(make(first))).grades.filter(({ uscc }) => uscc === first.uscc)).toHaveLength(2)
  await expect(gradeAgency(make(regulator), grading(first, 'B'))).rejects.toMatchObject({ code: 'credit.same-grade' })
  await expect(gradeAgency(make(regulator), { ...grading(first, 'A'), agency: '没有这家' })).rejects.toMatchObject({ code: 'credit.no-such-agency' })
  await expect(gradeAgency(make(stage.owner), grading(first, 'A'))).rejects.toMatchObject({ kind: 'forbidden' })
})

test('the owner picks from the small list with a reason, once and in time; the bundle and the award verify with the independent program', async ({ database, context, clock }) => {
  const { make, stage, bidders } = await listed(database, context, clock)
  const { number, owner } = stage
  const order = await listedOf(make, stage)
  const pick = (place: number, by: Member = owner) => pickFromShortlist(make(by), { number, label: order[place - 1]!.label, reason: REASON })
  await sequencerOf(database)()
  expect(verifyBundle(JSON.stringify(await showBundle(make(owner), { number }))).faults).toEqual([])
  await expect(pick(4)).rejects.toMatchObject({ code: 'credit.not-on-list' })
  await expect(pick(2, bidders[0])).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(pick(2, { ...owner, organisationId: bidders[0]!.organisationId })).rejects.toMatchObject({ code: 'tenders.no-such-tender' })
  await expect(pick(2, { ...owner, duty: 'delegate' })).rejects.toMatchObject({ kind: 'forbidden' })
  await pick(2)
  await expect(pick(1)).rejects.toMatchObject({ code: 'credit.not-to-pick' })
  await sequencerOf(database)()
  const shown = await showTender(make(owner), { number })
  expect(shown).toMatchObject({ state: 'publicity', pick: { label: order[1]!.label, place: 2, reason: REASON } })
  const bundle = await showBundle(make(owner), { number })
  const { faults, passed } = verifyAtOnce({ bundle: JSON.stringify(bundle), award: await proofOf(database, make(owner), number) })
  expect(faults).toEqual([])
  expect(passed.some(({ sentence }) => sentence.startsWith('The one who was picked'))).toBe(true)
})

test('who was picked and declines makes way for the small list from its top, and for nobody beyond it', async ({ database, context, clock }) => {
  const { make, stage, bidders } = await listed(database, context, clock)
  const { number, owner } = stage
  const order = await listedOf(make, stage)
  await pickFromShortlist(make(owner), { number, label: order[1]!.label, reason: REASON })
  const decline = (place: number) => declineAward(make(bidders.find(({ uscc }) => uscc === order[place - 1]!.label)!), { number, reason: 'no-capacity', words: '人手不够。' })
  await decline(2)
  expect((await listedOf(make, stage)).map(({ outcome }) => outcome)).toEqual(['awarded', 'declined', 'reserve', 'unlisted', 'unlisted', 'unlisted'])
  await sequencerOf(database)()
  expect(verifyAtOnce({ bundle: JSON.stringify(await showBundle(make(owner), { number })), award: await proofOf(database, make(owner), number) }).faults).toEqual([])
  await decline(1)
  await decline(3)
  expect((await showTender(make(owner), { number })).state).toBe('failed')
})

test('an owner who does not pick in time holds up nobody: the clock takes the first drawn, once', async ({ database, context, clock }) => {
  const { make, stage } = await listed(database, context, clock)
  const { number, owner, tender } = stage
  const order = await listedOf(make, stage)
  clock.advance(59_999)
  expect((await attendTender(make(owner), tender)).steps).toEqual([])
  clock.advance(1)
  await expect(pickFromShortlist(make(owner), { number, label: order[1]!.label, reason: REASON })).rejects.toMatchObject({ code: 'credit.pick-late' })
  expect((await attendTender(make(owner), tender)).steps).toEqual(['pick'])
  expect((await attendTender(make(owner), tender)).steps).toEqual([])
  expect(await showTender(make(owner), { number })).toMatchObject({ state: 'publicity', pick: { label: order[0]!.label, place: 1, reason: null } })
  await sequencerOf(database)()
  expect(verifyBundle(JSON.stringify(await showBundle(make(owner), { number }))).faults).toEqual([])
})

test('with as many bidders as the small list holds there is nothing to draw, and the tender fails', async ({ database, context, clock }) => {
  await setPeriods(database.owner, PERIODS)
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'credit-shortlist', categoryCode: '0401' })
  await withBidders(database, make, stage, 3)
  await offering(database.owner, stage.listing)
  await drawn(database, make, clock, stage)
  expect((await showTender(make(stage.owner), { number: stage.number })).state).toBe('failed')
})

test('a category that policy does not open has no shortlist', async ({ database, context }) => {
  await setPolicy(database.owner, { creditCategories: ['03'] })
  await expect(aTender(database, contextsOf(context), { method: 'credit-shortlist', categoryCode: '0401' })).rejects.toMatchObject({ code: 'tenders.method-not-open' })
})
