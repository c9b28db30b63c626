import { data, redirect } from '@remix-run/node'
import type { z } from 'zod'
import { isRefusal, type Refusal } from '#app/domain/refusal.ts'
import { paths } from '#app/paths.ts'
import { sentenceOf, wordsOf } from '#app/words/words.ts'
import { localeOf } from './locale.server.ts'
import { normalise } from './normalise.ts'
import { STATUS } from './problem.server.ts'

/** What a form gets back when the answer is no: a sentence at each field, and every value that was typed. */
export type Rejection = { errors: Record<string, string[]>; values: Record<string, string | string[]> }

/**
 * Parses a form, runs the verb, and turns every expected "no" into the same reply.
 *
 * A schema's messages are codes of words (`tenders.title-too-short`); what cannot be read as a form at all is 400.
 */
export async function submit<T extends z.ZodType, R>(request: Request, schema: T, verb: (input: z.output<T>) => Promise<R>) {
  const values = await readForm(request)
  const parsed = schema.safeParse(values)
  const words = wordsOf(localeOf(request))
  if (!parsed.success) {
    const errors: Rejection['errors'] = {}
    for (const issue of parsed.error.issues) {
      const field = issue.path.join('.') || 'form'
      ;(errors[field] ??= []).push(sentenceOf(words, issue.message.includes('.') && !issue.message.includes(' ') ? issue.message : `forms.${issue.code}`, issue as never))
    }
    return data({ errors, values: echoed(values) } satisfies Rejection, { status: 422 })
  }
  try {
    return await verb(parsed.data)
  } catch (error) {
    if (!isRefusal(error)) throw error
    return rejectionOf(error, request, values)
  }
}

function rejectionOf(refusal: Refusal, request: Request, values: Rejection['values']) {
  const sentence = sentenceOf(wordsOf(localeOf(request)), refusal.code, refusal.params)
  if (refusal.kind === 'unauthenticated') throw redirect(paths.signIn({ next: new URL(request.url).pathname }))
  if (refusal.kind === 'missing' || refusal.kind === 'forbidden') throw new Response(sentence, { status: STATUS[refusal.kind] })
  return data({ errors: { [refusal.field ?? 'form']: [sentence] }, values: echoed(values) } satisfies Rejection, { status: STATUS[refusal.kind] })
}

/** What a form is shown again with: everything but its passwords. */
function echoed(values: Rejection['values']): Rejection['values'] {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !/password/i.test(name)))
}

/** Reads a form's text fields; a field that was sent twice is a list. A body that is no form at all is a 400, never a 500. */
export async function readForm(request: Request): Promise<Rejection['values']> {
  const form = await request.formData().catch(() => {
    throw new Response('400', { status: 400 })
  })
  // A map, since a field may be called `constructor`: an object would answer with what it inherits.
  const values = new Map<string, string | string[]>()
  for (const [name, value] of form) {
    if (typeof value !== 'string') continue
    const text = normalise(value)
    const before = values.get(name)
    values.set(name, before === undefined ? text : [...(Array.isArray(before) ? before : [before]), text])
  }
  return Object.fromEntries(values)
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
export function sentenceAt(request: Request, { code, params }: Refusal): string {
  return sentenceOf(wordsOf(localeOf(request)), code, params)
}
