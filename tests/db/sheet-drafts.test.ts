import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { commitSheet } from '#app/domain/awards/commit-sheet.server.ts'
import { declareJudge, stepBack } from '#app/domain/awards/declare-judge.server.ts'
import { keepSheetDraft } from '#app/domain/awards/keep-sheet-draft.server.ts'
import { replaceJudge } from '#app/domain/awards/replace-judge.server.ts'
import { pointsField, reasonField } from '#app/domain/awards/score-sheet.ts'
import { showJudges, showSeat } from '#app/domain/awards/show-judging.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { listJudges } from '#db/repositories/judges.ts'
import { listOpened } from '#db/repositories/openings.ts'
import { test, type TestClock, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { organisation } from '#tests/support/factories.ts'
import { aJudge, aSheet } from '#tests/support/judges.ts'
import { aTender, contextsOf, offering, sequencerOf, setPeriods } from '#tests/support/tenders.ts'

const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))
const TYPED = '人员配备还要再看一遍附件'

/** A selection by merit whose plans lie open before three judges. */
async function opened(database: TestDatabase, make: (member: Member) => TestContext, clock: TestClock) {
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, scoring: { n: 300, unit: 's' } })
  const stage = await aTender(database, make, { method: 'merit', categoryCode: '0404' })
  for (const fen of [30_000_00, 40_000_00]) await sealBidAtDoor(make(await offering(database.owner, stage.listing)), { number: stage.number, quote: { kind: 'money', fen }, plan: `三阶段实施 ${fen}`, contribution: '' })
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), stage.tender)
  await sequencerOf(database)()
  const judges = [await aJudge(database, make, stage, 1), await aJudge(database, make, stage, 2), await aJudge(database, make, stage, 3)] as [Member, Member, Member]
  for (const judge of judges) await declareJudge(make(judge), { number: stage.number })
  await attendTender(make(stage.owner), stage.tender)
  const bids = (await listOpened(database.owner, stage.tender.id)).map(({ bid }) => bid) as [string, string]
  return { stage, judges, bids }
}

const written = async (database: TestDatabase, tables: readonly string[]) => JSON.stringify(await Promise.all(tables.map((table) => database.owner(table).select('*'))))

test('a judge who leaves the page finds the sheet as it was, and nobody else finds anything', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, judges: [one, two], bids: [bid] } = await opened(database, make, clock)
  const { number, owner } = stage
  const told = ['ledger_entries', 'ledger_payloads', 'audits', 'outbox']
  const before = await written(database, told)
  const values = { act: 'draft', [pointsField(bid, 'c1')]: '三十？', [reasonField(bid, 'c1')]: TYPED, 'points-elsewhere': '9' }
  expect(await keepSheetDraft(make(one), { number, values })).toBeNull()
  const { [pointsField(bid, 'c1')]: points, [reasonField(bid, 'c1')]: reason } = values
  expect((await showSeat(make(one), { number })).draft).toEqual({ savedAt: clock.now, values: { [pointsField(bid, 'c1')]: points, [reasonField(bid, 'c1')]: reason } })

  expect(await written(database, told)).toBe(before)
  expect((await showSeat(make(two), { number })).draft).toBeNull()
  for (const shown of [await showJudges(make(owner), { number }), await showTender(make(owner), { number }), await showTender(make(two), { number })]) expect(JSON.stringify(shown)).not.toContain(TYPED)
  // Under the seal the text is found in none of its forms.
  const kept = await written(database, ['score_sheet_drafts'])
  const plain = [...kept.matchAll(/[A-Za-z0-9+/]{40,}={0,2}/g)].map(([text]) => Buffer.from(text, 'base64').toString('utf8')).join('\n')
  for (const text of [kept, plain]) expect(text).not.toContain(TYPED)

  // One draft a seat: what was thought before is not kept.
  await keepSheetDraft(make(one), { number, values: { [pointsField(bid, 'c1')]: '30' } })
  expect((await showSeat(make(one), { number })).draft!.values).toEqual({ [pointsField(bid, 'c1')]: '30' })
  // What lies in another's place was not sealed for it.
  const [{ sealed }, ...more] = (await database.owner('score_sheet_drafts').whereIn('judge_id', database.owner('tender_judges').where({ tender_id: stage.tender.id }).select('id'))) as [{ sealed: string }]
  expect(more).toEqual([])
  const other = (await listJudges(database.owner, stage.tender.id)).find(({ organisationId }) => organisationId === two.organisationId)!
  await database.owner('score_sheet_drafts').insert({ judge_id: other.id, saved_at: clock.now, sealed })
  expect((await showSeat(make(two), { number })).draft).toBeNull()
})

test('a draft goes when its sheet is committed, and when its judge leaves or is replaced', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, judges: [one, two, three], bids } = await opened(database, make, clock)
  const { number, owner, tender } = stage
  const values = { [pointsField(bids[0], 'c1')]: '12' }
  for (const judge of [one, two, three]) await keepSheetDraft(make(judge), { number, values })
  const left = () => database.owner('score_sheet_drafts').join('tender_judges', 'tender_judges.id', 'judge_id').where({ tender_id: tender.id }).orderBy('seat').pluck('seat')
  const { procedure } = tender.publication
  const codes = procedure.method === 'merit' ? procedure.criteria.flatMap(({ kind, code }) => (kind === 'judged' ? [code] : [])) : []
  const sheet = aSheet(Object.fromEntries(bids.map((bid) => [bid, Object.fromEntries(codes.map((code) => [code, '5']))])))
  expect(await commitSheet(make(one), { number, values: sheet })).toBeNull()
  expect(await left()).toEqual([2, 3])
  expect(await codeOf(keepSheetDraft(make(one), { number, values }))).toBe('merit.sheet-committed')
  await stepBack(make(two), { number, reason: '曾为其中一家做过顾问。' })
  expect(await left()).toEqual([3])
  expect(await codeOf(keepSheetDraft(make(two), { number, values }))).toBe('merit.stepped-down')
  const { id, dueAt } = (await listJudges(database.owner, tender.id)).find(({ seat }) => seat === 3)!
  clock.set(dueAt!)
  await replaceJudge(make(owner), { number, judge: id, reason: '逾期没有提交评分表。' })
  expect(await left()).toEqual([])
})

test('a draft is taken while a tender is held, and says at its field what is too long for any sheet', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage: { number }, judges: [one], bids: [bid] } = await opened(database, make, clock)
  const field = reasonField(bid, 'c1')
  expect(await keepSheetDraft(make(one), { number, values: { [field]: '长'.repeat(1001), [pointsField(bid, 'c1')]: '1'.repeat(21) } })).toEqual({ faults: [{ field: pointsField(bid, 'c1'), code: 'merit.points' }, { field, code: 'merit.reason-long' }] })
  await suspendTender(make(await organisation(database.owner, { role: 'regulator' })), { number, lasting: { n: 5, unit: 'd' }, reason: '收到投诉，暂停核查。', basis: '政府采购法第五十七条' })
  expect(await keepSheetDraft(make(one), { number, values: { [field]: TYPED } })).toBeNull()
  expect((await showSeat(make(one), { number })).draft!.values).toEqual({ [field]: TYPED })
})
