import fc from 'fast-check'
import { expect } from 'vitest'
import { answerObjection } from '#app/domain/awards/answer-objection.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { objectToAward } from '#app/domain/awards/object-to-award.server.ts'
import { withdrawBid } from '#app/domain/bids/withdraw-bid.server.ts'
import { answerQuestion } from '#app/domain/tenders/answer-question.server.ts'
import { askQuestion } from '#app/domain/tenders/ask-question.server.ts'
import { cancel, correct, extend, follow, lift, suspend } from './changes.ts'
import { act, anAgency, command, notOpen, type Command, type Weighted } from './command.ts'
import { MOST, tell, type Model } from './model.ts'
import { attend, award, instants, reserve, stateOf } from './steps.ts'
import { codeOf, orderIn, type World } from './world.ts'

/** A bid by the method's own verb, at a price where it has one. */
export const bid = (by: number, yuan: number, really: (world: World, by: number, yuan: number) => Promise<unknown>, refuses: (by: number) => string | null = () => null): Command =>
  act(`agency ${by} bids ${yuan}`, {
    refusal: (model) => notOpen(model) ?? refuses(by),
    really: (world) => really(world, by, yuan),
    done: (model) => {
      model.standing.set(by, yuan)
      tell(model, 'bid.received')
    },
  })

const withdraw = (by: number) =>
  act(`agency ${by} withdraws`, {
    refusal: (model) => notOpen(model) ?? (model.standing.has(by) ? null : 'tenders.no-standing-bid'),
    really: ({ as, agencies, number }) => withdrawBid(as(agencies[by]!), { number }),
    done: (model) => {
      model.standing.delete(by)
      tell(model, 'bid.withdrawn')
    },
  })

const ask = (by: number, words: string) => {
  const again = (model: Model) => model.questions.some((each) => each.by === by && each.words === words && each.answers === 0)
  const asked = (model: Model) => model.questions.filter((each) => each.by === by).length
  return act(`agency ${by} asks ${words}`, {
    refusal: (model) => notOpen(model) ?? (again(model) ? null : model.now >= model.questionsUntil ? 'life.questions-closed' : asked(model) >= MOST.questions ? 'life.too-many-questions' : null),
    really: ({ as, agencies, number }) => askQuestion(as(agencies[by]!), { number, question: words }),
    done: (model) => {
      if (again(model)) return
      model.questions.push({ by, words, answers: 0 })
      tell(model, 'question.asked')
    },
  })
}

/** The oldest question without an answer, else the first one, which is corrected. */
export const answer = () => {
  const place = (model: Model) => Math.max(0, model.questions.findIndex(({ answers }) => answers === 0))
  return command('the owner answers', async (model, { as, owner, number, database, tender }) => {
    const question = model.questions[place(model)]!
    const { id } = await database.owner('tender_questions').where({ tender_id: tender.id }).orderBy('ordinal').offset(place(model)).first('id')
    const state = stateOf(model)
    const may = state === 'open' || (state === 'closing' && question.answers === 0)
    const expected = !may ? 'life.answers-closed' : question.answers > MOST.corrections ? 'life.too-many-corrections' : null
    expect(await codeOf(answerQuestion(as(owner), { number, id, answer: `第 ${question.answers + 1} 次答复。` })), `answer in ${state}`).toBe(expected)
    if (expected !== null) return
    question.answers += 1
    tell(model, question.answers === 1 ? 'question.answered' : 'question.corrected')
  }, ({ questions }) => questions.length > 0)
}

export const decline = (by: number) =>
  act(`agency ${by} declines`, {
    refusal: ({ awards, held, now }) => {
      const own = awards.find(({ to }) => to === by)
      return !own ? 'life.not-the-winner' : own.declined ? 'life.already-declined' : held ? 'changes.suspended' : now >= own.declineUntil ? 'life.decline-late' : null
    },
    really: ({ as, agencies, number }) => declineAward(as(agencies[by]!), { number, reason: 'no-capacity', words: '人手不足，无法承接。' }),
    done: (model) => {
      model.awards.at(-1)!.declined = true
      tell(model, 'award.declined')
      award(model, model.order ? reserve(model) : [])
    },
  })

