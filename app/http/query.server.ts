import type { z } from 'zod'
import { sentenceOf, wordsOf } from '#app/words/words.ts'
import { localeOf } from './locale.server.ts'
import { normalise } from './normalise.ts'
import type { Rejection } from './submit.server.ts'

export type Query<T extends z.ZodType> = { values: Rejection['values']; errors: Rejection['errors']; data: z.output<T> | null }

/** Reads a GET form's address as a posted form is read: texts normalised, a repeated name is a list, a sentence at each field that is wrong. */
export function readQuery<T extends z.ZodType>(request: Request, schema: T): Query<T> {
  const given = new URL(request.url).searchParams
  const values: Rejection['values'] = {}
  for (const name of new Set(given.keys())) {
    const all = given.getAll(name).map(normalise)
    values[name] = all.length > 1 ? all : all[0]!
  }
  const parsed = schema.safeParse(values)
  if (parsed.success) return { values, errors: {}, data: parsed.data }
  const words = wordsOf(localeOf(request))
  const errors: Rejection['errors'] = {}
  for (const issue of parsed.error.issues) {
    const code = /^[a-z]+\.[\w-]+$/.test(issue.message) ? issue.message : `forms.${issue.code}`
    ;(errors[issue.path.join('.') || 'form'] ??= []).push(sentenceOf(words, code, issue as never))
  }
  return { values, errors, data: null }
}
