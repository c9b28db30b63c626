import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { Refusal } from '../refusal.ts'
import { statusAt, type Tender } from './tender.ts'

/** A bidder's public question to the owner. Who asks is told to nobody: the ledger has a salted hash of the code. */
export type Question = { id: string; tenderId: string; askerId: string; words: string; askedAt: Date; answerBy: Date }

const WORDS = { question: { least: 5, most: 1000 }, answer: { least: 2, most: 2000 } }

export const QuestionForm = z.object({ question: text({ ...WORDS.question, lines: true, say: { empty: 'life.question-short', short: 'life.question-short', long: 'life.question-long' } }) })
export const AnswerForm = z.object({
  id: z.uuid('life.no-such-question'),
  answer: text({ ...WORDS.answer, lines: true, say: { empty: 'life.answer-short', short: 'life.answer-short', long: 'life.answer-long' } }),
})

/** May anybody still ask? The deadline of questions is late by a millisecond, as that of bids. */
export function takesQuestions(tender: Tender, at: Date): boolean {
  const { publication } = tender
  return statusAt(tender, at) === 'open' && publication!.questionsUntil !== null && at < publication!.questionsUntil && publication!.procedure.life.questionsPerAgency > 0
}

/**
 * May its owner still answer? A first answer is taken for as long as the tender waits for it, after the deadline too;
 * a correction only while there are bids to be made by it.
 */
export function takesAnswer(tender: Tender, { revisions }: { revisions: number }, at: Date): boolean {
  const state = statusAt(tender, at)
  return state === 'open' || (state === 'closing' && revisions === 0)
}

/** Refuses `life.questions-closed`, and `life.too-many-questions` to whoever has asked as often as the published rules let. */
export function mustTakeQuestion(tender: Tender, asked: number, at: Date): void {
  if (!takesQuestions(tender, at)) throw new Refusal('conflict', 'life.questions-closed')
  const { questionsPerAgency } = tender.publication!.procedure.life
  if (asked >= questionsPerAgency) throw new Refusal('conflict', 'life.too-many-questions', { params: { limit: questionsPerAgency } })
}

/** Refuses `life.answers-closed`, and `life.too-many-corrections` once an answer was corrected as often as the published rules let. */
export function mustTakeAnswer(tender: Tender, question: { revisions: number }, at: Date): void {
  if (!takesAnswer(tender, question, at)) throw new Refusal('conflict', 'life.answers-closed')
  const { correctionsPerAnswer } = tender.publication!.procedure.life
  if (question.revisions > correctionsPerAnswer) throw new Refusal('conflict', 'life.too-many-corrections', { params: { limit: correctionsPerAnswer } })
}
