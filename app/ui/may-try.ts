import { useRouteLoaderData } from '@remix-run/react'
import { can } from '#app/domain/accounts/actor.ts'
import type { Permission } from '#app/domain/accounts/permissions.ts'
import type { FrameData } from './frame.tsx'

/** Does it lead anywhere to offer this to whoever looks? A visitor is asked to sign in on the way; a member of another role is only turned away. */
export function useMayTry(permission: Permission): boolean {
  const member = useRouteLoaderData<FrameData>('root')?.member
  return !member || can({ kind: 'member', role: member.role, duty: member.duty }, permission)
}
