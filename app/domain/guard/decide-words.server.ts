import { memberWho } from '#app/domain/accounts/actor.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { transact } from '#db/client.ts'
import { holdGuardDecision, insertDecisionRow } from '#db/repositories/guard-decisions.ts'
import { insertTelling } from '#db/repositories/ledger-entries.ts'
import { findStanding } from '#db/repositories/upheld-demands.ts'
import { insertWordReview } from '#db/repositories/word-reviews.ts'
import { prepareDecision, rowOf } from './decide.server.ts'
import type { Decision, Say } from './decision.ts'
import type { Demand } from './demand.ts'
import { gatherFacts } from './gather-facts.server.ts'

/**
 * A regulator says what an officer's words mean: one listing, or nothing on the list. The demand is judged again by the list of its own
 * day, and the answer is a new signed decision that names the one it answers; the old one stays as it is.
 *
 * @param listing the code of the listing that is meant; null where nothing on the list is
 * @returns the new decision's id
 * Refuses `reports.no-such-words` for another division's and for what is no wording, `reports.words-decided` for a second,
 * `reports.no-such-listing` where the list of that day does not have the code.
 */
export async function decideWords(context: Context, { decision: id, listing, say }: { decision: string; listing: string | null; say: Say }): Promise<{ id: string; verdict: Decision['verdict'] }> {
  const member = memberWho(context.actor, 'decide:words')
  return transact(context.db, async (trx) => {
    const old = isUuid(id) ? await holdGuardDecision(trx, id) : undefined
    if (!old || !isWithin(old.divisionCode, member.divisionCode)) throw new Refusal('missing', 'reports.no-such-words')
    const { demand: { givenFacts: _given, ...demand }, answers } = JSON.parse(old.document) as Decision
    if (!('text' in demand.demanded) || old.listingId !== null || answers) throw new Refusal('missing', 'reports.no-such-words')
    const { answeredBy, withdrawn } = await findStanding(trx, id)
    if (answeredBy || withdrawn) throw new Refusal('conflict', 'reports.words-decided')

    // The item that was meant then: a national code may be taken back meanwhile, or be given to another.
    const asked = { ...demand, approvalItem: old.approvalItem, ...(listing && { demanded: { item: listing } }) } as Demand
    const gathered = await gatherFacts(trx, asked, { divisionCode: old.divisionCode, authorityId: old.authorityId, idempotency: null })
    if (listing && !gathered.read.listing) throw new Refusal('invalid', 'reports.no-such-listing', { field: 'listing' })
    const at = await context.clock.read(trx)
    const prepared = prepareDecision(context, { id: newId(), divisionCode: old.divisionCode, act: 'decide:words', demand: asked, say, gathered, at, answers: id })
    await insertTelling(trx, prepared.telling)
    await insertDecisionRow(trx, rowOf(prepared, { divisionCode: old.divisionCode, authorityId: old.authorityId, gathered, at }))
    await insertWordReview(trx, { decisionId: id, answerId: prepared.document.id, at, by: member.accountId, ledgerEntryId: prepared.document.ledger.entry })
    return { id: prepared.document.id, verdict: prepared.document.verdict }
  })
}
