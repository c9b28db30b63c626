import { randomUUID } from 'node:crypto'
import { BEAT_EVERY, SILENCE } from '#app/domain/tenders/outage.ts'
import { recordBeat } from '#db/repositories/service-spells.ts'
import { keepRound } from '../rounds.ts'
import { theServices } from './services.server.ts'
import { traceIdOf } from './trace.ts'

/**
 * Says in the database that this web serves, every few seconds, so that the marketplace itself knows when nobody could bid. While the
 * database is away no beat is written, and rightly so: nobody could bid then either.
 *
 * @returns when `signal` has said stop and the last beat is over
 */
export function keepBeating(signal: AbortSignal): Promise<void> {
  const { db, clock, log } = theServices()
  const process = randomUUID()
  const run = async () => {
    await recordBeat(db, { process, at: await clock.read(db), silence: SILENCE })
    return { again: false }
  }
  return keepRound({ name: 'heartbeat', everyMs: BEAT_EVERY, run }, { signal, log, newTrace: () => traceIdOf(undefined), longestMs: BEAT_EVERY })
}
