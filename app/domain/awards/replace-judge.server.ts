import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { lockOwnTender } from '#app/domain/tenders/own-draft.server.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { listJudges, saveJudgeEnded } from '#db/repositories/judges.ts'
import { deleteSheetDraft } from '#db/repositories/sheet-drafts.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { replaceableAs } from './judge.ts'
import { mustBeByMerit, mustBeJudged } from './own-seat.server.ts'

/**
 * The owner frees the seat of a judge who never declared anything, or whose sheet is late (招标投标法实施条例 48). Never silently: the ledger
 * says that it happened and why, and the regulator is told. Whoever has committed a sheet cannot be replaced.
 *
 * Refuses `tenders.no-such-tender`, `changes.suspended`, `merit.not-now`, `merit.no-such-judge`, `merit.not-replaceable`.
 */
export async function replaceJudge(context: Context, { number, judge: id, reason }: { number: string; judge: string; reason: string }): Promise<void> {
  const found = isTenderNumber(number) ? await findTender(context.db, { number }) : undefined
  return transact(context.db, async (trx) => {
    const { tender: locked } = await lockOwnTender(trx, context, { id: found?.id ?? '', permission: 'invite:judge' })
    const tender = mustBeByMerit(locked)
    const at = await context.clock.read(trx)
    mustBeJudged(tender, at)
    const judge = (await listJudges(trx, tender.id)).find((one) => one.id === id)
    if (!judge) throw new Refusal('missing', 'merit.no-such-judge')
    const by = replaceableAs(judge, at)
    if (!by) throw new Refusal('conflict', 'merit.not-replaceable')
    await saveJudgeEnded(trx, { id, at, by, reason })
    await deleteSheetDraft(trx, id)
    await tell(trx, context, {
      at,
      act: 'invite:judge',
      kind: 'judge.replaced',
      subject: number,
      divisionCode: tender.divisionCode,
      facts: { seat: judge.seat, by },
      concealed: { reason },
      event: { type: 'marketplace.judge.replaced.v1', data: { tender: number, seat: judge.seat, by } },
    })
  })
}
