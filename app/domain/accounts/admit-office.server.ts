import { transact } from '#db/client.ts'
import { findDivision } from '#db/repositories/divisions.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import type { Role } from './actor.ts'
import { openOrganisation } from './open-account.server.ts'
import { hashPassword } from './password.server.ts'
import { passwordFault } from './credentials.ts'
import { usccFault } from './uscc.ts'

export type OfficeRole = Extract<Role, 'authority' | 'regulator' | 'operator'>

export type Office = {
  role: OfficeRole
  uscc: string
  name: string
  divisionCode: string
  phone?: string | null
  address?: string | null
  supervisorId?: string | null
  manager: { displayName: string; signInName: string; password: string }
}

/**
 * Gives an office its place in the house. Nobody registers as an office: it is done from the operator's command line
 * or by seeds, that is by the system itself, and stands in the ledger.
 *
 * @throws Refusal `accounts.not-allowed` to everybody but the system; the faults of the code, the password, the division
 */
export async function admitOffice(context: Context, office: Office): Promise<{ organisationId: string; accountId: string; ledger: LedgerReference }> {
  if (context.actor.kind !== 'system') throw new Refusal('forbidden', 'accounts.not-allowed')
  const { role, uscc, name, divisionCode, manager } = office
  const codeFault = usccFault(uscc)
  if (codeFault) throw new Refusal('invalid', codeFault, { params: { length: [...uscc].length }, field: 'uscc' })
  const fault = passwordFault(manager.password, [manager.signInName])
  if (fault) throw new Refusal('invalid', fault as 'accounts.password-short', { field: 'password' })
  const passwordHash = await hashPassword(manager.password)
  return transact(context.db, async (trx) => {
    if (!(await findDivision(trx, divisionCode))) throw new Refusal('invalid', 'accounts.division-unknown', { field: 'divisionCode' })
    const at = await context.clock.read(trx)
    const opened = await openOrganisation(trx, {
      organisation: { kind: 'organisation', uscc, name, legalRepresentative: null, phone: office.phone ?? null, address: office.address ?? null, divisionCode, supervisorId: office.supervisorId ?? null },
      role,
      person: { displayName: manager.displayName, signInName: manager.signInName, passwordHash, locale: 'zh' },
      at,
    })
    const ledger = await tell(trx, context, { at, act: 'admit:office', kind: 'office.admitted', subject: uscc, divisionCode, facts: { office: uscc, name, role }, details: { account: opened.accountId } })
    return { ...opened, ledger }
  })
}
