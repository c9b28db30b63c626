import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { nextPath } from '#app/domain/accounts/next-path.ts'
import { languageCookie } from '#app/http/locale.server.ts'
import { readForm } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'

/** Remembers the language that the reader chose and goes back to the page it was chosen on. */
export async function action({ request }: ActionFunctionArgs) {
  const { to, next } = await readForm(request)
  const back = typeof next === 'string' ? next : ''
  const headers: HeadersInit = to === 'zh' || to === 'en' ? { 'Set-Cookie': languageCookie(to) } : {}
  return redirect(back.startsWith(paths.signIn()) ? paths.signIn() : (nextPath(back) ?? paths.home()), { headers })
}

export function loader() {
  return redirect(paths.home())
}
