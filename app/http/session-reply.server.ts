import { redirect } from '@remix-run/node'
import { DESKS } from '#app/domain/accounts/desks.ts'
import { nextPath } from '#app/domain/accounts/next-path.ts'
import type { Role } from '#app/domain/accounts/actor.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { paths } from '#app/paths.ts'
import { makeSessionCookie } from './session-cookie.server.ts'

/** Hands over a session and shows the way: where the person wanted to go, else their desk, else the choice of a membership. */
export function welcome({ token, membership }: { token: string; membership: { role: Role } | null }, next?: string | null): Response {
  const wanted = nextPath(next)
  const to = membership ? (wanted ?? paths[DESKS[membership.role]]()) : paths.signIn(wanted ? { next: wanted } : {})
  return redirect(to, { headers: { 'Set-Cookie': makeSessionCookie(token) } })
}

/** A loader of a page about one's own account: who is not signed in is sent to sign in and comes back. */
export async function orSignIn<T>(request: Request, promise: Promise<T>): Promise<T> {
  try {
    return await promise
  } catch (error) {
    if (isRefusal(error) && error.kind === 'unauthenticated') throw redirect(paths.signIn({ next: new URL(request.url).pathname.replace(/\.data$/, '') }))
    throw error
  }
}
