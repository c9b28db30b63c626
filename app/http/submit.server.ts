import { data } from '@remix-run/node'
import type { z } from 'zod'
import { isRefusal, type Refusal } from '#app/domain/refusal.ts'
import { sentenceOf, wordsOf } from '#app/words/words.ts'
import { readForm } from './form.server.ts'
import { keepAndSignIn, REFILL } from './kept-form.server.ts'
import { localeOf } from './locale.server.ts'
import { paramsOf, STATUS } from './problem.server.ts'

/** What a form gets back when the answer is no: a sentence at each field, and every value that was typed. */
export type Rejection = { errors: Record<string, string[]>; values: Record<string, string | string[]> }

/**
 * Parses a form, runs the verb, and turns every expected "no" into the same reply.
 *
 * A schema's messages are codes of words (`tenders.title-too-short`); what cannot be read as a form at all is 400.
 */
export async function submit<T extends z.ZodType, R>(request: Request, schema: T, verb: (input: z.output<T>) => Promise<R>) {
  const { [REFILL]: refill, ...values } = await readForm(request)
  // A form that was kept over an ended session comes back to be seen, and is sent again by its person.
  if (refill) return data({ errors: {}, values: echoed(values) } satisfies Rejection)
  const parsed = schema.safeParse(values)
  if (!parsed.success) return data({ errors: errorsOf(request, parsed.error), values: echoed(values) } satisfies Rejection, { status: 422 })
  try {
    return await verb(parsed.data)
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (error.kind === 'unauthenticated') throw await keepAndSignIn(request, values)
    return rejectionOf(error, request, values)
  }
}

/** What a schema found wrong, field by field, in the language of the request. */
export function errorsOf(request: Request, { issues }: z.ZodError): Rejection['errors'] {
  const words = wordsOf(localeOf(request))
  // A map, since a field's name may be one that every object has.
  const errors = new Map<string, Set<string>>()
  for (const issue of issues) {
    // One of a field's several choices is wrong: that is said once, at the field.
    const field = issue.path.filter((part) => typeof part === 'string').join('.') || 'form'
    const code = /^[a-z]+\.[\w-]+$/.test(issue.message) ? issue.message : `forms.${issue.code}`
    errors.set(field, (errors.get(field) ?? new Set()).add(sentenceOf(words, code, paramsOf(issue))))
  }
  return Object.fromEntries([...errors].map(([field, sentences]) => [field, [...sentences]]))
}

function rejectionOf(refusal: Refusal, request: Request, values: Rejection['values']) {
  const words = wordsOf(localeOf(request))
  const sentence = sentenceOf(words, refusal.code, refusal.params)
  if (refusal.kind === 'forbidden') throw new Response(sentence, { status: STATUS[refusal.kind] })
  // What another tab has replaced meanwhile is missing too: where its page still stands, it keeps what was typed.
  const errors: Rejection['errors'] = {}
  for (const one of [refusal, ...refusal.also]) (errors[one.field ?? 'form'] ??= []).push(sentenceOf(words, one.code, one.params))
  return data({ errors, values: echoed(values) } satisfies Rejection, { status: STATUS[refusal.kind] })
}

export { readForm }

/** What a form is shown again with: everything but its passwords. */
function echoed(values: Rejection['values']): Rejection['values'] {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !/password/i.test(name)))
}

/** Gives a loader's expected "no" its page: 404 for what one may not see, 403 for what one may not do. */
export async function orPage<T>(request: Request, promise: Promise<T>): Promise<T> {
  try {
    return await promise
  } catch (error) {
    if (!isRefusal(error)) throw error
    throw new Response(sentenceOf(wordsOf(localeOf(request)), error.code, error.params), { status: STATUS[error.kind] })
  }
}

/** A refusal's sentence in the language of the request. */
export function sentenceAt(request: Request, { code, params }: Pick<Refusal, 'code' | 'params'>): string {
  return sentenceOf(wordsOf(localeOf(request)), code, params)
}
