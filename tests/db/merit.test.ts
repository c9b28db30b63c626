import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { commitSheet } from '#app/domain/awards/commit-sheet.server.ts'
import { declareJudge, stepBack } from '#app/domain/awards/declare-judge.server.ts'
import { inviteJudge } from '#app/domain/awards/invite-judge.server.ts'
import { replaceJudge } from '#app/domain/awards/replace-judge.server.ts'
import { showSheet } from '#app/domain/awards/show-sheet.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { Bundle } from '#app/domain/draw/bundle.ts'
import { proveBundle } from '#app/domain/draw/prove-bundle.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { dueStep, statusAt } from '#app/domain/tenders/tender.ts'
import { listJudges } from '#db/repositories/judges.ts'
import { listOpened } from '#db/repositories/openings.ts'
import { findTender, listDueSteps } from '#db/repositories/tenders.ts'
import { test, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { tablesOf } from '#tests/support/dump.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'
import { aJudge, aSheet } from '#tests/support/judges.ts'
import { aTender, contextsOf, offering, sequencerOf, setPeriods, type Stage } from '#tests/support/tenders.ts'

const PERIODS = { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, scoring: { n: 300, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' } } as const
const SECRET = '三阶段实地踏勘与独家模型'
const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

type Clock = { set: (at: Date) => void; now: Date }
const later = (clock: Clock, seconds: number) => clock.set(new Date(clock.now.getTime() + seconds * 1000))

/** A tender by merit whose bids are in and whose pool is frozen under a checkpoint. */
async function frozen(database: TestDatabase, make: (member: Member) => TestContext, clock: Clock, prices = [30_000_00, 40_000_00]): Promise<{ stage: Stage; members: Member[] }> {
  await setPeriods(database.owner, PERIODS)
  const stage = await aTender(database, make, { method: 'merit', categoryCode: '0404' })
  const members: Member[] = []
  for (const fen of prices) {
    const member = await offering(database.owner, stage.listing)
    await sealBidAtDoor(make(member), { number: stage.number, quote: { kind: 'money', fen }, plan: `${SECRET}${fen}`, contribution: '' })
    members.push(member)
  }
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), stage.tender)
  await sequencerOf(database)()
  return { stage, members }
}

const stepsDue = async (database: TestDatabase, { tender }: Stage, clock: Clock) => (await listDueSteps(database.owner, clock.now, 500)).filter(({ id }) => id === tender.id).map(({ step }) => step)

/** What is due by the noun and by the query alike. */
async function due(database: TestDatabase, stage: Stage, clock: Clock): Promise<string[]> {
  const step = dueStep((await findTender(database.owner, stage.tender))!, clock.now)
  expect(await stepsDue(database, stage, clock)).toEqual(step ? [step] : [])
  return step ? [step] : []
}

test('judges commit before they see each other, all sheets open together, and the most points win', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, members } = await frozen(database, make, clock)
  const { owner, number, tender } = stage
  // Without judges nothing is opened, whoever asks.
  expect(await due(database, stage, clock)).toEqual([])
  expect(await attendTender(make(owner), tender)).toEqual({ steps: [] })

  const judges = [await aJudge(database, make, stage, 1), await aJudge(database, make, stage, 2), await aJudge(database, make, stage, 3)]
  const [one, two, three] = judges as [Member, Member, Member]
  await declareJudge(make(one), { number })
  await declareJudge(make(two), { number })
  await declareJudge(make(two), { number })
  expect(await due(database, stage, clock)).toEqual([])
  await declareJudge(make(three), { number })
  expect(await due(database, stage, clock)).toEqual(['open'])
  expect(await attendTender(make(owner), tender)).toEqual({ steps: ['open'] })
  expect(statusAt((await findTender(database.owner, tender))!, clock.now)).toBe('opened')
  const opened = await listOpened(database.owner, tender.id)
  expect(opened.map(({ outcome, keys }) => [outcome, Object.keys(keys)])).toEqual([['valid', ['offer']], ['valid', ['offer']]])
  const [cheap, dear] = opened.map(({ bid }) => bid) as [string, string]

  // The dear one has the better plan: 40 × 30/40 = 30 points for its price, and all of the others.
  const sheet = aSheet({ [cheap]: { c1: '20', c2: '15.5' }, [dear]: { c1: '35', c2: '25' } })
  expect(await commitSheet(make(one), { number, values: { ...sheet, [`points-${cheap}-c1`]: '35.01', [`reason-${dear}-c2`]: '好' } })).toEqual({ faults: [expect.objectContaining({ field: `points-${cheap}-c1`, code: 'merit.points-range' }), expect.objectContaining({ field: `reason-${dear}-c2`, code: 'merit.reason-short' })] })
  for (const judge of judges) {
    expect(await codeOf(showSheet(make(judge), { number }))).toBe('merit.not-all-committed')
    expect(await commitSheet(make(judge), { number, values: sheet })).toBeNull()
  }
  expect(await codeOf(stepBack(make(one), { number, reason: '与一家机构有往来。' }))).toBe('merit.committed-already')
  for await (const { table, text } of tablesOf(database.owner)) for (const hidden of [SECRET, '方案针对性强']) expect(text, table).not.toContain(hidden)

  await showSheet(make(one), { number })
  await showSheet(make(two), { number })
  expect((await showTender(make(owner), { number })).seats!.map(({ marks, name }) => [marks, name])).toEqual([[null, null], [null, null], [null, null]])
  await showSheet(make(three), { number })
  const revealed = (await findTender(database.owner, tender))!
  expect(revealed.judging!.decidesAfter!.getTime()).toBe(clock.now.getTime() + 30_000)
  expect(await due(database, stage, clock)).toEqual([])
  later(clock, 30)
  expect(await due(database, stage, clock)).toEqual(['rank'])
  expect(await attendTender(make(owner), tender)).toEqual({ steps: [] })
  await sequencerOf(database)()
  expect(await attendTender(make(owner), tender)).toEqual({ steps: ['rank'] })
  const shown = await showTender(make(owner), { number })
  expect(shown.awards.map(({ label }) => label)).toEqual([members[1]!.uscc])
  expect(shown.seats!.map(({ name, marks }) => [name, marks!.length])).toEqual(judges.map(({ displayName }) => [displayName, 4]))
  const bundle = JSON.parse((await database.owner('draws').where({ tender_id: tender.id }).first('bundle')).bundle)
  expect(bundle.steps.order.map(({ bid, value, points }: { bid: string; value: number; points: object }) => [bid, value, points])).toEqual([
    [dear, 3 * 9000, { price: 3000, judged: 3 * 6000, total: 27_000 }],
    [cheap, 3 * 7550, { price: 4000, judged: 3 * 3550, total: 22_650 }],
  ])
  expect(bundle.steps.sheets).toHaveLength(3)
  // Whoever downloads it checks it without us: the judges' entries, the sheets, the points, the order.
  await sequencerOf(database)()
  const proven = await proveBundle(database.owner, make(owner).keyring, Bundle.parse(bundle))
  expect(proven.method === 'merit' && [proven.steps.seated.length, proven.steps.judged.length]).toEqual([6, 3])
  expect(verifyBundle(JSON.stringify(proven)).faults).toEqual([])
})

