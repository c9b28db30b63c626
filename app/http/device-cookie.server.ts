import { theConfig } from '#app/config.server.ts'
import { newDeviceToken } from '#app/domain/accounts/device.ts'
import { readCookie } from './read-cookie.ts'

/** As long as a mark is kept by our default; a browser that comes again later is a new one. */
const KEPT_SECONDS = 180 * 86_400

function cookieName(): string {
  return theConfig().publicUrl.startsWith('https:') ? '__Host-mingdan-device' : 'mingdan-device'
}

/**
 * By what one browser is known again, for the verbs that ask: nobody gets the cookie who neither publishes nor bids.
 * Scripts cannot read it, and no other site is sent it.
 *
 * @param setCookie adds the cookie of a browser that had none to the answer
 */
export function deviceOf(request: Request, setCookie?: (cookie: string) => void): () => string {
  let token = readCookie(request.headers.get('cookie'), cookieName())
  return () => {
    if (token) return token
    token = newDeviceToken()
    const secure = cookieName().startsWith('__Host-')
    setCookie?.(`${cookieName()}=${token}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}; Max-Age=${KEPT_SECONDS}`)
    return token
  }
}
