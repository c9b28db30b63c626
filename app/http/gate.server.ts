import type { IncomingHttpHeaders } from 'node:http'

/** What the gate looks at before anybody reads a body. */
export type Knock = { method: string; url: string; headers: IncomingHttpHeaders }

/** Why a request does not come in. `allow` goes with 405. */
export type TurnedAway = { status: 400 | 403 | 405 | 411 | 413 | 414 | 415; allow?: string }

const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?$/i
/** `/api` itself is a page for people, which Remix answers with a bare 500 where a form comes from elsewhere. */
const MACHINE_PATHS = /^\/(?:api\/[^?]|(?:oauth|hooks)(?:\/|$))/
const PAGE_METHODS = ['GET', 'HEAD', 'POST']
const MACHINE_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']
const FORM_TYPES = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)(?:\s*;|$)/i
const KILOBYTE = 1024
const LONGEST_URL = 8 * KILOBYTE

/** Whether a path is called by programs, which get problem details instead of pages and bring a token instead of a cookie. */
export function isForMachines(url: string): boolean {
  return MACHINE_PATHS.test(url)
}

/**
 * Turns away what Remix would answer with a bare 500, and what no browser of ours would send.
 *
 * A page's form must come from our own pages: its `Origin` must be the host that was asked. Where a browser
 * sent none, only a same-site fetch or a request without a cookie passes (OWASP ASVS 5.0, V3.5).
 *
 * @returns nothing when the request may come in
 */
export function turnAway({ method, url, headers }: Knock): TurnedAway | undefined {
  const machines = isForMachines(url)
  const methods = machines ? MACHINE_METHODS : PAGE_METHODS
  if (url.length > LONGEST_URL) return { status: 414 }
  if (!HOST.test(headers.host ?? '') || !isReadable(url) || hasDetour(url) || isForRuntime({ method, url, machines })) return { status: 400 }
  if (!methods.includes(method)) return { status: 405, allow: methods.join(', ') }
  if (method === 'GET' || method === 'HEAD') return undefined
  return turnAwayBody(headers, machines)
}

function turnAwayBody(headers: IncomingHttpHeaders, machines: boolean): TurnedAway | undefined {
  // Without a length the size is known only after reading; nobody who posts to us needs chunks.
  if (headers['transfer-encoding']) return { status: 411 }
  const type = headers['content-type'] ?? ''
  if (Number(headers['content-length'] ?? 0) > bodyLimit(type, machines)) return { status: 413 }
  if (machines) return undefined
  if (!isFromOurPages(headers)) return { status: 403 }
  if (!FORM_TYPES.test(type)) return { status: 415 }
  return undefined
}

function bodyLimit(type: string, machines: boolean): number {
  if (machines) return 1024 * KILOBYTE
  return /^multipart/i.test(type) ? 12 * 1024 * KILOBYTE : 256 * KILOBYTE
}

function isFromOurPages(headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers
  if (origin !== undefined) return URL.canParse(origin) && new URL(origin).host === host
  const site = headers['sec-fetch-site']
  return site === 'same-origin' || site === 'none' || (site === undefined && headers.cookie === undefined)
}

/**
 * What only Remix's own runtime could ask for, and never does: `?_data` of its older protocol, the new one's `.data`
 * by HEAD or of a path that has no page. Remix answers each with a 500 or an error in the log.
 */
function isForRuntime({ method, url, machines }: { method: string; url: string; machines: boolean }): boolean {
  const [path, query] = halves(url)
  return (query !== '' && new URLSearchParams(query).has('_data')) || (path.endsWith('.data') && (machines || method === 'HEAD'))
}

/**
 * Remix resolves `.` and `..` before it looks for a page, so `/api/../sign-in` would be a program's path here and a page's
 * form there. No browser sends such a path: it resolves it first. A backslash, spelled out too, is a slash to Remix alone, and a
 * path that decodes to `//` names another host to React's router: both end in a 500.
 */
function hasDetour(url: string): boolean {
  return /^\/%2f|[\\\t]|%5c|\/(?:\.|%2e){1,2}(?:\/|$)/i.test(halves(url)[0])
}

function halves(url: string): [path: string, query: string] {
  const mark = url.indexOf('?')
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)]
}

/** A URL whose escapes decode, and which holds no NUL: PostgreSQL's text cannot hold one. */
function isReadable(url: string): boolean {
  try {
    const decoded = decodeURIComponent(url.replaceAll('+', ' '))
    return !decoded.includes('\0') && url.startsWith('/')
  } catch {
    return false
  }
}
