import { Refusal } from '../refusal.ts'
import { PERMISSIONS, type Permission, type Scope } from './permissions.ts'

export type Role = 'agency' | 'owner' | 'authority' | 'regulator' | 'operator' | 'judge'

/** `manager` 管理人 answers for the organisation; `delegate` 受托人 acts for it in what the manager allows. */
export type Duty = 'manager' | 'delegate'

/** Somebody signed in, acting for one organisation in one role. */
export type Member = {
  kind: 'member'
  accountId: string
  displayName: string
  organisationId: string
  organisationName: string
  uscc: string | null
  divisionCode: string
  role: Role
  duty: Duty
}

/** A machine of an authority, known by its OAuth client. */
export type Client = { kind: 'client'; clientId: string; organisationId: string; uscc: string; divisionCode: string; scopes: Scope[] }

export type Visitor = { kind: 'visitor' }

/** The marketplace itself: the worker's clockwork and the seeds. It may do what the clock demands and nothing else. */
export type System = { kind: 'system' }

export type Actor = Member | Client | Visitor | System

export const VISITOR: Visitor = { kind: 'visitor' }
export const SYSTEM: System = { kind: 'system' }

/** May this actor do this at all? The one permission table answers; whose thing it is stays the verb's question. */
export function can(actor: Pick<Member, 'kind' | 'role' | 'duty'> | Exclude<Actor, Member>, permission: Permission): boolean {
  const { roles, duties, scope } = PERMISSIONS[permission] as { roles: readonly Role[]; duties?: readonly Duty[]; scope?: Scope }
  if (actor.kind === 'member') return roles.includes(actor.role) && (!duties || duties.includes(actor.duty))
  if (actor.kind === 'client') return scope !== undefined && actor.scopes.includes(scope)
  return false
}

/** The member behind an act. Refuses `accounts.sign-in-first` to visitors and `accounts.not-allowed` to those without the right. */
export function memberWho(actor: Actor, permission: Permission): Member {
  if (actor.kind === 'visitor') throw new Refusal('unauthenticated', 'accounts.sign-in-first')
  if (actor.kind !== 'member' || !can(actor, permission)) throw new Refusal('forbidden', 'accounts.not-allowed')
  return actor
}
