/** Backslashes are slashes to a browser, and control signs are dropped by it: both turn a path into another host. */
const UNSAFE = /[\\\u0000-\u0020\u007F]/

/**
 * Where to go after signing in: a path of our own site, or null. What leads elsewhere, or back into signing in, is dropped.
 *
 * @param next what the address bar said
 */
export function nextPath(next: string | null | undefined): string | null {
  if (!next || next.length > 500 || !next.startsWith('/') || next.startsWith('//') || UNSAFE.test(next)) return null
  const base = 'http://house.invalid'
  const url = URL.parse(next, base)
  if (!url || url.origin !== base || url.pathname.startsWith('//')) return null
  if (/^\/(sign-in|sign-out|api|oauth)(\/|$)/.test(url.pathname)) return null
  return url.pathname + url.search
}
