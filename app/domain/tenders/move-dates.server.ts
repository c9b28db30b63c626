import type { Knex } from 'knex'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { insertExtension, listExtensions } from '#db/repositories/tender-changes.ts'
import { movedStart } from './auction.ts'
import { datesAt, type ExtensionCause } from './change.ts'
import type { Gap } from './outage.ts'
import type { Publication, Tender } from './tender.ts'

type Move = { tender: Tender & { publication: Publication }; at: Date; cause: ExtensionCause; reason: string; closesAt: Date; gap?: Gap | null; event?: boolean }

/**
 * Moves a tender's deadline, and every date that follows from it, inside the transaction of whoever has the right to: the tender is
 * held already. The ledger has it before the new deadline runs, since one transaction writes both, and names the publication that it
 * amends, so that a verifier learns which dates were in force.
 *
 * @param closesAt later than the deadline that stands and than `at`
 * @param event false where the act behind it tells the bidders itself
 * @returns the tender with the dates in force
 */
export async function moveDates(trx: Knex.Transaction, context: Context, { tender, at, cause, reason, closesAt, gap = null, event = true }: Move): Promise<Tender & { publication: Publication }> {
  const { publication } = tender
  const to = datesAt(tender, closesAt, await calendarOf(trx, tender.divisionCode))
  const ordinal = (await listExtensions(trx, tender.id)).length + 1
  const extension = {
    publication: tender.publicationEntry!,
    number: ordinal,
    cause,
    fromClosesAt: publication.closesAt.toISOString(),
    closesAt: to.closesAt.toISOString(),
    fromDrawsAfter: publication.drawsAfter?.toISOString() ?? null,
    drawsAfter: to.drawsAfter?.toISOString() ?? null,
    gap: gap && { from: gap.from.toISOString(), until: gap.until.toISOString() },
  }
  const ledger = await tell(trx, context, {
    at,
    act: 'extend:tender',
    kind: 'tender.extended',
    subject: publication.number,
    divisionCode: tender.divisionCode,
    facts: { extension },
    payload: { reason },
    ...(event && { event: { type: 'marketplace.tender.extended.v1', data: { tender: publication.number, project: tender.projectCode, cause, named: tender.method === 'direct', closesAt: extension.closesAt, ...movedStart(publication.procedure, to.closesAt) } } }),
  })
  const by = context.actor.kind === 'member' ? context.actor.accountId : null
  await insertExtension(trx, { tenderId: tender.id, ordinal, cause, reason, from: publication, to, gap, at, by, ledgerEntryId: ledger.entry })
  return { ...tender, publication: { ...publication, ...to } }
}
