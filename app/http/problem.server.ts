import type { z } from 'zod'
import type { Refusal, RefusalKind, RefusalParams } from '#app/domain/refusal.ts'
import { sentenceOf, wordsOf, type Locale } from '#app/words/words.ts'
import { localeOf } from './locale.server.ts'
import { said } from './said.server.ts'

/** One fault: where in the body (JSON pointer) or which parameter, the code of words, and what the sentence needs. */
export type Fault = { pointer: string; code: string; params?: RefusalParams | Record<string, unknown> }

export const STATUS: Record<RefusalKind, number> = { unauthenticated: 401, forbidden: 403, missing: 404, conflict: 409, unmet: 412, invalid: 422, throttled: 429, unavailable: 503 }
const SHOWN_TITLES = [400, 401, 403, 404, 405, 409, 411, 412, 413, 414, 415, 422, 429, 500, 503] as const

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

export type Problem = { type: string; title: string; status: number; detail: string; errors: { pointer: string; code: string; detail: string }[] }

/** The body of RFC 9457 for a status, with its faults if it has any, in the language that the program asked for. */
export function problemBody(status: number, acceptLanguage: string | null | undefined, faults: readonly Fault[] = []): Problem {
  const words = wordsOf(localeAsked(acceptLanguage))
  const known = SHOWN_TITLES.find((one) => one === status) ?? 400
  const errors = faults.map(({ pointer, code, params = {} }) => ({ pointer, code, detail: sentenceOf(words, code, params) }))
  return {
    type: `urn:mingdan:problem:${errors[0]?.code ?? status}`,
    title: words.api.problems[known].title,
    status,
    detail: [...new Set(errors.map(({ detail }) => detail))].join(' ') || words.api.problems[known].text,
    errors,
  }
}

/**
 * An API's "no" as RFC 9457 `application/problem+json`, in the language of Accept-Language. Every fault says where it
 * is and what to do about it; nothing is ever a bare sentence.
 */
export function problem(request: Request, { status, faults, headers = {} }: { status: number; faults: readonly Fault[]; headers?: Record<string, string> }): Response {
  const body = problemBody(status, request.headers.get('accept-language'), faults)
  return said(JSON.stringify(body), { status, headers: { 'Content-Type': PROBLEM_TYPE, 'Cache-Control': 'no-store', ...languageOf(request), ...headers } })
}

/** Which language a problem is in, and on what that hangs. */
export function languageOf(request: Request): Record<string, string> {
  return { 'Content-Language': localeAsked(request.headers.get('accept-language')) === 'zh' ? 'zh-CN' : 'en', Vary: 'Accept-Language' }
}

/** A program has no cookie in which a reader chose a language; the header alone counts. */
export function localeAsked(acceptLanguage: string | null | undefined): Locale {
  return localeOf({ headers: { get: (name) => (name === 'accept-language' ? (acceptLanguage ?? null) : null) } })
}

/** A verb's refusal as a problem; its field, if it names one, is the pointer. */
export function problemOfRefusal(request: Request, refusal: Refusal): Response {
  const { minutes } = refusal.params
  return problem(request, { status: STATUS[refusal.kind], faults: faultsOfRefusal(refusal), headers: refusal.kind === 'throttled' && minutes ? { 'Retry-After': String(Number(minutes) * 60) } : {} })
}

/** Everything that a verb found wrong, each with where it is. */
export function faultsOfRefusal(refusal: Refusal): Fault[] {
  return [refusal, ...refusal.also].map(({ code, params, field }) => ({ pointer: field ? `/${field.replaceAll('.', '/')}` : '', code, params }))
}

/**
 * What a schema found wrong, all of it and nothing twice: its messages are codes of words, as in forms; other issues use the words of
 * `forms`. Of another type than is wanted it is said which one is, as far as the body is known.
 */
export function faultsOf(error: z.ZodError, body?: unknown): Fault[] {
  const faults = error.issues.flatMap((issue) => meant(issue, body)).flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ pointer: pointerTo([...issue.path, key]), code: 'guard.unknown-field' }))
    const wanted = wantedType(issue, body)
    if (wanted) return [{ pointer: pointerTo(issue.path), code: 'api.wrong-type', params: { wanted } }]
    const code = /^[a-z]+\.[a-z-]+$/.test(issue.message) ? issue.message : boundOf(issue)
    return [{ pointer: pointerTo(issue.path), code, params: paramsOf(issue) }]
  })
  return faults.filter(({ pointer, code }, place) => faults.findIndex((one) => one.pointer === pointer && one.code === code) === place)
}

/** Of several shapes the one is meant whose type and whose fields are there: then it is told what is wrong in it. Otherwise the sentence of the whole stands. */
function meant(issue: z.core.$ZodIssue, body: unknown): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const typed = issue.errors.filter((inner) => !inner.some(({ code, path }) => code === 'invalid_type' && path.length === 0))
  const given = valueAt(body, issue.path)
  const fitting = typed.filter((inner) => !inner.some(({ path }) => path.length > 0 && valueAt(given, path) === undefined))
  const [only, more] = fitting
  return only && !more ? only.flatMap((one) => meant({ ...one, path: [...issue.path, ...one.path] }, body)) : [issue]
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined), body)
}

const TYPES: Record<string, string> = { string: 'string', number: 'number', int: 'number', boolean: 'boolean', array: 'array', object: 'object', record: 'object' }

/** The JSON type that is wanted where there is one of another; null where nothing is there, or where the type is right. */
function wantedType(issue: z.core.$ZodIssue, body: unknown): string | null {
  const given = valueAt(body, issue.path)
  if (given === undefined) return null
  const wanted = issue.code === 'invalid_type' ? TYPES[issue.expected] : issue.code === 'invalid_value' && issue.values.every((value) => typeof value === 'string') ? 'string' : undefined
  const type = given === null ? 'null' : Array.isArray(given) ? 'array' : typeof given
  return wanted && wanted !== type ? wanted : null
}

/** A bound of what is no text is said in its own unit. */
function boundOf({ code, ...issue }: z.core.$ZodIssue): string {
  const origin = 'origin' in issue ? issue.origin : null
  const kind = origin === 'array' || origin === 'set' ? 'items' : origin === 'number' || origin === 'int' ? 'number' : null
  return kind && (code === 'too_big' || code === 'too_small') ? `api.${kind}-${code === 'too_big' ? 'most' : 'least'}` : `forms.${code}`
}

/** What the sentence of a schema's fault may name: the bounds that zod itself gives, and what a rule of ours has counted. */
export function paramsOf(issue: z.core.$ZodIssue): Record<string, unknown> {
  return { ...(issue as unknown as Record<string, unknown>), ...('params' in issue ? issue.params : {}) }
}

function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${escaped(String(part))}`).join('')
}

function escaped(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}
