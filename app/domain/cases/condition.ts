import { Refusal } from '#app/domain/refusal.ts'

/** What a caller makes its writing depend on: whether what stands there now, null where there is nothing, is what it takes it for. */
export type Condition = (standing: object | null) => boolean

/**
 * Looks at the condition of a write, within its transaction and after what it writes has been locked, so that nobody writes in between.
 *
 * @param standing the document as a reader would get it now
 * @throws Refusal `cases.changed-since` (412) where somebody has written what the caller has not read
 */
export function refuseUnmet(condition: Condition, standing: object | null): void {
  if (!condition(standing)) throw new Refusal('unmet', 'cases.changed-since')
}
