import { z } from 'zod'
import { normalise } from './normalise.ts'
import { faultsOf, problem } from './problem.server.ts'

/** What most calls are asked beside their address. */
const NOTHING = z.strictObject({})

/** The query of a call; what was left empty counts as not said, and what is said twice has no meaning that both sides would agree on. */
export function queryOf<T extends z.ZodType>(request: Request, schema: T): z.ZodSafeParseResult<z.output<T>> {
  const asked = request.url.includes('?') ? [...new URL(request.url).searchParams].map(([name, value]) => [normalise(name), normalise(value)] as const) : []
  const twice = asked.map(([name]) => name).filter((name, place, names) => names.indexOf(name) === place && names.lastIndexOf(name) !== place)
  if (twice.length > 0) return { success: false, error: new z.ZodError(twice.map((name) => ({ code: 'custom', path: [name], message: 'api.said-twice', input: undefined }))) as z.ZodError<z.output<T>> }
  return schema.safeParse(Object.fromEntries(asked.filter(([, value]) => value !== ''))) as z.ZodSafeParseResult<z.output<T>>
}

/**
 * 400 for a call that is asked nothing and was asked something, by reading and by writing alike. What a caller says and nobody
 * understands would be answered as if it had not been said: a misspelt place in a list is its first page, for ever.
 */
export function refuseQuery(request: Request): Response | undefined {
  const query = queryOf(request, NOTHING)
  return query.error && problem(request, { status: 400, faults: faultsOf(query.error) })
}
