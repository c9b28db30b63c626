import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Arrival } from './load-context.ts'
import { observeRequest } from './metrics.server.ts'
import { theServices } from './services.server.ts'
import { traceIdOf } from './trace.ts'

/** A request as it comes in. Whoever changes its address on the way leaves the one that was asked for in `originalUrl`. */
export type Call = IncomingMessage & { originalUrl?: string }

/** What a proxy says of the address that was asked for; where none is trusted anybody can have written it. */
const FORWARDED = ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port']

/** Takes a request in: gives it its trace, and the log one line when it is answered. The query stays out: it may name a person. */
export function arrive(call: Call, reply: ServerResponse): Arrival {
  const began = performance.now()
  if (!theServices().config.trustProxy) for (const name of FORWARDED) delete call.headers[name]
  const traceId = traceIdOf(call.headers.traceparent)
  reply.on('finish', () => {
    const milliseconds = performance.now() - began
    observeRequest(call.method!, reply.statusCode, milliseconds / 1000)
    const level = reply.statusCode >= 500 ? 'error' : 'info'
    theServices().log[level]({ traceId, method: call.method, path: pathOf(call.originalUrl ?? call.url!), status: reply.statusCode, ms: Math.round(milliseconds * 10) / 10 }, 'answered')
  })
  const setCookie = (cookie: string): void => void (reply.headersSent || reply.appendHeader('Set-Cookie', cookie))
  let left: AbortSignal | undefined
  // Made for whoever asks for it: every answer closes in the end, and an abort that nobody hears has its price.
  return { get gone() { return (left ??= leavingOf(reply)) }, traceId, nonce: '', ip: addressOf(call), setCookie }
}

export function pathOf(url: string): string {
  const mark = url.indexOf('?')
  return mark < 0 ? url : url.slice(0, mark)
}

/** The scheme that the caller used: ours, or where a proxy is trusted what it says. */
export function schemeOf({ headers }: Call): string {
  return String(headers['x-forwarded-proto'] || 'http').split(',')[0]!.trim()
}

/** Whose word counts for the caller's address: the nearest proxy's alone. What stands before it in the header anybody can write. */
function addressOf({ headers, socket }: Call): string {
  const told = theServices().config.trustProxy ? headers['x-forwarded-for'] : undefined
  return (told && String(told).split(',').at(-1)!.trim()) || socket.remoteAddress || ''
}

function leavingOf(reply: ServerResponse): AbortSignal {
  const left = new AbortController()
  if (reply.closed) left.abort()
  else reply.once('close', () => left.abort())
  return left.signal
}
