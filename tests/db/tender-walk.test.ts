import fc from 'fast-check'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { answerObjection } from '#app/domain/awards/answer-objection.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { objectToAward } from '#app/domain/awards/object-to-award.server.ts'
import { answerQuestion } from '#app/domain/tenders/answer-question.server.ts'
import { askQuestion } from '#app/domain/tenders/ask-question.server.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { correctTender } from '#app/domain/tenders/correct-tender.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { liftSuspension } from '#app/domain/tenders/resume-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { withdrawBid } from '#app/domain/bids/withdraw-bid.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { statusAt, type TenderState } from '#app/domain/tenders/tender.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { test } from '#tests/support/database.ts'
import { regulator } from '#tests/support/factories.ts'
import { TenderModel, WALK } from '#tests/support/tender-model.ts'
import { aTender, contextsOf, offering, sequencerOf, setPeriods } from '#tests/support/tenders.ts'

type Step =
  | { do: 'bid'; by: number }
  | { do: 'withdraw'; by: number }
  | { do: 'ask'; by: number; question: string }
  | { do: 'object'; by: number; words: string }
  | { do: 'correct'; material: boolean }
  | { do: 'extend'; seconds: number }
  | { do: 'suspend'; seconds: number }
  | { do: 'wait'; seconds: number }
  | { do: 'answer' }
  | { do: 'answer-objection' }
  | { do: 'lift' }
  | { do: 'cancel' }
  | { do: 'attend' }
  | { do: 'sequence' }

const AGENCIES = 3
const by = fc.nat({ max: AGENCIES - 1 })
const only = <D extends string>(act: D) => fc.record({ do: fc.constant(act) })
const lasting = <D extends string>(act: D, max: number) => fc.record({ do: fc.constant(act), seconds: fc.integer({ min: 1, max }) })
const early = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('bid' as const), by }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), by }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('ask' as const), by, question: fc.constantFrom('何时可以踏勘现场？', '图纸有电子版吗？') }) },
  { weight: 4, arbitrary: only('answer') },
  { weight: 6, arbitrary: lasting('wait', 40) },
  { weight: 4, arbitrary: only('attend') },
  { weight: 4, arbitrary: only('sequence') },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('correct' as const), material: fc.boolean() }) },
  { weight: 2, arbitrary: lasting('extend', WALK.extensionAtMost + 5) },
  { weight: 2, arbitrary: lasting('suspend', WALK.hold + 5) },
  { weight: 2, arbitrary: only('lift') },
  { weight: 1, arbitrary: only('cancel') },
) as fc.Arbitrary<Step>
const later = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('object' as const), by, words: fc.constantFrom('中选机构的材料与公告要求不符，请核实。', '名单里有一家机构不应当参加，请核实。') }) },
  { weight: 2, arbitrary: only('answer-objection') },
  { weight: 2, arbitrary: lasting('wait', 20) },
  { weight: 1, arbitrary: lasting('suspend', 20) },
  { weight: 1, arbitrary: only('lift') },
  { weight: 1, arbitrary: only('attend') },
  { weight: 1, arbitrary: only('cancel') },
) as fc.Arbitrary<Step>

/** Enough to bring whatever stands to its close and to a draw: nothing lasts longer than all moves of the longest walk together. */
const TO_THE_DRAW: Step[] = [{ do: 'lift' }, ...Array<Step>(25).fill({ do: 'answer' }), { do: 'wait', seconds: 2000 }, { do: 'attend' }, { do: 'sequence' }, { do: 'attend' }]
const TO_THE_END: Step[] = [{ do: 'lift' }, ...Array<Step>(10).fill({ do: 'answer-objection' }), { do: 'wait', seconds: 100 }]

/** A walk to the draw, in which holds and ends are rare enough to get there, and one through what follows. */
const walks = fc.tuple(fc.array(early, { maxLength: 25 }), fc.array(later, { maxLength: 12 }))

