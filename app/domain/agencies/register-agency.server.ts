import { newId } from '#app/domain/chance.server.ts'
import { transact } from '#db/client.ts'
import { insertAgency, insertAgencyDocument } from '#db/repositories/agencies.ts'
import { findDivision } from '#db/repositories/divisions.ts'
import { openOrganisation } from '../accounts/open-account.server.ts'
import { hashPassword, type Hashed } from '../accounts/password.server.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { COMMITMENT, FORMAL_CHECKS, type AgencyFields } from './agency.ts'
import type { StoredDocument } from './document.ts'

export type RegisteredAgency = { organisationId: string; accountId: string; uscc: string; ledger: LedgerReference }

/**
 * Registers an agency from anywhere in the country, free and at once: what a machine can check is checked before
 * (both check digits and the commitment by the form, the code's uniqueness here), substance afterwards by inspection.
 *
 * @param input the parsed form, the language of the person, and the licence scan if one was sent
 * @returns the agency and its manager's account
 * @throws Refusal `accounts.division-unknown`, `accounts.uscc-registered`, `accounts.sign-in-name-taken`, each at its field
 */
export async function registerAgency(context: Context, input: Omit<AgencyFields, 'password'> & { password: string | Hashed; locale: 'zh' | 'en'; licence?: StoredDocument | null }): Promise<RegisteredAgency> {
  const { uscc, name, legalRepresentative, phone, address, divisionCode, displayName, signInName, locale } = input
  const passwordHash = await hashPassword(input.password)
  return transact(context.db, async (trx) => {
    if (!(await findDivision(trx, divisionCode))) throw new Refusal('invalid', 'accounts.division-unknown', { field: 'divisionCode' })
    const at = await context.clock.read(trx)
    const { organisationId, accountId } = await openOrganisation(trx, {
      organisation: { kind: 'organisation', uscc, name, legalRepresentative, phone, address, divisionCode },
      role: 'agency',
      person: { displayName, signInName, passwordHash, locale },
      at,
    })
    await insertAgency(trx, { organisationId, introduction: input.introduction, committedAt: at, admittedAt: at })
    if (input.licence) await insertAgencyDocument(trx, { ...input.licence, id: newId(), agencyId: organisationId, kind: 'licence', at, by: accountId })
    const facts = { agency: uscc, name, seat: divisionCode, commitment: COMMITMENT, checks: [...FORMAL_CHECKS], licence: input.licence?.sha256 ?? null }
    const ledger = await tell(trx, context, {
      at,
      act: 'register:agency',
      kind: 'agency.admitted',
      subject: uscc,
      divisionCode,
      facts,
      event: { type: 'marketplace.agency.admitted.v1', data: { agency: uscc, name } },
      details: { account: accountId, organisation: organisationId },
    })
    return { organisationId, accountId, uscc, ledger }
  })
}
