import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { signOut } from '#app/domain/accounts/sign-out.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { clearSessionCookie, sessionTokenOf } from '#app/http/session-cookie.server.ts'
import { paths } from '#app/paths.ts'

/** Ends the session and takes its cookie away. */
export async function action(arrived: ActionFunctionArgs) {
  await signOut(await enter(arrived), { token: sessionTokenOf(arrived.request) })
  return redirect(paths.home(), { headers: { 'Set-Cookie': clearSessionCookie() } })
}

/** Following a link signs nobody out: that would let any page of the world do it. */
export function loader() {
  return redirect(paths.home())
}
