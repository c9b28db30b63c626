import type { StoredDocument } from '#app/domain/agencies/document.ts'
import { endOf, startOf } from '#app/domain/calendar.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { insertContract } from '#db/repositories/contracts.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { dayOf } from '../calendar.ts'
import { awardedTerms, standingContract } from './after-award.ts'
import { contractPeriods, mustKeepToAward, type ContractFields } from './contract.ts'
import { holdAsParty, tellOfAward } from './hold-award.server.ts'

/**
 * One side of a binding award files the contract that both have signed (政府采购法 46, 47); the other has then to confirm it. The
 * tender is held alone: of two sides that file at once one files, and the other is told to confirm.
 *
 * What is signed or filed late is taken all the same and said to be late: a contract that nobody may file any more would be
 * worse than a late one. The ledger has the file's hash, and of the amount a salted hash.
 *
 * @param amountFen in fen, at most what the award says; `serviceDays` calendar days, at most those of the tender
 * @param document a stored file; the same again while it waits is a form sent twice
 * @returns the contract's id
 * Refuses `tenders.no-such-tender`, `contracts.not-bound`, `contracts.not-a-party`, `contracts.filed-already`, and what {@link mustKeepToAward} refuses.
 */
export async function fileContract(context: Context, { number, document, ...fields }: ContractFields & { number: string; document: StoredDocument }): Promise<{ id: string }> {
  return transact(context.db, async (trx) => {
    const { award, at, member, side } = await holdAsParty(trx, context, { number, permission: 'file:contract' })
    const standing = standingContract(award)
    if (standing && standing.filedBy === side && standing.document.sha256 === document.sha256 && standing.amountFen === fields.amountFen) return { id: standing.id }
    if (standing) throw new Refusal('conflict', 'contracts.filed-already')
    mustKeepToAward(fields, awardedTerms(award), at)

    const { id: tenderId, divisionCode } = award.tender
    const [policies, calendar] = await Promise.all([policiesOf(trx, divisionCode, dayOf(at)), calendarOf(trx, divisionCode)])
    const id = newId()
    const confirmBy = endOf(at, policies.contractConfirmed.value, calendar).at
    const { signBy } = contractPeriods(award.boundAt, policies, calendar)
    const late = { signed: startOf(fields.signedOn) >= signBy, filed: at >= endOf(startOf(fields.signedOn), policies.contractFiled.value, calendar).at }
    const facts = { contract: id, by: side, agency: award.agency.uscc, days: fields.serviceDays, signedOn: fields.signedOn, confirmBy: confirmBy.toISOString(), file: document.sha256, ...(late.signed && { signedLate: true }), ...(late.filed && { filedLate: true }) }
    const ledger = await tellOfAward(trx, context, award, { at, act: 'file:contract', kind: 'contract.filed', facts, concealed: { amount: String(fields.amountFen) }, event: 'marketplace.contract.filed.v1' })
    await insertContract(trx, { ...fields, id, tenderId, agencyId: award.agency.id, document, filedBy: member.organisationId, filedAt: at, confirmBy, ledgerEntryId: ledger.entry })
    return { id }
  })
}
