import fc from 'fast-check'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { answerQuestion } from '#app/domain/tenders/answer-question.server.ts'
import { askQuestion } from '#app/domain/tenders/ask-question.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { withdrawBid } from '#app/domain/bids/withdraw-bid.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { statusAt, type TenderState } from '#app/domain/tenders/tender.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { test } from '#tests/support/database.ts'
import { aTender, contextsOf, offering, sequencerOf, setPeriods } from '#tests/support/tenders.ts'

type Step = { do: 'bid' | 'withdraw'; by: number } | { do: 'ask'; by: number; question: string } | { do: 'answer' } | { do: 'wait'; seconds: number } | { do: 'attend' } | { do: 'sequence' }

const AGENCIES = 3
const by = fc.nat({ max: AGENCIES - 1 })
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('bid' as const), by }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), by }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('ask' as const), by, question: fc.constantFrom('何时可以踏勘现场？', '图纸有电子版吗？') }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('answer' as const) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 40 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('attend' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('sequence' as const) }) },
  ) as fc.Arbitrary<Step>,
  { maxLength: 25 },
)

/** What a tender of the random method is, in the few words that a reader of the rules would use. */
class Model {
  now = 0
  standing = new Set<number>()
  receipts = 0
  state: TenderState = 'open'
  /** How many of the ledger's entries after the freeze wait for a checkpoint matters only as: is the freeze under one? */
  isCovered = false
  waiting: { by: number; question: string }[] = []
  asked: Record<number, number> = {}
  bindsAt = Infinity

  wait(seconds: number): void {
    this.now += seconds
    if (this.state === 'open' && this.now >= 60) this.state = 'closing'
    if (this.state === 'publicity' && this.now >= this.bindsAt) this.state = 'awarded'
  }
  attend(): void {
    if (this.state === 'closing' && this.waiting.length) return
    if (this.state === 'closing') {
      this.state = this.standing.size < 2 ? 'failed' : 'frozen'
      return
    }
    if (this.state === 'frozen' && this.now >= 90 && this.isCovered) {
      this.state = 'publicity'
      this.bindsAt = this.now + 40
    }
  }
  sequence(): void {
    if (this.state === 'frozen') this.isCovered = true
  }
}

test('any walk through a tender’s life does what the rules say and nothing else', { timeout: 60_000 }, async ({ database, context, clock }) => {
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, noticeObjectionBeforeClose: { n: 20, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' } })
  const make = contextsOf(context)
  const sequence = sequencerOf(database)
  const walk = async (path: Step[]) => {
    const stage = await aTender(database, make)
    const agencies: Member[] = []
    for (let count = 0; count < AGENCIES; count++) agencies.push(await offering(database.owner, stage.listing))
    const model = new Model()
    const { number, tender } = stage
    for (const step of [...path, ...Array<Step>(25).fill({ do: 'answer' }), { do: 'wait', seconds: 100 }, { do: 'attend' }, { do: 'sequence' }, { do: 'attend' }, { do: 'wait', seconds: 40 }] as Step[]) {
      const may = model.state === 'open'
      if (step.do === 'wait') {
        clock.advance(step.seconds * 1000)
        model.wait(step.seconds)
      } else if (step.do === 'attend') {
        await attendTender(make(stage.owner), tender)
        model.attend()
      } else if (step.do === 'sequence') {
        await sequence()
        model.sequence()
      } else if (step.do === 'ask') {
        const refused = await codeOf(askQuestion(make(agencies[step.by]!), { number, question: step.question }))
        const asked = model.asked[step.by] ?? 0
        const isSentTwice = model.waiting.some(({ by, question }) => by === step.by && question === step.question)
        expect(refused).toBe(!may ? 'tenders.closed' : isSentTwice ? null : model.now >= 40 ? 'life.questions-closed' : asked >= 5 ? 'life.too-many-questions' : null)
        if (refused || isSentTwice) continue
        model.asked[step.by] = asked + 1
        model.waiting.push(step)
      } else if (step.do === 'answer') {
        const open = await database.owner('tender_questions').where({ tender_id: tender.id, answered_at: null }).orderBy('ordinal').first('id')
        expect(Boolean(open)).toBe(model.waiting.length > 0)
        if (!open) continue
        expect(await codeOf(answerQuestion(make(stage.owner), { number, id: open.id, answer: '随时。' }))).toBeNull()
        model.waiting.shift()
      } else {
        const act = step.do === 'bid' ? submitBid(make(agencies[step.by]!), { number, contribution: '' }) : withdrawBid(make(agencies[step.by]!), { number })
        const refused = await codeOf(act)
        if (!may) expect(refused).toBe('tenders.closed')
        else if (step.do === 'bid') {
          expect(refused).toBeNull()
          model.standing.add(step.by)
          model.receipts += 1
        } else expect(refused).toBe(model.standing.delete(step.by) ? null : 'tenders.no-standing-bid')
      }
      expect(statusAt((await findTender(database.owner, tender))!, clock.now), JSON.stringify(step)).toBe(model.state)
    }

    const rows = async (table: string) => (await database.owner(table).where({ tender_id: tender.id })) as Record<string, never>[]
    const [bids, closings, pools, draws, awards] = await Promise.all(['bids', 'tender_closings', 'draw_pools', 'draws', 'awards'].map(rows))
    expect(bids).toHaveLength(model.receipts)
    expect(closings).toHaveLength(1)
    expect((closings![0] as unknown as { verdicts: unknown[] }).verdicts).toHaveLength(model.receipts)
    const isAwarded = model.state === 'awarded'
    expect([pools!.length, draws!.length, awards!.length]).toEqual(isAwarded ? [1, 1, 1] : [0, 0, 0])
    if (!isAwarded) return
    expect((pools![0] as unknown as { leaves: unknown[] }).leaves).toHaveLength(model.receipts)
    const winner = (bids as unknown as { id: string; agency_id: string }[]).find(({ id }) => id === (awards![0] as unknown as { bid_id: string }).bid_id)!
    expect([...model.standing].map((place) => agencies[place]!.organisationId)).toContain(winner.agency_id)
  }
  await fc.assert(fc.asyncProperty(steps, walk), { numRuns: 25 })
})

function codeOf(act: Promise<unknown>): Promise<string | null> {
  return act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))
}
