import type { StoredDocument } from '#app/domain/agencies/document.ts'
import { dayOf, endOf } from '#app/domain/calendar.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { insertEvidence } from '#db/repositories/demand-reports.ts'
import { insertRectification, insertRectificationVerdict } from '#db/repositories/inquiries.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { mustBeSubmitted, mustTakeRectification } from './inquiry.ts'
import { holdInquiry, tellOfInquiry } from './own-inquiry.server.ts'
import { MOST_PROOFS } from './reply-to-inquiry.server.ts'

/**
 * Whom a violation was found against says what it put right, with papers that show it. Late is taken too, and marked as late.
 *
 * Refuses `inquiries.no-such-inquiry`, `accounts.not-allowed`, `inquiries.nothing-to-rectify` (also while one waits for the regulator),
 * `reports.too-many-files`.
 */
export async function submitRectification(context: Context, { number, words, files = [] }: { number: string; words: string; files?: readonly StoredDocument[] }): Promise<void> {
  if (files.length > MOST_PROOFS) throw new Refusal('invalid', 'reports.too-many-files', { field: 'files', params: { most: MOST_PROOFS } })
  await transact(context.db, async (trx) => {
    const held = await holdInquiry(trx, context, { number, permission: 'reply:inquiry' })
    const { inquiry, at } = held
    if (inquiry.rounds.at(-1)?.words === words && inquiry.rounds.at(-1)!.judgedAt === null) return
    mustTakeRectification(inquiry.facts, at)
    const [id, round] = [newId(), inquiry.rounds.length + 1]
    const done = await tellOfInquiry(trx, context, held, { kind: 'inquiry.rectified', act: 'rectify:violation', event: 'marketplace.inquiry.rectified.v1', facts: { round, files: files.length }, concealed: { words } })
    await insertRectification(trx, inquiry.id, { id, round, words, ...done })
    await insertEvidence(trx, files.map((file) => ({ ...file, id: newId() })), { rectificationId: id }, at)
  })
}

/**
 * The regulator accepts what was put right, or says what is still missing; then there is as much time again.
 *
 * Refuses `inquiries.no-such-inquiry`, `accounts.not-allowed`, `inquiries.nothing-submitted`.
 */
export async function judgeRectification(context: Context, { number, accepted, reason }: { number: string; accepted: boolean; reason: string }): Promise<void> {
  await transact(context.db, async (trx) => {
    const held = await holdInquiry(trx, context, { number, permission: 'decide:inquiry' })
    const { inquiry, at } = held
    mustBeSubmitted(inquiry.facts, at)
    const [{ rectification }, calendar] = await Promise.all([policiesOf(trx, inquiry.divisionCode, dayOf(at)), calendarOf(trx, inquiry.divisionCode)])
    const againBy = accepted ? null : endOf(at, rectification.value, calendar).at
    const done = await tellOfInquiry(trx, context, held, { kind: 'inquiry.rectification-judged', act: 'judge:rectification', event: 'marketplace.inquiry.rectification-judged.v1', facts: { round: inquiry.rounds.length, accepted, ...(againBy && { againBy: againBy.toISOString() }) }, concealed: { reason } })
    await insertRectificationVerdict(trx, inquiry.rounds.at(-1)!.id, { accepted, reason, againBy, ...done })
  })
}
