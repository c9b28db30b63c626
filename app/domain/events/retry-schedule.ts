const SECOND = 1000
const [MINUTE, HOUR] = [60 * SECOND, 3600 * SECOND]

/** How long after the last failure each attempt comes: ten attempts over three days (the schedule of Standard Webhooks). */
export const RETRY_AFTER = [0, 5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR] as const

/**
 * When the next attempt is due.
 *
 * @param tried how many have failed in this run
 * @param at the instant of the last failure
 * @returns null where all ten have failed
 */
export function nextAttempt(tried: number, at: Date): Date | null {
  const wait = RETRY_AFTER[tried]
  return wait === undefined ? null : new Date(at.getTime() + wait)
}
