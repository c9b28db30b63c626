import { listColleagues, type Colleague } from '#db/repositories/accounts.ts'
import { listOpenInvitations, type Invitation } from '#db/repositories/invitations.ts'
import type { Context } from '../context.ts'
import { memberWho } from './actor.ts'

/** Who acts for the manager's organisation in this role, and which invitations are still open. */
export async function showColleagues(context: Context): Promise<{ colleagues: Colleague[]; invitations: Invitation[] }> {
  const manager = memberWho(context.actor, 'invite:delegate')
  const at = await context.clock.read(context.db)
  const [colleagues, invitations] = await Promise.all([
    listColleagues(context.db, manager.organisationId, manager.role),
    listOpenInvitations(context.db, { organisationId: manager.organisationId, role: manager.role, at }),
  ])
  return { colleagues, invitations }
}