const bids: Step[] = [{ do: 'bid', by: 0 }, { do: 'bid', by: 1 }]
/** Walked each time, whatever chance adds: through a held publicity with an objection, past a cancelled draw, and over every kind of change. */
const KNOWN: [[Step[], Step[]]][] = [
  [[bids, [{ do: 'object', by: 0, words: '名单里有一家机构不应当参加，请核实。' }, { do: 'suspend', seconds: 10 }, { do: 'wait', seconds: 5 }, { do: 'lift' }, { do: 'wait', seconds: 60 }, { do: 'answer-objection' }]]],
  [[[...bids, { do: 'wait', seconds: 70 }, { do: 'attend' }, { do: 'cancel' }, { do: 'sequence' }], []]],
  [[[...bids, { do: 'wait', seconds: 50 }, { do: 'correct', material: true }, { do: 'extend', seconds: 10 }, { do: 'suspend', seconds: 20 }, { do: 'wait', seconds: 30 }, { do: 'attend' }, { do: 'correct', material: false }, { do: 'cancel' }], []]],
]

test('any walk through a tender’s life does what the rules say and nothing else', { timeout: 120_000 }, async ({ database, context, clock }) => {
  const seconds = (n: number) => ({ n, unit: 's' as const })
  await setPeriods(database.owner, {
    application: seconds(WALK.application), drawDelay: seconds(WALK.drawDelay), noticeObjectionBeforeClose: seconds(WALK.questionsBeforeClose), publicity: seconds(WALK.publicity), decline: seconds(WALK.decline),
    changeBeforeClose: seconds(WALK.changeBeforeClose), extensionAtMost: seconds(WALK.extensionAtMost), regulatorHold: seconds(WALK.hold),
  })
  const make = contextsOf(context)
  const sequence = sequencerOf(database)
  const office = await regulator(database.owner)
  const seen = new Set<TenderState>()
  const walk = async ([before, after]: [Step[], Step[]]) => {
    const stage = await aTender(database, make)
    const agencies: Member[] = []
    for (let count = 0; count < AGENCIES; count++) agencies.push(await offering(database.owner, stage.listing))
    const model = new TenderModel()
    const { number, tender } = stage
    const owner = make(stage.owner)
    let words = 0
    for (const step of [...before, ...TO_THE_DRAW, ...after, ...TO_THE_END]) {
      if (step.do === 'wait') {
        clock.advance(step.seconds * 1000)
        model.now += step.seconds
      } else if (step.do === 'attend') {
        await attendTender(owner, tender)
        model.attend()
      } else if (step.do === 'sequence') {
        await sequence()
        model.sequence()
      } else if (step.do === 'ask') {
        expect(await codeOf(askQuestion(make(agencies[step.by]!), { number, question: step.question }))).toBe(model.ask(step.by, step.question))
      } else if (step.do === 'answer') {
        const open = await database.owner('tender_questions').where({ tender_id: tender.id, answered_at: null }).orderBy('ordinal').first('id')
        expect(Boolean(open)).toBe(model.waiting.length > 0)
        if (!open) continue
        expect(await codeOf(answerQuestion(owner, { number, id: open.id, answer: '随时。' }))).toBe(model.answer())
      } else if (step.do === 'correct') {
        words += 1
        const { requirements, contact } = (await findTender(database.owner, tender))!
        const now = { requirements: step.material ? `按规范完成，成果两份，另附说明 ${words}。` : requirements, contact: step.material ? contact : `电话 ${words}`, deliverables: '', serviceDays: 10 }
        expect(await codeOf(correctTender(owner, { number, reason: '图纸有更新，须一并考虑。', ...now }))).toBe(model.correct(step.material))
      } else if (step.do === 'extend') {
        expect(await codeOf(extendTender(owner, { number, by: seconds(step.seconds), reason: '多给一些时间准备。' }))).toBe(model.extend(step.seconds))
      } else if (step.do === 'suspend') {
        expect(await codeOf(suspendTender(make(office), { number, lasting: seconds(step.seconds), basis: '政府采购法第五十七条', reason: '正在核实收到的反映。' }))).toBe(model.suspend(step.seconds))
      } else if (step.do === 'lift') {
        expect(await codeOf(liftSuspension(make(office), { number, reason: '核查完毕，未发现问题。' }))).toBe(model.lift())
      } else if (step.do === 'cancel') {
        expect(await codeOf(cancelTender(owner, { number, reason: '项目缓建，不再采购。' }))).toBe(model.cancel())
      } else if (step.do === 'object') {
        expect(await codeOf(objectToAward(make(agencies[step.by]!), { number, words: step.words }))).toBe(model.object(step.by, step.words))
      } else if (step.do === 'answer-objection') {
        const open = await database.owner('tender_objections').where({ tender_id: tender.id }).whereNotExists(database.owner('objection_answers').whereRaw('objection_id = tender_objections.id')).orderBy('ordinal').first('id')
        expect(Boolean(open)).toBe(model.isDisputed)
        if (!open) continue
        expect(await codeOf(answerObjection(owner, { number, id: open.id, answer: '已核实，结果维持不变。' }))).toBeNull()
        model.objections.find(({ answered }) => !answered)!.answered = true
      } else {
        const act = step.do === 'bid' ? submitBid(make(agencies[step.by]!), { number, contribution: '' }) : withdrawBid(make(agencies[step.by]!), { number })
        const refused = await codeOf(act)
        if (model.closed) expect(refused).toBe(model.closed)
        else if (step.do === 'bid') {
          expect(refused).toBeNull()
          model.standing.add(step.by)
          model.receipts += 1
        } else expect(refused).toBe(model.standing.delete(step.by) ? null : 'tenders.no-standing-bid')
      }
      const stands = (await findTender(database.owner, tender))!
      expect(statusAt(stands, clock.now), JSON.stringify(step)).toBe(model.state)
      expect(stands.publication!.closesAt.getTime() - stands.publication!.publishedAt.getTime(), JSON.stringify(step)).toBe(model.closesAt * 1000)
      seen.add(model.state)
    }

    const rows = async (table: string) => (await database.owner(table).where({ tender_id: tender.id })) as Record<string, never>[]
    const counts = async (...tables: string[]) => (await Promise.all(tables.map(rows))).map(({ length }) => length)
    expect(await counts('tender_corrections', 'tender_extensions', 'tender_suspensions', 'suspension_endings')).toEqual(Object.values(model.facts))
    expect(await counts('tender_cancellations', 'tender_objections')).toEqual([model.cancelled ? 1 : 0, model.objections.length])
    const [bids, closings, pools, awards] = await Promise.all(['bids', 'tender_closings', 'draw_pools', 'awards'].map(rows))
    expect(bids).toHaveLength(model.receipts)
    expect(closings).toHaveLength(model.outcome ? 1 : 0)
    if (model.outcome) expect((closings![0] as unknown as { verdicts: unknown[] }).verdicts).toHaveLength(model.receipts)
    const isAwarded = model.state === 'awarded'
    // Who cancels after the freeze ends the purchase, and not the draw.
    expect(await counts('draw_pools', 'draws', 'awards')).toEqual([model.outcome === 'frozen' ? 1 : 0, model.isDrawn ? 1 : 0, isAwarded ? 1 : 0])
    expect(model.outcome === 'frozen').toBe(model.isDrawn)
    if (!isAwarded) return
    expect((pools![0] as unknown as { leaves: unknown[] }).leaves).toHaveLength(model.receipts)
    const winner = (bids as unknown as { id: string; agency_id: string }[]).find(({ id }) => id === (awards![0] as unknown as { bid_id: string }).bid_id)!
    expect([...model.standing].map((place) => agencies[place]!.organisationId)).toContain(winner.agency_id)
  }
  await fc.assert(fc.asyncProperty(walks, walk), { numRuns: 25, examples: KNOWN })
  expect([...seen].sort()).toEqual(expect.arrayContaining(['awarded', 'cancelled', 'frozen', 'open', 'publicity', 'suspended']))
})

function codeOf(act: Promise<unknown>): Promise<string | null> {
  return act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))
}
