import type { Request as Call, RequestHandler, Response as Reply } from 'express'
import { paths } from '#app/paths.ts'
import { localeOf } from './locale.server.ts'
import { sessionTokenIn } from './session-cookie.server.ts'

/** A page as it went out, cut where its nonce stood: the next reader's is put there. */
type Kept = { headers: [name: string, value: string][]; pieces: Buffer[]; madeAt: number; renewing: boolean }

/** Pages that say the same to everybody who is not signed in, and that nobody's visit changes. */
const SHARED = new Set([paths.home(), paths.catalogue(), paths.approvalItems(), paths.tenders(), paths.results(), paths.agencies(), paths.supervision(), paths.openData(), paths.about(), paths.accessibility()])
const KEPT_HEADERS = ['content-type', 'content-language', 'cache-control', 'vary']
const FRESH_MS = 1_000
/** While one reader has a page made anew the others get the one before, but never one older than this. */
const STALE_MS = 3_000
const MOST_PAGES = 200
const MOST_BYTES = 512 * 1024

/**
 * Keeps public pages for a second, so that a city's rush to one notice is one rendering a second and not a thousand
 * (docs/decisions/015). Only for visitors, only whole pages that answered 200 and set no cookie. Whatever is posted to this
 * process empties the shelf, so that who publishes sees it at once; what another process did is seen a second later.
 *
 * @param secure whether the session's cookie has the name that it has behind https
 */
export function keptPages({ secure, now = Date.now }: { secure: boolean; now?: () => number }): RequestHandler {
  const shelf = new Map<string, Kept>()
  /** Counts what was posted: a page that was begun before is not kept after. */
  let posted = 0
  const empty = () => {
    posted += 1
    shelf.clear()
  }
  return (call, reply, next) => {
    if (call.method !== 'GET' && call.method !== 'HEAD') {
      empty()
      reply.once('close', empty)
      return next()
    }
    const key = keyOf(call, secure)
    if (key === null) return next()
    const kept = shelf.get(key)
    const age = kept ? now() - kept.madeAt : Infinity
    if (kept && (age < FRESH_MS || (kept.renewing && age < STALE_MS))) return give(reply, kept)
    if (kept) kept.renewing = true
    const begun = posted
    listen(reply, (page) => {
      shelf.delete(key)
      if (!page || begun !== posted) return
      if (shelf.size >= MOST_PAGES) shelf.delete(shelf.keys().next().value!)
      shelf.set(key, { ...page, madeAt: now(), renewing: false })
    })
    next()
  }
}

/** What a page depends on besides the hour: its address and the reader's language. Nothing where it may depend on more. */
function keyOf(call: Call, secure: boolean): string | null {
  if (call.method !== 'GET' || !SHARED.has(call.path) || call.headers.authorization || sessionTokenIn(call.headers.cookie, secure) !== null) return null
  const headers = { get: (name: string) => (call.headers[name] as string | undefined) ?? null }
  return `${localeOf({ headers })} ${call.url}`
}

function give(reply: Reply, { headers, pieces }: Kept): void {
  for (const [name, value] of headers) reply.setHeader(name, value)
  const nonce = Buffer.from(reply.locals['nonce'] as string)
  reply.end(Buffer.concat(pieces.flatMap((piece, place) => (place ? [nonce, piece] : [piece]))))
}

/** Hears a page as it is written and hands it over once it is whole; nothing where it must not be kept. */
function listen(reply: Reply, done: (page: Pick<Kept, 'headers' | 'pieces'> | null) => void): void {
  const chunks: Buffer[] = []
  const { write, end } = reply
  const hear = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as Uint8Array))
  }
  reply.write = function (this: Reply, ...given: unknown[]) {
    hear(given[0])
    return write.apply(this, given as Parameters<typeof write>)
  } as typeof write
  reply.end = function (this: Reply, ...given: unknown[]) {
    hear(given[0])
    return end.apply(this, given as Parameters<typeof end>)
  } as typeof end
  reply.once('close', () => {
    const body = Buffer.concat(chunks)
    const isPage = reply.writableFinished && reply.statusCode === 200 && !reply.hasHeader('set-cookie') && /^text\/html/.test(String(reply.getHeader('content-type'))) && body.length <= MOST_BYTES
    if (!isPage) return done(null)
    const headers = KEPT_HEADERS.flatMap((name): Kept['headers'] => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : []))
    done({ headers, pieces: body.toString('utf8').split(reply.locals['nonce'] as string).map((piece) => Buffer.from(piece)) })
  })
}
