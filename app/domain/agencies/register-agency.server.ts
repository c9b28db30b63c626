import { transact } from '#db/client.ts'
import { hashPassword, type Hashed } from '../accounts/password.server.ts'
import type { Context } from '../context.ts'
import type { LedgerReference } from '../ledger/tell.server.ts'
import { admitAgency, type Brought } from './admit-agency.server.ts'
import type { AgencyFields } from './agency.ts'
import type { StoredDocument } from './document.ts'

export type RegisteredAgency = { organisationId: string; accountId: string; uscc: string; ledger: LedgerReference }

/**
 * Registers an agency from anywhere in the country, free and at once: what a machine can check is checked before
 * (both check digits and the commitment by the form, the code's uniqueness here). The public notice and an operator's formal
 * check run afterwards, the substance is for inspection.
 *
 * @param input the parsed form, the language of the person, and what was brought: papers, certificates, practitioners, area
 * @returns the agency and its manager's account
 * @throws Refusal `accounts.division-unknown`, `accounts.uscc-registered`, `accounts.sign-in-name-taken`, each at its field, and
 * what `admitAgency` refuses of what was brought
 */
export async function registerAgency(context: Context, input: Omit<AgencyFields, 'password'> & Brought & { password: string | Hashed; locale: 'zh' | 'en'; licence?: StoredDocument | null }): Promise<RegisteredAgency> {
  const { uscc, name, legalRepresentative, phone, address, divisionCode, displayName, signInName, locale, introduction, licence, documents = [] } = input
  const passwordHash = await hashPassword(input.password)
  return transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    const { organisationId, accountId, ledger } = await admitAgency(
      trx,
      context,
      {
        organisation: { uscc, name, legalRepresentative, phone, address, divisionCode },
        person: { displayName, signInName, passwordHash, locale },
        introduction,
        serviceDivisions: input.serviceDivisions,
        agentName: input.agentName,
        contactName: input.contactName,
        contactPhone: input.contactPhone,
        documents: [...(licence ? [{ ...licence, kind: 'licence' as const }] : []), ...documents],
        qualifications: input.qualifications,
        practitioners: input.practitioners,
      },
      at,
    )
    return { organisationId, accountId: accountId!, uscc, ledger }
  })
}
