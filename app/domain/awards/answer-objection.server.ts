import { endOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { clockAt } from '#app/domain/tenders/given-back.ts'
import { lockOwnPublished } from '#app/domain/tenders/own-published.server.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { findObjection, insertObjectionAnswer } from '#db/repositories/objections.ts'

/**
 * The owner's public answer to an objection, given once. With the last one the award binds, if its publicity is over. From the answer on
 * who objected may complain to the regulator, on what was objected to, until the instant that is kept and shown.
 *
 * @param answer 5 to 2000 characters; the words that stand already are a form sent twice
 * @returns until when one may complain
 * Refuses `tenders.no-such-tender`, `life.not-your-tender`, `changes.no-such-objection`, `changes.answered-already`.
 */
export async function answerObjection(context: Context, { number, id, answer: words }: { number: string; id: string; answer: string }): Promise<{ complaintUntil: Date }> {
  return transact(context.db, async (trx) => {
    const { tender, at, member } = await lockOwnPublished(trx, context, { number, permission: 'answer:objection' })
    const objection = isUuid(id) ? await findObjection(trx, { id, tenderId: tender.id }) : undefined
    if (!objection) throw new Refusal('invalid', 'changes.no-such-objection')
    const complaintUntil = endOf(at, tender.publication.procedure.life.objections.complaint, await calendarOf(trx, tender.divisionCode)).at
    if (objection.answer === words) return { complaintUntil }
    if (objection.answer !== null) throw new Refusal('conflict', 'changes.answered-already')
    const facts = { objection: id, late: clockAt(tender, at) > objection.answerBy, complaintUntil: complaintUntil.toISOString() }
    const ledger = await tell(trx, context, {
      at,
      act: 'answer:objection',
      kind: 'objection.answered',
      subject: number,
      divisionCode: tender.divisionCode,
      facts,
      payload: { answer: words },
      event: { type: 'marketplace.tender.objection-answered.v1', data: { tender: number, project: tender.projectCode, ...facts } },
    })
    await insertObjectionAnswer(trx, { objectionId: id, words, at, by: member.accountId, complaintUntil, ledgerEntryId: ledger.entry })
    return { complaintUntil }
  })
}
