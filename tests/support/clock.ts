import type { Clock } from '#app/domain/context.ts'

/** A clock that stands until it is set, and knows nothing of the machine's. */
export type TestClock = Clock & { now: Date; set: (at: string | Date) => void; advance: (milliseconds: number) => void }

/** A Friday, ten in the morning in Beijing. */
export const A_WORKING_MORNING = '2026-11-20T10:00:00+08:00'

/** @param at an instant with its offset, or a Beijing wall time without one, e.g. `2026-11-20T17:00` */
export function clockAt(at: string | Date = A_WORKING_MORNING): TestClock {
  const clock: TestClock = {
    now: instantOf(at),
    read: () => Promise.resolve(new Date(clock.now)),
    set: (next) => void (clock.now = instantOf(next)),
    advance: (milliseconds) => void (clock.now = new Date(clock.now.getTime() + milliseconds)),
  }
  return clock
}

function instantOf(at: string | Date): Date {
  if (at instanceof Date) return new Date(at)
  const hasOffset = /(?:Z|[+-]\d\d:\d\d)$/.test(at)
  const instant = new Date(hasOffset ? at : `${at.includes('T') ? at : `${at}T00:00`}+08:00`)
  if (Number.isNaN(instant.getTime())) throw new Error(`Not an instant: ${at}`)
  return instant
}
