import { transact } from '#db/client.ts'
import { findDivision } from '#db/repositories/divisions.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { openOrganisation } from './open-account.server.ts'
import type { OwnerFields, PersonOwnerFields } from './owner.ts'
import { hashPassword, type Hashed } from './password.server.ts'

export type RegisteredOwner = { organisationId: string; accountId: string; ledger: LedgerReference }

type Input = (({ kind: 'organisation' } & Omit<OwnerFields, 'password'>) | ({ kind: 'natural-person' } & Omit<PersonOwnerFields, 'password'>)) & { password: string | Hashed }

/**
 * Registers who needs services: an organisation by its code, or a natural person. Of a natural person the ledger
 * gets a salted hash of the name and nothing else; deleting the salt erases it.
 *
 * @throws Refusal `accounts.division-unknown`, `accounts.uscc-registered`, `accounts.sign-in-name-taken`, each at its field
 */
export async function registerOwner(context: Context, input: Input & { locale: 'zh' | 'en' }): Promise<RegisteredOwner> {
  const passwordHash = await hashPassword(input.password)
  return transact(context.db, async (trx) => {
    if (!(await findDivision(trx, input.divisionCode))) throw new Refusal('invalid', 'accounts.division-unknown', { field: 'divisionCode' })
    const at = await context.clock.read(trx)
    const { name, phone, divisionCode, signInName, locale } = input
    const isOrganisation = input.kind === 'organisation'
    const { organisationId, accountId } = await openOrganisation(trx, {
      organisation: {
        kind: input.kind,
        uscc: isOrganisation ? input.uscc : null,
        name,
        legalRepresentative: isOrganisation ? input.legalRepresentative : null,
        phone,
        address: isOrganisation ? input.address : null,
        divisionCode,
      },
      role: 'owner',
      person: { displayName: isOrganisation ? input.displayName : name, signInName, passwordHash, locale },
      at,
    })
    const ledger = await tell(trx, context, {
      at,
      act: 'register:owner',
      kind: 'owner.registered',
      subject: isOrganisation ? input.uscc : organisationId,
      divisionCode,
      facts: isOrganisation ? { ownerKind: input.kind, owner: input.uscc, ownerName: name } : { ownerKind: input.kind },
      ...(!isOrganisation && { concealed: { ownerName: name } }),
      details: { account: accountId, organisation: organisationId },
    })
    return { organisationId, accountId, ledger }
  })
}
