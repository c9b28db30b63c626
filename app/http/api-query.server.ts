import type { z } from 'zod'
import { normalise } from './normalise.ts'

/** The query of a call; what was left empty counts as not said. */
export function queryOf<T extends z.ZodType>(request: Request, schema: T): z.ZodSafeParseResult<z.output<T>> {
  const asked = [...new URL(request.url).searchParams].filter(([, value]) => value !== '').map(([name, value]) => [normalise(name), normalise(value)] as const)
  return schema.safeParse(Object.fromEntries(asked)) as z.ZodSafeParseResult<z.output<T>>
}