test('who stands on one side is no judge, who steps back frees the seat, and the public learns no name before the award', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, members } = await frozen(database, make, clock)
  const { owner, number } = stage
  const invite = (changes: object) => codeOf(inviteJudge(make(owner), { number, seat: 1, judgeName: '何评审', judgePhone: '13900001111', ...changes }))
  const bidder = await database.owner('organisations').where({ id: members[0]!.organisationId }).first()
  expect(await invite({ judgeName: members[1]!.displayName })).toBe('merit.related-bidder')
  expect(await invite({ judgeName: bidder.legal_representative ?? members[0]!.displayName })).toBe('merit.related-bidder')
  expect(await invite({ judgeName: owner.displayName })).toBe('merit.related-owner')
  expect(await invite({ seat: 4 })).toBe('merit.seat')
  expect(await codeOf(inviteJudge(make(members[0]!), { number, seat: 1, judgeName: '何评审', judgePhone: '13900001111' }))).toBe('tenders.no-such-tender')

  const first = await aJudge(database, make, stage, 1, { name: '何评审', phone: '13900001111' })
  expect(await invite({ judgeName: '周评审', judgePhone: '13900002222' })).toBe('merit.seat-taken')
  expect(await invite({ seat: 2 })).toBe('merit.same-judge')
  await stepBack(make(first), { number, reason: '曾为其中一家机构做过顾问。' })
  expect(await codeOf(declareJudge(make(first), { number }))).toBe('merit.stepped-down')
  expect(await invite({ judgeName: '周评审', judgePhone: '13900002222' })).toBeNull()
  const shown = await showTender(make(members[0]!), { number })
  expect(shown.seats!.map(({ seat, name, ended }) => [seat, name, ended])).toEqual([[1, null, 'stepped-back'], [1, null, null]])
  const ledger = (await database.owner('ledger_entries').where({ subject: number }).pluck('body')).join('\n')
  expect(ledger).not.toMatch(/何评审|周评审|顾问/)
})

