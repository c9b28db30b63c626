import { theConfig } from '#app/config.server.ts'
import { readCookie } from './read-cookie.ts'

/** Behind https the name's prefix makes the browser refuse the cookie from any other host, path or plain connection. */
function cookieName(secure: boolean): string {
  return secure ? '__Host-mingdan-session' : 'mingdan-session'
}

function isSecure(): boolean {
  return theConfig().publicUrl.startsWith('https:')
}

/** The session token a request carries, or null. */
export function sessionTokenOf(request: Request, secure = isSecure()): string | null {
  return sessionTokenIn(request.headers.get('cookie'), secure)
}

/** The session token in a Cookie header, or null. */
export function sessionTokenIn(cookies: string | null | undefined, secure = isSecure()): string | null {
  return readCookie(cookies, cookieName(secure))
}

/** The header that hands a session to the browser; it ends with the browser, and the server's own times hold besides. */
export function makeSessionCookie(token: string, secure = isSecure()): string {
  return `${cookieName(secure)}=${token}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}

/** The header that takes it away. */
export function clearSessionCookie(secure = isSecure()): string {
  return `${makeSessionCookie('', secure)}; Max-Age=0`
}
