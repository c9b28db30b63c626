import { theConfig } from '#app/config.server.ts'

/** A token is 32 random bytes in base64url; anything else is not looked up at all. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/

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
  const name = cookieName(secure)
  for (const pair of (cookies ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at < 0 || pair.slice(0, at).trim() !== name) continue
    const value = pair.slice(at + 1).trim()
    return TOKEN.test(value) ? value : null
  }
  return null
}

/** The header that hands a session to the browser; it ends with the browser, and the server's own times hold besides. */
export function makeSessionCookie(token: string, secure = isSecure()): string {
  return `${cookieName(secure)}=${token}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}

/** The header that takes it away. */
export function clearSessionCookie(secure = isSecure()): string {
  return `${makeSessionCookie('', secure)}; Max-Age=0`
}