export const object = (by: number, words: string) => {
  const again = (model: Model) => model.objections.some((each) => each.by === by && each.words === words && !each.answered)
  return act(`agency ${by} objects`, {
    refusal: (model) => {
      const standing = model.awards.at(-1)
      if (!model.standing.has(by)) return 'changes.not-a-bidder'
      if (model.held) return 'changes.suspended'
      if (!standing || standing.declined) return 'changes.no-result'
      if (model.now >= standing.bindsAt) return 'changes.objection-late'
      return again(model) ? null : model.objections.filter((each) => each.by === by).length >= MOST.objections ? 'changes.too-many-objections' : null
    },
    really: ({ as, agencies, number }) => objectToAward(as(agencies[by]!), { number, words }),
    done: (model) => {
      if (again(model)) return
      model.objections.push({ by, words, answered: false })
      tell(model, 'objection.raised')
    },
  })
}

export const answerOneObjection = () =>
  command('the owner answers an objection', async (model, { as, owner, number, database, tender }) => {
    const place = model.objections.findIndex(({ answered }) => !answered)
    const { id } = await database.owner('tender_objections').where({ tender_id: tender.id }).orderBy('ordinal').offset(place).first('id')
    await answerObjection(as(owner), { number, id, answer: '经复核，结果无误。' })
    model.objections[place]!.answered = true
    tell(model, 'objection.answered')
  }, ({ objections }) => objections.some(({ answered }) => !answered))

export const wait = (milliseconds: number) => command(`${milliseconds} ms pass`, async (model, { clock }) => void (clock.advance(milliseconds), (model.now += milliseconds)))

/** To the next instant at which something changes, or to the millisecond before it. */
export const waitForNext = (short: number) =>
  command(`time passes to the next instant${short ? ' but one ms' : ''}`, async (model, { clock }) => {
    const next = instants(model)[0]! - short
    if (next > model.now) clock.set(new Date((model.now = next)))
  }, (model) => instants(model).length > 0)

export const attendNow = () =>
  command('the clockwork attends', async (model, world) => {
    const { steps } = await attendTender(world.as(world.owner), world.tender)
    const before = model.order
    const order = await orderIn(world)
    expect(steps).toEqual(attend(model, order))
    if (before || !model.order) return
    const prices = model.opened?.prices ?? model.standing
    expect(model.order.toSorted(), 'everybody who is eligible stands in the order').toEqual((model.rules.inOrder?.(model) ?? [...prices.keys()]).toSorted())
    const { order: places, rules } = model
    for (const [place, by] of places.slice(0, rules.inTurn ? Infinity : 1).entries()) {
      const left = new Map(places.slice(place).map((each) => [each, prices.get(each)!]))
      expect(rules.mayBeFirst(place ? left : prices, model), `place ${place + 1}`).toContain(by)
    }
  })

export const sequenceNow = () =>
  command('the ledger is sequenced', async (model, { sequence }) => {
    await sequence()
    for (const each of [model.frozen, model.opened, model.judging?.shown]) if (each) each.covered = true
  })

/** What may happen to a tender of any method; the method's own bids come to it. */
export const COMMON: readonly Weighted[] = [
  { weight: 2, arbitrary: anAgency.map(withdraw) },
  { weight: 2, arbitrary: fc.tuple(anAgency, fc.constantFrom('何时可以踏勘现场？', '图纸有电子版吗？')).map((given) => ask(...given)) },
  { weight: 4, arbitrary: fc.constant(null).map(answer) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(10, 12), fc.constantFrom('', '电话 0431')).map((given) => correct(...given)) },
  { weight: 1, arbitrary: fc.constantFrom(10, 40, 60).map(extend) },
  { weight: 2, arbitrary: fc.constantFrom(5, 25, 70).map(suspend) },
  { weight: 2, arbitrary: fc.constant(null).map(lift) },
  { weight: 1, arbitrary: fc.constant(null).map(cancel) },
  { weight: 3, arbitrary: anAgency.map(decline) },
  { weight: 2, arbitrary: fc.tuple(anAgency, fc.constantFrom('该机构的资质已过有效期。', '该机构与业主同一联系电话。')).map((given) => object(...given)) },
  { weight: 2, arbitrary: fc.constant(null).map(answerOneObjection) },
  { weight: 1, arbitrary: fc.constant(null).map(follow) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 20_000 }).map(wait) },
  { weight: 20, arbitrary: fc.constantFrom(0, 0, 0, 1).map(waitForNext) },
  { weight: 16, arbitrary: fc.constant(null).map(attendNow) },
  { weight: 12, arbitrary: fc.constant(null).map(sequenceNow) },
]
