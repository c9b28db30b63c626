import { z } from 'zod'

type Json = string | number | boolean | null

/** When a service is needed, said over the facts of a project (`site.hazardZone`). Data, so that a division can word its own. */
export type Condition =
  | { fact: string; is: Json }
  | { fact: string; in: Json[] }
  | { fact: string; atLeast: number }
  | { all: Condition[] }
  | { any: Condition[] }

const fact = z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/)
const json = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ fact, is: json }),
    z.strictObject({ fact, in: z.array(json).min(1) }),
    z.strictObject({ fact, atLeast: z.number() }),
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
  ]),
)

/** Every fact that a condition asks about, once, in the order met. */
export function factsOf(condition: Condition): string[] {
  if ('fact' in condition) return [condition.fact]
  const inner = 'all' in condition ? condition.all : condition.any
  return [...new Set(inner.flatMap(factsOf))]
}
