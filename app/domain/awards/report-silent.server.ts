import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { doStep } from '#app/domain/tenders/do-step.server.ts'
import type { Tender } from '#app/domain/tenders/tender.ts'
import { listJudges, saveReported } from '#db/repositories/judges.ts'
import { findTender } from '#db/repositories/tenders.ts'

/**
 * Tells the regulator, the owner and the ledger whose sheet is late, each judge once. Nothing is decided by it: a late sheet
 * is taken while its judge sits, and the owner may replace the judge, who then marks nothing (招标投标法实施条例 48).
 *
 * Refuses `tenders.no-such-tender`.
 */
export async function reportSilent(context: Context, { id }: { id: string }): Promise<Tender> {
  return doStep(context, { id, step: 'report' }, async (trx, tender, at) => {
    const { number } = tender.publication
    const silent = (await listJudges(trx, id)).filter(({ ended, sheet, dueAt, reportedAt }) => !ended && !sheet && !reportedAt && dueAt && at >= dueAt)
    await saveReported(trx, silent.map((judge) => judge.id), at)
    for (const { seat } of silent) {
      await tell(trx, context, { at, act: 'report:judge', kind: 'judge.silent', subject: number, divisionCode: tender.divisionCode, facts: { seat }, event: { type: 'marketplace.judge.silent.v1', data: { tender: number, seat } } })
    }
    return (await findTender(trx, { id }))!
  })
}
