/** A token is 32 random bytes in base64url; anything else is not looked at. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** The token that a Cookie header carries under a name, or null. */
export function readCookie(cookies: string | null | undefined, name: string): string | null {
  for (const pair of (cookies ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at < 0 || pair.slice(0, at).trim() !== name) continue
    const value = pair.slice(at + 1).trim()
    return TOKEN.test(value) ? value : null
  }
  return null
}
