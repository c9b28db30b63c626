import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { countCorrections, insertCorrection } from '#db/repositories/tender-changes.ts'
import { movedStart } from './auction.ts'
import { closesAfterChange, differences, mustBeChangeable, type Corrected } from './change.ts'
import { moveDates } from './move-dates.server.ts'
import { lockOwnPublished } from './own-published.server.ts'
import type { Tender } from './tender.ts'

/**
 * The owner's public correction of an open tender, with a reason. What affects bids leaves bidders at least the policy's time: where
 * the deadline is nearer, it moves (招标投标法实施条例 21). Bids that were received stay; their agencies are told and may replace them.
 *
 * The words before and after are kept and shown. The ledger has salted hashes of the words, as it has of the first ones, and the reason
 * as a payload.
 *
 * @param reason 5 to 500 characters, public
 * @returns the tender as it reads now, with the dates in force
 * Refuses `tenders.no-such-tender`, `life.not-your-tender`, `tenders.closed`, `changes.suspended`, `changes.cancelled`, `changes.nothing`.
 */
export async function correctTender(context: Context, { number, reason, ...corrected }: { number: string; reason: string } & Corrected): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const { tender, at, member } = await lockOwnPublished(trx, context, { number, permission: 'change:tender' })
    mustBeChangeable(tender, at)
    const { before, after, material } = differences(tender, corrected)
    const { publication } = tender
    const closesAt = material ? closesAfterChange(publication, at, await calendarOf(trx, tender.divisionCode)) : publication.closesAt
    const revision = (await countCorrections(trx, tender.id)) + 1
    const { serviceDays, ...words } = after
    const facts = { revision, material, changed: Object.keys(after), closesAt: closesAt.toISOString() }
    const ledger = await tell(trx, context, {
      at,
      act: 'change:tender',
      kind: 'tender.corrected',
      subject: number,
      divisionCode: tender.divisionCode,
      facts: { ...facts, ...(serviceDays !== undefined && { serviceDays }) },
      concealed: words,
      payload: { reason },
      event: { type: 'marketplace.tender.corrected.v1', data: { tender: number, project: tender.projectCode, named: tender.method === 'direct', ...facts, ...(closesAt > publication.closesAt && movedStart(publication.procedure, closesAt)) } },
    })
    await insertCorrection(trx, { tenderId: tender.id, revision, material, before, after, reason, at, by: member.accountId, ledgerEntryId: ledger.entry })
    const read = { ...tender, ...after }
    return closesAt > publication.closesAt ? moveDates(trx, context, { tender: read, at, cause: 'correction', reason, closesAt, event: false }) : read
  })
}
