import { channel } from 'node:diagnostics_channel'

/**
 * Instants at which a process may die and nothing may be lost, by name:
 * - `told`: ledger, audit and outbox have an act's rows, which nobody else sees yet
 * - `before-commit`, `after-commit`: of one transaction
 * - `leaves-appended`: the ledger has new leaves, and no checkpoint over them yet
 * - `sequenced`: the checkpoint is committed, and not yet kept beside the database
 * - `handed-over`: an outbox's reader has done its work, and its events are not crossed off yet
 */
export type Point = 'told' | 'before-commit' | 'after-commit' | 'leaves-appended' | 'sequenced' | 'handed-over'

/** `within` is the transaction, so that a listener can tell those that told something from those that only looked. */
export type Passing = { point: Point; within?: object }

/** Where the harness of faults listens (tests/faults/harness); nothing that the product starts does, and no setting makes it. */
export const POINTS = 'mingdan:points'

const points = channel(POINTS)

/** Says that the process is at one of its points. */
export function pass(point: Point, within?: object): void {
  if (points.hasSubscribers) points.publish({ point, within } satisfies Passing)
}
