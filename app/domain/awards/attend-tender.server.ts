import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { closeTender } from '#app/domain/bids/close-tender.server.ts'
import type { Context } from '#app/domain/context.ts'
import { freezePool } from '#app/domain/draw/freeze-pool.server.ts'
import { resumeTender } from '#app/domain/tenders/resume-tender.server.ts'
import { dueStep, type Tender, type TenderStep } from '#app/domain/tenders/tender.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { drawTender } from './draw-tender.server.ts'
import { endAuction } from './end-auction.server.ts'
import { openBids } from './open-bids.server.ts'
import { pickByDate } from './pick-from-shortlist.server.ts'
import { rankBids } from './rank-bids.server.ts'
import { reportSilent } from './report-silent.server.ts'
import { revealSheets } from './show-sheet.server.ts'

const STEPS: Record<TenderStep, (context: Context, tender: { id: string }) => Promise<Tender>> = { close: closeTender, freeze: freezePool, draw: drawTender, open: openBids, end: endAuction, report: reportSilent, reveal: revealSheets, rank: rankBids, pick: pickByDate, resume: resumeTender }

/**
 * Does what the clock owes a tender, step after step, until nothing is due or a step has to wait. The worker calls it,
 * and so does any reader who meets an overdue tender; each step happens once, whoever calls it how often.
 *
 * @returns the steps that were due and done by this call or by somebody at the same time
 */
export async function attendTender(context: Context, { id }: { id: string }): Promise<{ steps: TenderStep[] }> {
  const clockwork = { ...context, actor: SYSTEM }
  const steps: TenderStep[] = []
  let tender = await findTender(context.db, { id })
  while (tender) {
    const step = dueStep(tender, await context.clock.read(context.db))
    if (!step || steps.includes(step)) break
    tender = await STEPS[step](clockwork, { id })
    if (dueStep(tender, await context.clock.read(context.db)) === step) break
    steps.push(step)
  }
  return { steps }
}
