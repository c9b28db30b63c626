import { endOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { saveDeclared, saveJudgeEnded } from '#db/repositories/judges.ts'
import { deleteSheetDraft } from '#db/repositories/sheet-drafts.ts'
import { listSides } from '#db/views/judge-sides.ts'
import { sideOf } from './judge.ts'
import { lockOwnSeat, mustBeJudged } from './own-seat.server.ts'

/**
 * A judge declares that nothing ties them to a bidder or to the owner. Nobody reads a plan before having declared it, and no plan
 * is opened before every seat has. Declaring twice changes nothing. What is on record is looked at again: it may have changed.
 *
 * Refuses `tenders.no-such-tender`, `merit.stepped-down`, `changes.suspended`, `merit.not-now`, `merit.related-<side>`.
 */
export async function declareJudge(context: Context, { number }: { number: string }): Promise<void> {
  return transact(context.db, async (trx) => {
    const { tender, judge, member } = await lockOwnSeat(trx, context, { number })
    if (judge.declaredAt) return
    const at = await context.clock.read(trx)
    mustBeJudged(tender, at)
    const sides = await listSides(trx, tender, at)
    const side = sideOf({ name: judge.name, phone: judge.phone }, sides) ?? sideOf({ name: member.displayName, phone: null }, sides)
    if (side) throw new Refusal('conflict', `merit.related-${side}`)
    const dueAt = tender.opening ? endOf(at, tender.publication.procedure.scoring, await calendarOf(trx, tender.divisionCode)).at : null
    await saveDeclared(trx, { id: judge.id, at, dueAt })
    await tell(trx, context, {
      at,
      act: 'judge:tender',
      kind: 'judge.declared',
      subject: number,
      divisionCode: tender.divisionCode,
      facts: { seat: judge.seat },
      concealed: { name: member.displayName },
      event: { type: 'marketplace.judge.declared.v1', data: { tender: number, seat: judge.seat } },
    })
  })
}

/**
 * A judge steps back, for a conflict or for any other reason, until the own sheet is committed. The seat is free, and the owner is told.
 *
 * @param reason kept for the owner and the regulator; the ledger has its salted hash
 * Refuses `tenders.no-such-tender`, `merit.stepped-down`, `merit.committed-already`.
 */
export async function stepBack(context: Context, { number, reason }: { number: string; reason: string }): Promise<void> {
  return transact(context.db, async (trx) => {
    const { tender, judge } = await lockOwnSeat(trx, context, { number })
    if (judge.sheet) throw new Refusal('conflict', 'merit.committed-already')
    const at = await context.clock.read(trx)
    await saveJudgeEnded(trx, { id: judge.id, at, by: 'stepped-back', reason })
    await deleteSheetDraft(trx, judge.id)
    await tell(trx, context, {
      at,
      act: 'judge:tender',
      kind: 'judge.stepped-back',
      subject: number,
      divisionCode: tender.divisionCode,
      facts: { seat: judge.seat },
      concealed: { reason },
      event: { type: 'marketplace.judge.stepped-back.v1', data: { tender: number, seat: judge.seat } },
    })
  })
}
