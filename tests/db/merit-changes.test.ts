import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { agreeToSanction } from '#app/domain/agencies/agree-to-sanction.server.ts'
import { recordSanction } from '#app/domain/agencies/record-sanction.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { commitSheet } from '#app/domain/awards/commit-sheet.server.ts'
import { declareJudge, stepBack } from '#app/domain/awards/declare-judge.server.ts'
import { inviteJudge } from '#app/domain/awards/invite-judge.server.ts'
import { replaceJudge } from '#app/domain/awards/replace-judge.server.ts'
import { showSheet } from '#app/domain/awards/show-sheet.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { liftSuspension } from '#app/domain/tenders/resume-tender.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { listJudges } from '#db/repositories/judges.ts'
import { listOpened } from '#db/repositories/openings.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { test, type MakeContext, type TestClock, type TestDatabase } from '#tests/support/database.ts'
import { regulator } from '#tests/support/factories.ts'
import { aJudge, aSheet } from '#tests/support/judges.ts'
import { aTender, contextsOf, offering, sequencerOf, setPeriods, type Published, type Stage } from '#tests/support/tenders.ts'
import { verifyAtOnce } from '../../bin/verify/at-once.ts'

const REASON = '图纸有更新，须一并考虑。'
const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

/** A tender by merit with two bids, whose judges have five minutes. */
async function staged(database: TestDatabase, context: MakeContext, clock: TestClock) {
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, scoring: { n: 300, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' } })
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'merit', categoryCode: '0404' })
  const members: Member[] = []
  for (const fen of [30_000_00, 40_000_00]) {
    const member = await offering(database.owner, stage.listing)
    await sealBidAtDoor(make(member), { number: stage.number, quote: { kind: 'money', fen }, plan: `三阶段方案 ${fen}`, contribution: '' })
    members.push(member)
  }
  const office = await regulator(database.owner)
  const now = async () => (await findTender(database.owner, stage.tender)) as Published
  return {
    make, stage, members, office, now,
    state: async () => statusAt(await now(), clock.now),
    attend: async () => (await attendTender(make(stage.owner), stage.tender)).steps,
    hold: () => suspendTender(make(office), { number: stage.number, lasting: { n: 5, unit: 'd' }, reason: REASON, basis: '政府采购法第五十七条' }),
    lift: () => liftSuspension(make(office), { number: stage.number, reason: REASON }),
  }
}
type Played = Awaited<ReturnType<typeof staged>>

/** Closes, freezes, and seats three judges; they declare where the bids are to be opened. */
async function seated(database: TestDatabase, clock: TestClock, { make, stage, attend, now }: Played, { declares = true } = {}): Promise<[Member, Member, Member]> {
  clock.set((await now()).publication.closesAt)
  await attend()
  await sequencerOf(database)()
  const judges = [await aJudge(database, make, stage, 1), await aJudge(database, make, stage, 2), await aJudge(database, make, stage, 3)] as [Member, Member, Member]
  if (!declares) return judges
  for (const judge of judges) await declareJudge(make(judge), { number: stage.number })
  expect(await attend()).toEqual(['open'])
  return judges
}

/** More for the cheaper bid, so that marks and prices agree on the first. */
async function sheetFor(database: TestDatabase, { tender }: Stage): Promise<Record<string, string>> {
  const bids = (await listOpened(database.owner, tender.id)).toSorted((one, other) => other.amountFen! - one.amountFen!).map(({ bid }) => bid)
  return aSheet(Object.fromEntries(bids.map((bid, place) => [bid, { c1: String(20 + 10 * place), c2: '20' }])))
}

/** All commit and show; the order is ranked when its value may be taken. */
async function judged(database: TestDatabase, clock: TestClock, { make, stage, attend, now }: Played, judges: readonly Member[]): Promise<void> {
  const values = await sheetFor(database, stage)
  for (const judge of judges) await commitSheet(make(judge), { number: stage.number, values })
  for (const judge of judges) await showSheet(make(judge), { number: stage.number })
  await sequencerOf(database)()
  clock.set((await now()).judging!.decidesAfter!)
  expect(await attend()).toEqual(['rank'])
  await sequencerOf(database)()
}

const faultsOf = async ({ make, stage }: Played) => verifyAtOnce({ bundle: JSON.stringify(await showBundle(make(stage.owner), { number: stage.number })) }).faults

test('a selection by merit is judged after the deadline to which it moved, and its bundle shows how it moved', async ({ database, context, clock }) => {
  const played = await staged(database, context, clock)
  const { make, stage, now } = played
  await extendTender(make(stage.owner), { number: stage.number, by: { n: 90, unit: 's' }, reason: REASON })
  expect((await now()).publication.drawsAfter!.getTime() - stage.tender.publication.drawsAfter.getTime()).toBe(90_000)
  await judged(database, clock, played, await seated(database, clock, played))
  const bundle = await showBundle(make(stage.owner), { number: stage.number })
  expect([bundle.method, bundle.moves?.length, await faultsOf(played)]).toEqual(['merit', 1, []])
})

