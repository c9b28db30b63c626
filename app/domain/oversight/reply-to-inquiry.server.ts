import type { StoredDocument } from '#app/domain/agencies/document.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { insertEvidence } from '#db/repositories/demand-reports.ts'
import { insertReply } from '#db/repositories/inquiries.ts'
import { mustTakeReply } from './inquiry.ts'
import { holdInquiry, tellOfInquiry } from './own-inquiry.server.ts'

export const MOST_PROOFS = 5

/**
 * Whom a file is about replies, once, with papers. A reply after its period still counts while nothing is decided.
 *
 * @param words 10 to 2000 characters; the same words again are a form sent twice
 * Refuses `inquiries.no-such-inquiry` (404) to everybody but the respondent and the regulator, `accounts.not-allowed` to the regulator,
 * `inquiries.decided-already`, `inquiries.replied-already`, `reports.too-many-files`.
 */
export async function replyToInquiry(context: Context, { number, words, files = [] }: { number: string; words: string; files?: readonly StoredDocument[] }): Promise<void> {
  if (files.length > MOST_PROOFS) throw new Refusal('invalid', 'reports.too-many-files', { field: 'files', params: { most: MOST_PROOFS } })
  await transact(context.db, async (trx) => {
    const held = await holdInquiry(trx, context, { number, permission: 'reply:inquiry' })
    const { inquiry, at } = held
    if (inquiry.reply?.words === words) return
    mustTakeReply(inquiry.facts)
    const done = await tellOfInquiry(trx, context, held, { kind: 'inquiry.replied', act: 'reply:inquiry', event: 'marketplace.inquiry.replied.v1', facts: { late: at >= inquiry.replyBy, files: files.length }, concealed: { words } })
    await insertReply(trx, inquiry.id, { words, ...done })
    await insertEvidence(trx, files.map((file) => ({ ...file, id: newId() })), { replyOf: inquiry.id }, at)
  })
}
