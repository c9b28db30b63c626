import { theConfig } from '#app/config.server.ts'

const TOKEN = /^[A-Za-z0-9_-]{43}$/

function cookieName(): string {
  return theConfig().publicUrl.startsWith('https:') ? '__Host-mingdan-registration' : 'mingdan-registration'
}

/** The token of a registration that this browser began, or null. */
export function registrationTokenOf(request: Request): string | null {
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at < 0 || pair.slice(0, at).trim() !== cookieName()) continue
    const value = pair.slice(at + 1).trim()
    return TOKEN.test(value) ? value : null
  }
  return null
}

/** Hands the token to the browser for as long as the draft waits, so that closing the window loses nothing. */
export function makeRegistrationCookie(token: string, expiresAt: Date): string {
  const secure = cookieName().startsWith('__Host-')
  return `${cookieName()}=${token}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}; Expires=${expiresAt.toUTCString()}`
}

/** Takes it away again. */
export function clearRegistrationCookie(): string {
  return makeRegistrationCookie('', new Date(0))
}
