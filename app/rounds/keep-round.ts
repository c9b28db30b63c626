import { setTimeout as sleep } from 'node:timers/promises'

/** What a round says of itself: `again` when more was waiting than it could take. */
export type Round = { name: string; everyMs: number; run: (traceId: string) => Promise<{ again: boolean }> }

type Log = { error: (facts: object, message: string) => void; info: (facts: object, message: string) => void }
type Keeping = { signal: AbortSignal; log: Log; newTrace: () => string; random?: () => number; longestMs?: number }

const LONGEST = 30_000

/**
 * Runs a round for ever: at its pace with some jitter, so that workers started together drift apart; at once when more
 * is waiting; ever more slowly while it fails, as it does when the database is away, and at its pace again afterwards.
 *
 * @returns when `signal` says stop and the round under way has ended
 */
export async function keepRound(round: Round, { signal, log, newTrace, random = Math.random, longestMs = LONGEST }: Keeping): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    const traceId = newTrace()
    let wait = round.everyMs
    try {
      const { again } = await round.run(traceId)
      if (failures) log.info({ round: round.name, failures, traceId }, 'The round runs again')
      failures = 0
      if (again) continue
    } catch (error) {
      failures += 1
      wait = Math.min(round.everyMs * 2 ** failures, longestMs)
      log.error({ round: round.name, failures, waitMs: wait, traceId, error: messageOf(error) }, 'The round failed')
    }
    await sleep(wait * (0.75 + random() / 2), undefined, { signal }).catch(() => {})
  }
}

function messageOf(error: unknown): string {
  // A refused connection is an AggregateError without a message of its own.
  const { message, code } = error as { message?: string; code?: string }
  return message || code || String(error)
}