test('a silent judge is reported once and may be replaced, and nobody else; a silent click does not hold the result back', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage } = await frozen(database, make, clock)
  const { owner, number, tender } = stage
  const judges = [await aJudge(database, make, stage, 1), await aJudge(database, make, stage, 2), await aJudge(database, make, stage, 3)]
  for (const judge of judges) await declareJudge(make(judge), { number })
  await attendTender(make(owner), tender)
  const bids = (await listOpened(database.owner, tender.id)).map(({ bid }) => bid)
  const sheet = aSheet(Object.fromEntries(bids.map((bid) => [bid, { c1: '30', c2: '20' }])))
  await commitSheet(make(judges[0]!), { number, values: sheet })
  await commitSheet(make(judges[1]!), { number, values: sheet })
  const idOf = async (seat: number) => (await listJudges(database.owner, tender.id)).find((judge) => judge.seat === seat && !judge.ended)!.id
  const replace = async (seat: number) => codeOf(replaceJudge(make(owner), { number, judge: await idOf(seat), reason: '到期没有提交评分表。' }))
  expect(await replace(3)).toBe('merit.not-replaceable')

  later(clock, 300)
  expect(await due(database, stage, clock)).toEqual(['report'])
  expect(await attendTender(make(owner), tender)).toEqual({ steps: ['report'] })
  expect(await attendTender(make(owner), tender)).toEqual({ steps: [] })
  expect(await database.owner('outbox').where({ type: 'marketplace.judge.silent.v1', subject: number })).toHaveLength(1)
  expect(await replace(1)).toBe('merit.not-replaceable')
  expect(await replace(3)).toBeNull()
  expect(await codeOf(commitSheet(make(judges[2]!), { number, values: sheet }))).toBe('merit.stepped-down')

  const fourth = await aJudge(database, make, stage, 3)
  expect(await codeOf(commitSheet(make(fourth), { number, values: sheet }))).toBe('merit.not-declared')
  await declareJudge(make(fourth), { number })
  await commitSheet(make(fourth), { number, values: sheet })
  expect(await due(database, stage, clock)).toEqual([])
  later(clock, 300)
  expect(await due(database, stage, clock)).toEqual(['reveal'])
  expect(await attendTender(make(owner), tender)).toEqual({ steps: ['reveal'] })
  await sequencerOf(database)()
  later(clock, 30)
  expect(await attendTender(make(owner), tender)).toEqual({ steps: ['rank'] })
  expect(statusAt((await findTender(database.owner, tender))!, clock.now)).toBe('publicity')
})
