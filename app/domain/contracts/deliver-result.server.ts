import type { StoredDocument } from '#app/domain/agencies/document.ts'
import { dayOf, endOf } from '#app/domain/calendar.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { insertDeliverable } from '#db/repositories/deliverables.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { standingContract } from './after-award.ts'
import { standingOf } from './deliverable.ts'
import { holdAsParty, tellOfAward } from './hold-award.server.ts'

/**
 * The agency hands over what the service yields: a file, or for a secret result the receipt of its paper. The clock changes
 * sides, and the owner has the policy's time to accept it or to return it with all reasons.
 *
 * @param document a stored file, or null where it was handed over on paper; the same file again while it waits is a form sent twice
 * @param handover the receipt of a paper: its number, who took it, when
 * @returns the result's id and its round, from 1
 * Refuses `tenders.no-such-tender`, `contracts.not-bound`, `contracts.not-a-party`, `contracts.not-the-agency`, `contracts.not-confirmed`, `contracts.waits-already`, `contracts.accepted-already`.
 */
export async function deliverResult(context: Context, { number, name, document, handover }: { number: string; name: string; document: StoredDocument | null; handover: string | null }): Promise<{ id: string; round: number }> {
  return transact(context.db, async (trx) => {
    const { award, at, member, side } = await holdAsParty(trx, context, { number, permission: 'deliver:result' })
    if (side !== 'agency') throw new Refusal('forbidden', 'contracts.not-the-agency')
    const contract = standingContract(award)
    if (!contract?.confirmedAt) throw new Refusal('conflict', 'contracts.not-confirmed')
    const { state, last } = standingOf(award.deliverables, at)
    if (state === 'waiting' && last!.name === name && last!.document?.sha256 === document?.sha256 && last!.handover === handover) return { id: last!.id, round: last!.round }
    if (state === 'waiting') throw new Refusal('conflict', 'contracts.waits-already')
    if (state === 'accepted') throw new Refusal('conflict', 'contracts.accepted-already')

    const { divisionCode, projectCode } = award.tender
    const [policies, calendar] = await Promise.all([policiesOf(trx, divisionCode, dayOf(at)), calendarOf(trx, divisionCode)])
    const [id, round] = [newId(), (last?.round ?? 0) + 1]
    const answerBy = endOf(at, policies.acceptance.value, calendar).at
    const facts = { deliverable: id, contract: contract.id, round, agency: award.agency.uscc, listing: award.listing.code, answerBy: answerBy.toISOString(), file: document?.sha256 ?? null }
    const ledger = await tellOfAward(trx, context, award, { at, act: 'deliver:result', kind: 'deliverable.delivered', facts, concealed: { name, ...(handover !== null && { handover }) }, event: 'marketplace.deliverable.delivered.v1' })
    await insertDeliverable(trx, { id, round, name, document, handover, deliveredAt: at, answerBy, contractId: contract.id, listingCode: award.listing.code, projectCode, deliveredBy: member.accountId, ledgerEntryId: ledger.entry })
    return { id, round }
  })
}