test('while the regulator holds it nobody is seated, marks or is reported; judges get the lost time back', async ({ database, context, clock }) => {
  const played = await staged(database, context, clock)
  const { make, stage, state, attend, hold, lift, now } = played
  const { number, owner } = stage
  const judges = await seated(database, clock, played, { declares: false })
  const [one, two, three] = judges
  // The value is not due while judges are missing, however long that takes.
  clock.set(stage.tender.publication.drawsAfter)
  await hold()
  expect(await state()).toBe('suspended')
  expect(await codeOf(declareJudge(make(one), { number }))).toBe('changes.suspended')
  expect(await codeOf(inviteJudge(make(owner), { number, seat: 1, judgeName: '何评审', judgePhone: '13900001111' }))).toBe('changes.suspended')
  const { id } = (await listJudges(database.owner, stage.tender.id))[0]!
  expect(await codeOf(replaceJudge(make(owner), { number, judge: id, reason: REASON }))).toBe('changes.suspended')
  await lift()
  for (const judge of judges) await declareJudge(make(judge), { number })
  expect(await attend()).toEqual(['open'])

  const values = await sheetFor(database, stage)
  const due = (await now()).judging!.sheetsDue!
  clock.advance(100_000)
  await commitSheet(make(one), { number, values })
  await hold()
  clock.advance(600_000)
  expect(await codeOf(commitSheet(make(two), { number, values }))).toBe('changes.suspended')
  expect(await attend()).toEqual([])
  await lift()
  expect((await now()).judging!.sheetsDue!.getTime() - due.getTime()).toBe(600_000)
  expect(await attend()).toEqual([])
  await commitSheet(make(two), { number, values })
  await commitSheet(make(three), { number, values })
  await hold()
  expect(await codeOf(showSheet(make(one), { number }))).toBe('changes.suspended')
  clock.advance(3600_000)
  expect(await attend()).toEqual([])
  await lift()
  clock.set((await now()).judging!.sheetsDue!)
  expect(await attend()).toEqual(['reveal'])
  await sequencerOf(database)()
  clock.set((await now()).judging!.decidesAfter!)
  expect(await codeOf(hold())).toBe('changes.suspend-late')
  expect(await attend()).toEqual(['rank'])
  await sequencerOf(database)()
  expect(await faultsOf(played)).toEqual([])
  const heard = await database.owner('outbox').whereIn('type', ['marketplace.tender.suspended.v1', 'marketplace.tender.resumed.v1']).where({ subject: number })
  expect(heard).toHaveLength(6)
})

test('before the opening its owner ends it at once; after it all is judged and published, and only the award is not made', async ({ database, context, clock }) => {
  const early = await staged(database, context, clock)
  const [one] = await seated(database, clock, early, { declares: false })
  expect((await cancelTender(early.make(early.stage.owner), { number: early.stage.number, reason: REASON })).cancellation).toMatchObject({ afterValue: false })
  expect(await early.state()).toBe('cancelled')
  expect(await codeOf(declareJudge(early.make(one), { number: early.stage.number }))).toBe('merit.not-now')
  expect(await early.attend()).toEqual([])

  const late = await staged(database, context, clock)
  const judges = await seated(database, clock, late)
  expect((await cancelTender(late.make(late.stage.owner), { number: late.stage.number, reason: REASON })).cancellation).toMatchObject({ afterValue: true })
  expect(await late.state()).toBe('opened')
  // A seat that becomes free is filled as ever, so that the order is found.
  await stepBack(late.make(judges[2]), { number: late.stage.number, reason: '与一家机构有往来。' })
  const fourth = await aJudge(database, late.make, late.stage, 3)
  await declareJudge(late.make(fourth), { number: late.stage.number })
  await judged(database, clock, late, [judges[0], judges[1], fourth])
  const shown = await showTender(late.make(late.stage.owner), { number: late.stage.number })
  expect([shown.state, shown.awards, shown.draw!.order.length]).toEqual(['cancelled', [], 2])
  expect(await faultsOf(late)).toEqual([])
})

test('who is suspended when the points are counted is passed over', async ({ database, context, clock }) => {
  const played = await staged(database, context, clock)
  const { make, stage, members, office } = played
  const judges = await seated(database, clock, played)
  const { uscc: first } = (await database.owner('organisations').where({ id: members[0]!.organisationId }).first('uscc')) as { uscc: string }
  const on = (days: number) => dayOf(new Date(clock.now.getTime() + days * 86_400_000))
  const { sanctionId } = await recordSanction(make(office), { uscc: first, kind: 'administrative-penalty', number: '吉建罚字〔2026〕31 号', authority: '吉林省住房和城乡建设厅', reason: '出具虚假报告。', fromOn: on(0), untilOn: on(30), finalOn: on(10), heard: 'yes' })
  await agreeToSanction(make(await regulator(database.owner)), { sanctionId })
  await judged(database, clock, played, judges)
  const shown = await showTender(make(stage.owner), { number: stage.number })
  expect(shown.draw!.order.map(({ label }) => label)).toEqual([first, expect.any(String)])
  expect(shown.awards.map(({ label }) => label)).toEqual([shown.draw!.order[1]!.label])
})
