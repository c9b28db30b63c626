import type { Knex } from 'knex'
import type { Context } from '#app/domain/context.ts'
import type { LedgerReference, Telling } from '#app/domain/ledger/tell.server.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import type { PublishedTender } from './own-published.server.ts'

/**
 * Tells of an act on a published tender. The event says the same facts, with the tender and its project.
 *
 * @param event the event's whole name, so that one finds it where it is told
 */
export async function tellOfTender(trx: Knex.Transaction, context: Context, { publication, projectCode, divisionCode }: PublishedTender, { event, ...telling }: Omit<Telling, 'subject' | 'divisionCode' | 'event'> & { event: string }): Promise<LedgerReference> {
  const { number } = publication
  return tell(trx, context, { ...telling, subject: number, divisionCode, event: { type: event, data: { tender: number, project: projectCode, ...telling.facts } } })
}
