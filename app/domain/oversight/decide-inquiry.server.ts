import { dayOf, endOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { insertFinding } from '#db/repositories/inquiries.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { mustBeDecidable, type FindingBasis, type Outcome } from './inquiry.ts'
import { holdInquiry, tellOfInquiry } from './own-inquiry.server.ts'

type Finding = { number: string; outcome: Outcome; bases: FindingBasis[]; reason: string; referredTo: string }

/**
 * The regulator's finding of a file, once: unfounded, a violation, or referred to whoever else decides. It waits for the reply or the end of
 * the period for one. A violation may be contested within the policy's `findingContest` (the sixty days of 行政复议法 20 by default) and is to be
 * put right within `rectification`; it is public when nobody can contest it any more, and not before.
 *
 * @param bases what the finding rests on; at least one for a violation, as `FindingForm` sees to
 * Refuses `inquiries.no-such-inquiry`, `inquiries.reply-first`, and `inquiries.decided-already` to the second of two.
 */
export async function decideInquiry(context: Context, { number, outcome, bases, reason, referredTo }: Finding): Promise<void> {
  await transact(context.db, async (trx) => {
    const held = await holdInquiry(trx, context, { number, permission: 'decide:inquiry' })
    const { inquiry, at } = held
    mustBeDecidable(inquiry.facts, at)
    const [{ findingContest, rectification }, calendar] = await Promise.all([policiesOf(trx, inquiry.divisionCode, dayOf(at)), calendarOf(trx, inquiry.divisionCode)])
    const isViolation = outcome === 'violation'
    const contestBy = isViolation ? endOf(at, findingContest.value, calendar).at : null
    const rectifyBy = isViolation ? endOf(at, rectification.value, calendar).at : null
    const facts = { outcome, ...(contestBy && rectifyBy && { contestBy: contestBy.toISOString(), rectifyBy: rectifyBy.toISOString() }) }
    const done = await tellOfInquiry(trx, context, held, { kind: 'inquiry.decided', act: 'decide:inquiry', event: 'marketplace.inquiry.decided.v1', facts, concealed: { reason } })
    await insertFinding(trx, inquiry.id, { outcome, bases, reason, referredTo: outcome === 'referred' ? referredTo : null, contestBy, rectifyBy, ...done })
  })
}
