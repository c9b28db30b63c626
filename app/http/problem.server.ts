import type { z } from 'zod'
import type { Refusal, RefusalKind, RefusalParams } from '#app/domain/refusal.ts'
import { sentenceOf, wordsOf } from '#app/words/words.ts'
import { localeOf } from './locale.server.ts'

/** One fault: where in the body (JSON pointer) or which parameter, the code of words, and what the sentence needs. */
export type Fault = { pointer: string; code: string; params?: RefusalParams | Record<string, unknown> }

const STATUS: Record<RefusalKind, number> = { unauthenticated: 401, forbidden: 403, missing: 404, conflict: 409, invalid: 422, throttled: 429 }
const SHOWN_TITLES = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503] as const

/**
 * An API's "no" as RFC 9457 `application/problem+json`, in the language of Accept-Language. Every fault says where it
 * is and what to do about it; nothing is ever a bare sentence.
 */
export function problem(request: Request, { status, faults, headers = {} }: { status: number; faults: readonly Fault[]; headers?: Record<string, string> }): Response {
  const locale = localeOf(request)
  const words = wordsOf(locale)
  const known = SHOWN_TITLES.find((one) => one === status) ?? 400
  const errors = faults.map(({ pointer, code, params = {} }) => ({ pointer, code, detail: sentenceOf(words, code, params) }))
  const body = {
    type: `urn:mingdan:problem:${errors[0]?.code ?? status}`,
    title: words.frame.errors.pages[known].title,
    status,
    detail: errors.map(({ detail }) => detail).join(' ') || words.frame.errors.pages[known].text,
    errors,
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Content-Language': locale === 'zh' ? 'zh-CN' : 'en',
      'Cache-Control': 'no-store',
      Vary: 'Accept-Language',
      ...headers,
    },
  })
}

/** A verb's refusal as a problem; its field, if it names one, is the pointer. */
export function problemOfRefusal(request: Request, refusal: Refusal): Response {
  const pointer = refusal.field ? `/${refusal.field.replaceAll('.', '/')}` : ''
  return problem(request, { status: STATUS[refusal.kind], faults: [{ pointer, code: refusal.code, params: refusal.params }] })
}

/** What a schema found wrong: its messages are codes of words, as in forms; other issues use the words of `forms`. */
export function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.map((issue) => ({
    pointer: issue.path.length ? `/${issue.path.map(String).map(escaped).join('/')}` : '',
    code: /^[a-z]+\.[a-z-]+$/.test(issue.message) ? issue.message : `forms.${issue.code}`,
    params: issue as unknown as Record<string, unknown>,
  }))
}

function escaped(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}
