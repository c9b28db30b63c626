import { networkOf, throttle } from '#app/domain/accounts/throttle.server.ts'
import type { Context } from '#app/domain/context.ts'
import { hashOfReceipt } from '#app/domain/guard/report-demand.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findReportByReceipt } from '#db/repositories/demand-reports.ts'
import { findInquiryById } from '#db/repositories/inquiries.ts'
import { inquiryStateAt, rectificationAt, type InquiryState, type RectificationState } from './inquiry.ts'

/** How far a report is; `state` is null while no file was opened of it. */
export type Followed = { authority: string; asked: string; reportedAt: Date; state: InquiryState | null; rectification: RectificationState | null }

/**
 * Whoever holds the receipt learns how far the report is, without an account and without saying who they are.
 *
 * @param receipt as `Receipt` parses it
 * Refuses `accounts.too-many`, `reports.no-such-receipt`.
 */
export async function followReport(context: Context, { receipt, ip }: { receipt: string; ip: string }): Promise<Followed> {
  const { db } = context
  await throttle(db, 'receipt-address', networkOf(ip))
  const found = await findReportByReceipt(db, hashOfReceipt(receipt))
  if (!found) throw new Refusal('missing', 'reports.no-such-receipt', { field: 'receipt' })
  const { authority, asked, reportedAt, inquiryId } = found
  const [at, inquiry] = await Promise.all([context.clock.read(db), inquiryId ? findInquiryById(db, inquiryId) : undefined])
  return { authority, asked, reportedAt, state: inquiry ? inquiryStateAt(inquiry.facts, at) : null, rectification: inquiry ? (rectificationAt(inquiry.facts, at)?.state ?? null) : null }
}
