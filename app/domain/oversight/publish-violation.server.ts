import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { transact } from '#db/client.ts'
import { findInquiry, insertPublication, isPublished } from '#db/repositories/inquiries.ts'
import { findOrganisation } from '#db/repositories/organisations.ts'
import { findWording } from '#db/repositories/listings.ts'
import { listUntoldViolations } from '#db/views/violations.ts'
import { inquiryStateAt } from './inquiry.ts'

const A_ROUND = 20

/**
 * Tells the ledger of violations that have become final, each once. They are public by the hour alone, whether or not anybody tells; this is
 * the entry that names the organisation, which no entry before did. A person is never named.
 *
 * @returns the numbers that this call told
 */
export async function publishViolations(context: Context): Promise<string[]> {
  const due = await listUntoldViolations(context.db, await context.clock.read(context.db), A_ROUND)
  const told: string[] = []
  for (const number of due) if (await publish(context, number)) told.push(number)
  return told
}

async function publish(context: Context, number: string): Promise<boolean> {
  return transact(context.db, async (trx) => {
    const inquiry = await findInquiry(trx, number, { hold: true })
    const at = await context.clock.read(trx)
    if (!inquiry || inquiryStateAt(inquiry.facts, at) !== 'final' || (await isPublished(trx, inquiry.id))) return false
    const [respondent, listing] = await Promise.all([findOrganisation(trx, inquiry.respondentId), inquiry.listingId ? findWording(trx, inquiry.listingId) : undefined])
    const facts = { respondent: respondent!.uscc, listing: listing?.code ?? null, bases: inquiry.findingSaid!.bases, foundAt: inquiry.facts.finding!.foundAt.toISOString() }
    const ledger = await tell(trx, context, { at, act: 'publish:violation', kind: 'violation.final', subject: number, divisionCode: inquiry.divisionCode, facts, event: { type: 'marketplace.violation.final.v1', data: { inquiry: number } } })
    await insertPublication(trx, inquiry.id, { at, ledgerEntryId: ledger.entry })
    return true
  })
}
