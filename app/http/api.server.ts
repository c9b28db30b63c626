import type { AppLoadContext } from '@remix-run/node'
import type { Client } from '#app/domain/accounts/actor.ts'
import { clientOfToken, scopesLeft } from '#app/domain/accounts/access-token.server.ts'
import type { Scope } from '#app/domain/accounts/permissions.ts'
import type { Context } from '#app/domain/context.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import type { Locale } from '#app/words/words.ts'
import { refuseQuery } from './api-query.server.ts'
import { inVersion, refuseVersion } from './api-version.server.ts'
import { matches, tagOf } from './etag.server.ts'
import { COME_AGAIN, isAway } from './health.server.ts'
import { localeAsked, problem, problemOfRefusal } from './problem.server.ts'
import { said } from './said.server.ts'
import { theServices } from './services.server.ts'

export type Call = { request: Request; context: Context & { actor: Client }; locale: Locale }
type Arrived = { request: Request; context: AppLoadContext }
/** One address may do several things; each is a row. `beside`: what it does too, for whoever comes with a method that it does not know. `asks`: it reads its query itself. `looksItself`: the verb's own read says what the client still may. */
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Terms = { method: Method; scope: Scope; beside?: Method; asks?: boolean; looksItself?: boolean }

/**
 * The machine's door: method, token, scope, then the work. Every expected "no" leaves as a problem (RFC 9457) in the
 * language asked for; anything else is a bug: logged once, and a problem that names the trace.
 */
export async function answerCall(arrived: Arrived, terms: Terms, work: (call: Call) => Promise<Response>): Promise<Response> {
  const { request } = arrived
  return refuseVersion(request) ?? inVersion(await answerInTurn(arrived, terms, work))
}

async function answerInTurn(arrived: Arrived, terms: Terms, work: (call: Call) => Promise<Response>): Promise<Response> {
  const { request } = arrived
  const { db, clock, keyring } = theServices()
  try {
    const wrongMethod = refuseMethod(request, terms.method, terms.beside)
    if (wrongMethod) return wrongMethod
    const known = await clientOfToken(keyring, bearerOf(request))
    if (!known) return unauthorised(request)
    const mayNot = (scopes: readonly Scope[] | null) => (!scopes ? unauthorised(request) : scopes.includes(terms.scope) ? undefined : forbidden(request, terms.scope))
    const scopes = terms.looksItself ? known.scopes : await scopesLeft(db, known)
    const turnedAway = mayNot(scopes)
    if (turnedAway) return turnedAway
    const actor = { ...known, scopes: scopes! }
    const asked = terms.asks ? undefined : refuseQuery(request)
    if (asked) return asked
    const locale = localeAsked(request.headers.get('accept-language'))
    const answer = await work({ request, locale, context: { db, clock, keyring, actor, traceId: arrived.context.traceId } })
    // What was refused before the verb came to look is told only to who may still ask.
    return (terms.looksItself && answer.status >= 400 && mayNot(await scopesLeft(db, known))) || answer
  } catch (error) {
    if (isRefusal(error)) return error.kind === 'unauthenticated' ? unauthorised(request) : problemOfRefusal(request, error)
    return failed(arrived, error)
  }
}

/** As {@link answerCall}, for an address with several methods under one scope. */
export async function answerCalls(arrived: Arrived, { scope, asks = false, ...works }: { scope: Scope; asks?: boolean } & Partial<Record<Method, (call: Call) => Promise<Response>>>): Promise<Response> {
  const { request } = arrived
  const methods = Object.keys(works) as Method[]
  const method = methods.find((one) => one === request.method || (one === 'GET' && request.method === 'HEAD'))
  if (method) return answerCall(arrived, { method, scope, asks }, works[method]!)
  return wrongMethod(request, methods.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])).join(', '))
}

/** What nobody expected: logged once, and a problem that says whether coming back helps. */
export function failed({ request, context }: Arrived, error: unknown): Response {
  theServices().log.error({ traceId: context.traceId, err: error }, 'a call of the API failed')
  return isAway(error) ? problem(request, { status: 503, faults: [], headers: COME_AGAIN }) : problem(request, { status: 500, faults: [] })
}

/** 405 with what is allowed; nothing where the method fits. HEAD is a GET without a body. */
export function refuseMethod(request: Request, method: Method, beside?: Method): Response | undefined {
  if (request.method === method || (method === 'GET' && request.method === 'HEAD')) return undefined
  return wrongMethod(request, [method, beside].flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : (one ?? []))).sort().join(', '))
}

function wrongMethod(request: Request, Allow: string): Response {
  return problem(request, { status: 405, faults: [{ pointer: '', code: 'guard.wrong-method', params: { allowed: Allow } }], headers: { Allow } })
}

export function json(body: unknown, { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {}): Response {
  return said(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', ...headers } })
}

/** An answer to be asked for again: with the tag that it was given under, 304 says that nothing has changed. */
export function taggedJson({ request }: Call, body: unknown): Response {
  const headers = { ETag: tagOf(body), 'Cache-Control': 'private, no-cache', Vary: 'Authorization' }
  return matches(request.headers.get('if-none-match'), headers.ETag) ? new Response(null, { status: 304, headers }) : json(body, { headers })
}

function bearerOf(request: Request): string | null {
  return /^Bearer +([\w.~+/-]+=*)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null
}

// RFC 6750, 3: no error code where no credentials came along.
function unauthorised(request: Request): Response {
  const tried = request.headers.has('authorization')
  const headers = { 'WWW-Authenticate': tried ? 'Bearer realm="mingdan", error="invalid_token"' : 'Bearer realm="mingdan"' }
  return problem(request, { status: 401, faults: [{ pointer: '', code: tried ? 'guard.bad-token' : 'guard.token-needed' }], headers })
}

function forbidden(request: Request, scope: Scope): Response {
  const headers = { 'WWW-Authenticate': `Bearer realm="mingdan", error="insufficient_scope", scope="${scope}"` }
  return problem(request, { status: 403, faults: [{ pointer: '', code: 'guard.scope-missing', params: { scope } }], headers })
}
