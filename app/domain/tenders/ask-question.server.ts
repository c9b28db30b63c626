import { newId } from '#app/domain/chance.server.ts'
import { memberWho } from '#app/domain/accounts/actor.ts'
import { endOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { transact } from '#db/client.ts'
import { lockBidder } from '#db/repositories/bids.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { countQuestions, findSameQuestion, insertQuestion } from '#db/repositories/questions.ts'
import { holdPublished } from './own-published.server.ts'
import { mustTakeQuestion, type Question } from './question.ts'
import { tellOfTender } from './tell-of-tender.server.ts'
import { mustBeOpen } from './tender.ts'

/**
 * Takes an agency's question to the owner of a tender. The words are public at once, who asks is not: the ledger gets a
 * salted hash of the asker's code, the event nothing of it. Until the owner answers, the tender does not close.
 *
 * The tender is held first and the clock read afterwards, so that a question that waited over its deadline is late.
 *
 * @param question 5 to 1000 characters; the same words again while they wait are a form sent twice, and stay one question
 * Refuses `tenders.no-such-tender`, `tenders.closed`, `life.questions-closed`, `life.too-many-questions` (招标投标法实施条例 22).
 */
export async function askQuestion(context: Context, { number, question: words }: { number: string; question: string }): Promise<Question> {
  return transact(context.db, async (trx) => {
    const tender = await holdPublished(trx, number, 'share')
    const member = memberWho(context.actor, 'ask:question')
    const askerId = member.organisationId
    await lockBidder(trx, askerId)
    const at = await context.clock.read(trx)
    mustBeOpen(tender, at)
    const sentTwice = await findSameQuestion(trx, { tenderId: tender.id, askerId, words })
    if (sentTwice) return sentTwice
    mustTakeQuestion(tender, await countQuestions(trx, { tenderId: tender.id, askerId }), at)

    const { life } = tender.publication.procedure
    const question = { id: newId(), tenderId: tender.id, askerId, words, askedAt: at, answerBy: endOf(at, life.answer, await calendarOf(trx, tender.divisionCode)).at }
    const facts = { question: question.id, answerBy: question.answerBy.toISOString() }
    const ledger = await tellOfTender(trx, context, tender, { at, act: 'ask:question', kind: 'question.asked', facts, concealed: { asker: member.uscc ?? '' }, payload: { question: words }, event: 'marketplace.tender.question-asked.v1' })
    await insertQuestion(trx, question, { askedBy: member.accountId, ledgerEntryId: ledger.entry })
    return question
  })
}
