import { theConfig } from '#app/config.server.ts'
import { readCookie } from './read-cookie.ts'

function cookieName(): string {
  return theConfig().publicUrl.startsWith('https:') ? '__Host-mingdan-registration' : 'mingdan-registration'
}

/** The token of a registration that this browser began, or null. */
export function registrationTokenOf(request: Request): string | null {
  return readCookie(request.headers.get('cookie'), cookieName())
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
