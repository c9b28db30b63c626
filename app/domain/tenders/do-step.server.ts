import type { Knex } from 'knex'
import type { Context } from '#app/domain/context.ts'
import { transact } from '#db/client.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { mustBePublished, type EnteredTender } from './own-published.server.ts'
import { dueStep, type Tender, type TenderStep } from './tender.ts'

/**
 * Holds a tender alone, reads the clock after that, and takes a step that is due. Where it is not due, or somebody else has
 * taken it meanwhile, nothing happens: so every step happens once, whoever tries.
 *
 * @returns the tender as it stands afterwards
 * Refuses `tenders.no-such-tender`, and what the step refuses.
 */
export async function doStep(context: Context, { id, step }: { id: string; step: TenderStep }, take: (trx: Knex.Transaction, tender: EnteredTender, at: Date) => Promise<Tender>): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const tender = mustBePublished(await lockTender(trx, { id }))
    const at = await context.clock.read(trx)
    return dueStep(tender, at) === step ? take(trx, tender, at) : tender
  })
}
