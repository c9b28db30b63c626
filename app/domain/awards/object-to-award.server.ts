import { memberWho } from '#app/domain/accounts/actor.ts'
import { endOf } from '#app/domain/calendar.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { mustTakeObjection } from '#app/domain/tenders/objection.ts'
import { lockPublished } from '#app/domain/tenders/own-published.server.ts'
import { tellOfTender } from '#app/domain/tenders/tell-of-tender.server.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { findObjectionsOf, insertObjection, isBidder, type Objection } from '#db/repositories/objections.ts'

/**
 * A bidder objects to the result while that may be done (招标投标法实施条例 54; 政府采购法 52). From then on the award does not bind until
 * the owner has answered. The words are public; who objects, the owner and the regulator learn and nobody else: the ledger has a
 * salted hash of the code.
 *
 * The tender is held alone and the clock read afterwards, so that an objection is late by a millisecond and never raced by its end.
 *
 * @param words 10 to 2000 characters; the same words again while they wait are a form sent twice
 * Refuses `tenders.no-such-tender`, `changes.not-a-bidder`, `changes.suspended`, `changes.no-result`, `changes.objection-late`, `changes.too-many-objections`.
 */
export async function objectToAward(context: Context, { number, words }: { number: string; words: string }): Promise<Objection> {
  return transact(context.db, async (trx) => {
    const { tender, at } = await lockPublished(trx, context, number)
    const member = memberWho(context.actor, 'object:award')
    const agencyId = member.organisationId
    if (!(await isBidder(trx, { tenderId: tender.id, agencyId }))) throw new Refusal('forbidden', 'changes.not-a-bidder')
    mustTakeObjection(tender, at)
    const { objections } = tender.publication.procedure.life
    const { count, same } = await findObjectionsOf(trx, { tenderId: tender.id, agencyId, words })
    if (same) return same
    if (count >= objections.perBidder) throw new Refusal('conflict', 'changes.too-many-objections', { params: { limit: objections.perBidder } })

    const objection = { id: newId(), tenderId: tender.id, agencyId, words, objectedAt: at, answerBy: endOf(at, objections.answer, await calendarOf(trx, tender.divisionCode)).at }
    const facts = { objection: objection.id, answerBy: objection.answerBy.toISOString(), regime: objections.regime }
    const ledger = await tellOfTender(trx, context, tender, { at, act: 'object:award', kind: 'objection.raised', facts, concealed: { objector: member.uscc ?? '' }, payload: { objection: words }, event: 'marketplace.tender.objection-raised.v1' })
    await insertObjection(trx, objection, { objectedBy: member.accountId, ledgerEntryId: ledger.entry })
    return objection
  })
}
