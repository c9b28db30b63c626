import { memberWho } from '#app/domain/accounts/actor.ts'
import { addDays, dayOf, endOf, startOf, type Calendar, type Period } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { countSuspensions, insertSuspension, timeHeld } from '#db/repositories/tender-changes.ts'
import { mustBeHoldable } from './change.ts'
import { lockPublished } from './own-published.server.ts'
import type { Tender } from './tender.ts'

/**
 * The regulator holds a tender of its area, publicly, with a reason and a legal basis, for a time that ends by itself (政府采购法 57).
 * Meanwhile no bid is taken, no clock's step runs and nothing is drawn or binds. All holds of one tender together are no longer than
 * the policy allows.
 *
 * @param lasting how long at most; lifting ends it earlier
 * Refuses `tenders.no-such-tender`, `changes.not-your-area`, `changes.suspended`, `changes.suspend-late`, `changes.suspend-auction`, `changes.hold-too-long`.
 */
export async function suspendTender(context: Context, { number, lasting, reason, basis }: { number: string; lasting: Period; reason: string; basis: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const { tender, at } = await lockPublished(trx, context, number)
    const member = memberWho(context.actor, 'suspend:tender')
    if (!isWithin(tender.divisionCode, member.divisionCode)) throw new Refusal('forbidden', 'changes.not-your-area')
    mustBeHoldable(tender, at)
    const calendar = await calendarOf(trx, tender.divisionCode)
    const { regulatorHold } = await policiesOf(trx, tender.divisionCode, dayOf(at))
    const [until, latest] = [endsAt(at, lasting, calendar), endsAt(at, regulatorHold.value, calendar)]
    if (until.getTime() + (await timeHeld(trx, tender.id)) > latest.getTime()) {
      throw new Refusal('conflict', 'changes.hold-too-long', { field: 'n', params: { n: regulatorHold.value.n, unit: regulatorHold.value.unit } })
    }
    const facts = { until: until.toISOString(), basis, by: member.uscc }
    const ledger = await tell(trx, context, {
      at,
      act: 'suspend:tender',
      kind: 'tender.suspended',
      subject: number,
      divisionCode: tender.divisionCode,
      facts,
      payload: { reason },
      event: { type: 'marketplace.tender.suspended.v1', data: { tender: number, project: tender.projectCode, named: tender.method === 'direct', open: at < tender.publication.closesAt, ...facts } },
    })
    await insertSuspension(trx, { tenderId: tender.id, ordinal: (await countSuspensions(trx, tender.id)) + 1, basis, until, reason, at, by: member.accountId, ledgerEntryId: ledger.entry })
    return { ...tender, suspension: { suspendedAt: at, until } }
  })
}

/** A limit on what an office may do does not grow by a holiday at its end: days are counted through, unlike those that somebody must act in. */
function endsAt(at: Date, period: Period, calendar: Calendar): Date {
  return period.unit === 'd' ? startOf(addDays(dayOf(at), period.n + 1)) : endOf(at, period, calendar).at
}
