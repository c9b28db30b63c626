import { newId } from '#app/domain/chance.server.ts'
import { transact } from '#db/client.ts'
import { lockAgency } from '#db/repositories/agencies.ts'
import { findOwnGrade, insertGrade } from '#db/repositories/credit-grades.ts'
import { lockOrganisationByUscc } from '#db/repositories/organisations.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import type { GradeForm } from './credit-grade.ts'

/**
 * A regulator publishes an agency's credit grade in its own division, with the rating that says so. It counts for every pool
 * that is frozen from now on, and for none that is frozen already; what it was before stays on record.
 *
 * @param agency the code, alone or beside a name
 * Refuses at `agency` `credit.no-such-agency`, at `grade` `credit.same-grade`.
 */
export async function gradeAgency(context: Context, { agency: typed, grade, source, reason }: GradeForm): Promise<LedgerReference> {
  const regulator = memberWho(context.actor, 'grade:agency')
  return transact(context.db, async (trx) => {
    const uscc = /(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])/.exec(typed.normalize('NFKC').toUpperCase())?.[0]
    const organisation = uscc ? await lockOrganisationByUscc(trx, uscc) : undefined
    const agency = organisation && (await lockAgency(trx, organisation.id, 'update'))
    if (!organisation || !agency?.admittedAt) throw new Refusal('invalid', 'credit.no-such-agency', { field: 'agency' })
    const { divisionCode } = regulator
    const before = await findOwnGrade(trx, { agencyId: organisation.id, divisionCode })
    if (before === grade) throw new Refusal('conflict', 'credit.same-grade', { field: 'grade' })
    const at = await context.clock.read(trx)
    const facts = { agency: organisation.uscc, name: organisation.name, grade, before, source }
    const ledger = await tell(trx, context, { at, act: 'grade:agency', kind: 'credit.graded', subject: organisation.uscc!, divisionCode, facts, payload: { reason }, event: { type: 'marketplace.agency.graded.v1', data: facts } })
    await insertGrade(trx, { id: newId(), agencyId: organisation.id, divisionCode, grade, source, reason, gradedAt: at, gradedBy: regulator.accountId, ledgerEntryId: ledger.entry })
    return ledger
  })
}
