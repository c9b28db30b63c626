import { z } from 'zod'
import { Day } from '../calendar.ts'

export const BASIS_TYPES = ['law', 'administrative-regulation', 'local-regulation', 'state-council-decision', 'ministerial-rule', 'normative-document'] as const
export type BasisType = (typeof BASIS_TYPES)[number]

/** Where a service's necessity is written. `articles` as the source words them; null where it names none. */
export const Basis = z.object({
  type: z.enum(BASIS_TYPES),
  title: z.string().min(2),
  articles: z.string().nullable(),
  repealedOn: Day.nullable(),
})
export type Basis = z.infer<typeof Basis>

// 优化营商环境条例 43: only these may make a service a condition of an approval.
const CARRYING: ReadonlySet<BasisType> = new Set(['law', 'administrative-regulation', 'local-regulation', 'state-council-decision'])

/** Can this basis, on that day, make a service a condition? A ministerial rule or a notice alone cannot. */
export function carries({ type, repealedOn }: Basis, on: Day): boolean {
  return CARRYING.has(type) && (repealedOn === null || on < repealedOn)
}

/** The bases that can, in the order given. */
export function usableBases(bases: readonly Basis[], on: Day): Basis[] {
  return bases.filter((basis) => carries(basis, on))
}

/** One basis as a text: two that read alike are the same. */
export function basisKey({ type, title, articles, repealedOn }: Basis): string {
  return JSON.stringify([type, title, articles, repealedOn])
}
