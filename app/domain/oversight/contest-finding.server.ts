import { dayOf, endOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { insertContest, insertContestAnswer } from '#db/repositories/inquiries.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { mustBeContestable, mustBeContested } from './inquiry.ts'
import { holdInquiry, tellOfInquiry } from './own-inquiry.server.ts'

/**
 * Whom a violation was found against asks for a review, once, while that may be done. From then on nothing becomes final until it is answered;
 * the clock of putting right runs on (行政复议法 42).
 *
 * Refuses `inquiries.no-such-inquiry`, `accounts.not-allowed`, `inquiries.not-contestable`.
 */
export async function contestFinding(context: Context, { number, words }: { number: string; words: string }): Promise<void> {
  await transact(context.db, async (trx) => {
    const held = await holdInquiry(trx, context, { number, permission: 'reply:inquiry' })
    const { inquiry, at } = held
    if (inquiry.contestSaid?.words === words) return
    mustBeContestable(inquiry.facts, at)
    const [{ contestDecided }, calendar] = await Promise.all([policiesOf(trx, inquiry.divisionCode, dayOf(at)), calendarOf(trx, inquiry.divisionCode)])
    const decideBy = endOf(at, contestDecided.value, calendar).at
    const done = await tellOfInquiry(trx, context, held, { kind: 'inquiry.contested', act: 'contest:finding', event: 'marketplace.inquiry.contested.v1', facts: { decideBy: decideBy.toISOString() }, concealed: { words } })
    await insertContest(trx, inquiry.id, { words, decideBy, ...done })
  })
}

/**
 * The regulator's answer to a review, once: the finding is kept or revoked. What is revoked is never public.
 *
 * Refuses `inquiries.no-such-inquiry`, `accounts.not-allowed`, `inquiries.not-contested`.
 */
export async function answerContest(context: Context, { number, outcome, reason }: { number: string; outcome: 'kept' | 'revoked'; reason: string }): Promise<void> {
  await transact(context.db, async (trx) => {
    const held = await holdInquiry(trx, context, { number, permission: 'decide:inquiry' })
    const { inquiry } = held
    mustBeContested(inquiry.facts)
    const done = await tellOfInquiry(trx, context, held, { kind: 'inquiry.contest-answered', act: 'answer:contest', event: 'marketplace.inquiry.contest-answered.v1', facts: { outcome }, concealed: { reason } })
    await insertContestAnswer(trx, inquiry.id, { outcome, reason, ...done })
  })
}
