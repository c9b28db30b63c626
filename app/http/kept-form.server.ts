import { redirect } from '@remix-run/node'
import { theConfig } from '#app/config.server.ts'
import { findOwnKeptForm, type KeptForm } from '#app/domain/accounts/find-kept-form.server.ts'
import { keepForm } from '#app/domain/accounts/keep-form.server.ts'
import type { FormValues } from '#app/domain/accounts/kept-form.ts'
import type { Context } from '#app/domain/context.ts'
import { paths } from '#app/paths.ts'
import { theServices } from './services.server.ts'
import { sessionTokenOf } from './session-cookie.server.ts'

const TOKEN = /^[A-Za-z0-9_-]{43}$/
const MAX_AGE = 30 * 60

/**
 * A form came and its session had ended: keeps what was typed, asks the person to sign in, and leads back to it. A page has
 * nothing to do for this but to enter with `enterAs` and to answer with `submit`; `app/routes/account/kept-form.tsx` sends
 * the values back to the page under {@link REFILL}, and `submit` shows them there without judging them.
 *
 * @param values the fields that were sent, files left out
 */
export async function keepAndSignIn(request: Request, values: FormValues): Promise<Response> {
  const { db, clock } = theServices()
  const { pathname, search } = new URL(request.url)
  const path = pathname.replace(/\.data$/, '') + search
  const formerToken = sessionTokenOf(request)
  const token = formerToken && (await keepForm(db, clock, { path, values, formerToken }))
  if (!token) return redirect(paths.signIn({ next: path }))
  return redirect(paths.signIn({ next: paths.keptForm() }), { headers: { 'Set-Cookie': cookie(token, MAX_AGE) } })
}

/** The field by which a kept form comes back to its page: to be shown, not to be judged. */
export const REFILL = '_refill'

/** What this browser's cookie opens for the person who is signed in. */
export async function keptFormOf(request: Request, context: Context): Promise<KeptForm | null> {
  const token = formTokenOf(request)
  return token ? findOwnKeptForm(context, token) : null
}

function formTokenOf(request: Request): string | null {
  const name = cookieName()
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const [key = '', value = ''] = pair.split('=', 2).map((half) => half.trim())
    if (key === name) return TOKEN.test(value) ? value : null
  }
  return null
}

function isSecure(): boolean {
  return theConfig().publicUrl.startsWith('https:')
}

function cookieName(): string {
  return isSecure() ? '__Host-mingdan-kept-form' : 'mingdan-kept-form'
}

function cookie(token: string, maxAge: number): string {
  return `${cookieName()}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${isSecure() ? '; Secure' : ''}`
}
