import type { MaterialState } from './case.ts'

/** What a document of a case came into: a state that its office wrote down, the purchase of the service that yields it, or its result. */
export type MaterialStep = { step: MaterialState | 'bought' | 'landed'; at: Date; reason: string }

type Told = { material: string; state: MaterialState; reason: string; at: Date }
type Service = { material: string; tender: { publishedAt: Date | null } | null; deliverable: { acceptedAt: Date | null } | null }

/**
 * The way of every document of a case, by its code, in the order of time: what its office wrote down, and for the output of a listed
 * service the notice by which it was bought and the result that landed. A draft is its owner's alone and no step.
 */
export function materialSteps(told: readonly Told[], services: readonly Service[]): Record<string, MaterialStep[]> {
  const steps = [
    ...told.map(({ material, state, reason, at }) => ({ material, step: state, at, reason: state === 'turned-away' ? reason : '' })),
    ...services.flatMap(({ material, tender, deliverable }) => [
      ...(tender?.publishedAt ? [{ material, step: 'bought' as const, at: tender.publishedAt, reason: '' }] : []),
      ...(deliverable?.acceptedAt ? [{ material, step: 'landed' as const, at: deliverable.acceptedAt, reason: '' }] : []),
    ]),
  ].toSorted((one, other) => one.at.getTime() - other.at.getTime())
  return Object.fromEntries([...Map.groupBy(steps, ({ material }) => material)].map(([material, own]) => [material, own.map(({ step, at, reason }) => ({ step, at, reason }))]))
}
