import type { Context } from '#app/domain/context.ts'
import { SILENCE } from '#app/domain/tenders/outage.ts'
import { recordBeat } from '#db/repositories/service-spells.ts'

/**
 * Says in the database that a web serves, so that the marketplace itself knows when nobody could bid. While the database is away no
 * beat is written, and rightly so: nobody could bid then either.
 *
 * @param process names the process that serves, for as long as it lives
 */
export async function beat({ db, clock }: Pick<Context, 'db' | 'clock'>, { process }: { process: string }): Promise<void> {
  await recordBeat(db, { process, at: await clock.read(db), silence: SILENCE })
}
