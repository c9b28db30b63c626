import type { z } from 'zod'
import { normalise } from './normalise.ts'
import { errorsOf, type Rejection } from './submit.server.ts'

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
  return { values, errors: errorsOf(request, parsed.error), data: null }
}
