import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { transact } from '#db/client.ts'
import { findQuestion, insertAnswer } from '#db/repositories/questions.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { clockAt } from './given-back.ts'
import { mustTakeAnswer } from './question.ts'
import { isTenderNumber } from './tender.ts'

/**
 * The owner's answer to a question, public at once to everybody alike; a further one corrects the one before, which stays
 * beside it. The tender is held alone, so that two answers at once are an answer and its correction.
 *
 * @param id the question's
 * @param answer 2 to 2000 characters; the words that stand already are a form sent twice, and no correction
 * @returns which revision it became; 1 is the answer, above it are corrections
 * Refuses `tenders.no-such-tender`, `life.not-your-tender`, `life.no-such-question`, `life.answers-closed`, `life.too-many-corrections`.
 */
export async function answerQuestion(context: Context, { number, id, answer: words }: { number: string; id: string; answer: string }): Promise<{ revision: number }> {
  return transact(context.db, async (trx) => {
    const tender = isTenderNumber(number) ? await lockTender(trx, { number }) : undefined
    if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
    const member = memberWho(context.actor, 'answer:question')
    if (tender.ownerId !== member.organisationId) throw new Refusal('forbidden', 'life.not-your-tender')
    const at = await context.clock.read(trx)
    const question = isUuid(id) ? await findQuestion(trx, { id, tenderId: tender.id }) : undefined
    if (!question) throw new Refusal('invalid', 'life.no-such-question')
    if (question.lastWords === words) return { revision: question.revisions }
    mustTakeAnswer(tender, question, at)

    const revision = question.revisions + 1
    const facts = { question: id, revision, late: revision === 1 && clockAt(tender, at) > question.answerBy }
    const ledger = await tell(trx, context, {
      at,
      act: 'answer:question',
      kind: revision === 1 ? 'question.answered' : 'question.corrected',
      subject: number,
      divisionCode: tender.divisionCode,
      facts,
      payload: { answer: words },
      event: { type: 'marketplace.tender.question-answered.v1', data: { tender: number, project: tender.projectCode, ...facts } },
    })
    await insertAnswer(trx, { questionId: id, revision, words, answeredAt: at, answeredBy: member.accountId, ledgerEntryId: ledger.entry })
    return { revision }
  })
}
