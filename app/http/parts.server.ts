import { z } from 'zod'
import type { Refusal } from '#app/domain/refusal.ts'
import { faultsOf, faultsOfRefusal, type Fault } from './problem.server.ts'
import type { JsonObject } from './read-json.server.ts'

/** A body as far as its shape is right: what is wrong is left out, and a hole in a list keeps the places behind it. */
export type Parts<T> = { [K in keyof T]?: T[K] extends (infer E)[] ? (E | null)[] : T[K] }

/** No list of ours is longer, and nobody looks through more for faults. */
const MOST = 200

/** The parts of a body of which the shape is right, each by itself. */
export function partsOf<S extends z.ZodRawShape>(shape: S, body: JsonObject): Parts<{ [K in keyof S]: z.output<S[K]> }> {
  const parts: Record<string, unknown> = {}
  for (const [key, schema] of Object.entries(shape)) {
    const [given, type] = [body[key], schema as z.ZodType]
    const read = type.safeParse(given)
    const inner = type instanceof z.ZodDefault ? type.unwrap() : type
    if (read.success) parts[key] = read.data
    else if (inner instanceof z.ZodArray && Array.isArray(given) && given.length <= MOST) parts[key] = given.map((one) => (inner.element as z.ZodType).safeParse(one).data ?? null)
  }
  return parts as Parts<{ [K in keyof S]: z.output<S[K]> }>
}

/** What a verb would refuse of the parts that have the right shape. */
export type AlsoWrong = (body: JsonObject) => Promise<readonly Refusal[]>

/** Everything that is wrong with a body of the wrong shape: what its schema found, and what the verb would refuse of the rest. A place is told of once. */
export async function wholeFaults(error: z.ZodError, body: JsonObject, also: AlsoWrong): Promise<Fault[]> {
  const [faults, beside] = [faultsOf(error, body), await also(body)]
  return [...faults, ...beside.flatMap(faultsOfRefusal).filter(({ pointer }) => !faults.some((one) => one.pointer === pointer))]
}
