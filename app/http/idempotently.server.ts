import { answerOnce } from '#app/domain/accounts/answer-once.server.ts'
import { canonical, sha256, type Json } from '#app/domain/ledger/canonical.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import type { Call } from './api.server.ts'
import { faultsOfRefusal, languageOf, problem, problemBody, PROBLEM_TYPE, STATUS, type Fault } from './problem.server.ts'
import type { JsonObject } from './read-json.server.ts'
import { said } from './said.server.ts'

/** The header as the draft writes it, a quoted string; a bare one is taken too, as most programs send it. */
const KEY = /^(?:"([\x20-\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x5b\x5d-\x7e]{1,255}))$/

/** Codes that say "not now" or "not under this key": nothing was answered, so nothing is kept. */
const PASSING = new Set(['guard.still-running', 'guard.other-request'])
/** 412 is not among them: what stands there can change back, and whoever was refused comes again with the tag of what they have read since, which is no part of what makes two requests the same. */
const KEPT_STATUSES = new Set([404, 409, 422])

export function keyOf(request: Request): string | null {
  const found = KEY.exec(request.headers.get('idempotency-key')?.trim() ?? '')
  return found?.[1] ?? found?.[2] ?? null
}

export function missingKey({ request }: Call): Response {
  return problem(request, { status: 400, faults: [{ pointer: '', code: 'guard.idempotency-key' }] })
}

/** What stands between host and query. */
const PATH = /^\w+:\/\/[^/]*([^?#]*)/

/** What makes two requests the same: the address and the meaning of the body, not its blanks. */
export function hashOf(request: Request, body: JsonObject): string {
  return sha256(`${request.method} ${PATH.exec(request.url)![1]}\n`, canonical(body as Json)).toString('hex')
}

/** An expected "no" that a schema or a verb gave. */
export type No = { status: number; faults: Fault[] }

export function noOf(error: unknown): No {
  if (!isRefusal(error)) throw error
  return { status: STATUS[error.kind], faults: faultsOfRefusal(error) }
}

/**
 * Answers with a "no" and keeps it under the key, so that a repetition gets the same one (2xx answers are kept by the verb
 * itself, in its own transaction). 401, 403, 412, 429 and faults of ours are never kept.
 */
export async function refuseAndKeep({ request, context }: Call, { key, requestHash }: { key: string; requestHash: string }, no: No): Promise<Response> {
  if (!KEPT_STATUSES.has(no.status) || no.faults.some(({ code }) => PASSING.has(code))) return problem(request, no)
  const body = JSON.stringify(problemBody(no.status, request.headers.get('accept-language'), no.faults))
  try {
    const kept = await answerOnce(context, { key, requestHash }, async () => ({ status: no.status, body }))
    // Said again it may be in the language of the first time, which the words themselves tell.
    return answerAgain(kept, kept.body === body ? languageOf(request) : {})
  } catch (error) {
    return problem(request, noOf(error))
  }
}

/** A kept answer as it went out: a decision, or a problem. */
export function answerAgain({ status, body }: { status: number; body: string }, headers: Record<string, string> = {}): Response {
  const type = status < 400 ? 'application/json; charset=utf-8' : PROBLEM_TYPE
  return said(body, { status, headers: { 'Content-Type': type, 'Cache-Control': 'no-store', ...headers } })
}
