import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { Question } from '#app/domain/tenders/question.ts'

/** The asker is held, since the caller has counted. `askerId` is shown to nobody; `answerBy` is the first instant at which an answer is late, and closing waits for one. */
export async function insertQuestion(trx: Knex.Transaction, question: Question, { askedBy, ledgerEntryId }: { askedBy: string; ledgerEntryId: string }): Promise<void> {
  await trx('tender_questions').insert({
    id: question.id,
    tender_id: question.tenderId,
    asker_id: question.askerId,
    asked_by: askedBy,
    words: question.words,
    asked_at: question.askedAt,
    answer_by: question.answerBy,
    ledger_entry_id: ledgerEntryId,
  })
}

/** How many questions an agency has asked in a tender. */
export async function countQuestions(db: Database, { tenderId, askerId }: Pick<Question, 'tenderId' | 'askerId'>): Promise<number> {
  const [{ count }] = (await db('tender_questions').where({ tender_id: tenderId, asker_id: askerId }).count()) as [{ count: number }]
  return Number(count)
}

/** The same words of the same agency that still wait for an answer: a form that was sent twice. */
export async function findSameQuestion(db: Database, { tenderId, askerId, words }: Pick<Question, 'tenderId' | 'askerId' | 'words'>): Promise<Question | undefined> {
  return db('tender_questions').where({ tender_id: tenderId, asker_id: askerId, words }).whereNull('answered_at').first('id', 'words', { tenderId: 'tender_id', askerId: 'asker_id', askedAt: 'asked_at', answerBy: 'answer_by' })
}

/** A tender's own question with the number of its answers, the first and its corrections, and the words that stand; somebody else's is not found. */
export async function findQuestion(db: Database, { id, tenderId }: { id: string; tenderId: string }): Promise<{ id: string; answerBy: Date; revisions: number; lastWords: string | null } | undefined> {
  return db('tender_questions as questions')
    .where({ 'questions.id': id, 'questions.tender_id': tenderId })
    .first('questions.id', { answerBy: 'questions.answer_by' }, db.raw('(select count(*)::integer from tender_answers where question_id = questions.id) as revisions'), db.raw('(select words from tender_answers where question_id = questions.id order by revision desc limit 1) as "lastWords"'))
}

/** Keeps an answer; the first one ends the question's waiting. A revision is given once: its key refuses a second. */
export async function insertAnswer(trx: Knex.Transaction, answer: { questionId: string; revision: number; words: string; answeredAt: Date; answeredBy: string; ledgerEntryId: string }): Promise<void> {
  await trx('tender_answers').insert({
    question_id: answer.questionId,
    revision: answer.revision,
    words: answer.words,
    answered_at: answer.answeredAt,
    answered_by: answer.answeredBy,
    ledger_entry_id: answer.ledgerEntryId,
  })
  if (answer.revision === 1) await trx('tender_questions').where({ id: answer.questionId }).update({ answered_at: answer.answeredAt })
}
