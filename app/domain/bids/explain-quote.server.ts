import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { lockBidder } from '#db/repositories/bids.ts'
import { findOwnOpening, insertExplanation } from '#db/repositories/explanations.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { mustExplain } from './explanation.ts'

/**
 * Explains a price of one's own that was marked as abnormally low, once and publicly. Nothing is refused or hurried by it:
 * the order is decided from the instant on that the opening named.
 *
 * The tender is held first and the clock read afterwards, so that who waited over the end of the time is late.
 *
 * @param words 10 to 1000 characters; public under the price and in the ledger
 * Refuses `tenders.no-such-tender`, `pricing.not-marked`, `pricing.already-explained`, `changes.suspended`, `pricing.explain-late`.
 */
export async function explainQuote(context: Context, { number, words }: { number: string; words: string }): Promise<void> {
  return transact(context.db, async (trx) => {
    const tender = isTenderNumber(number) ? await lockTender(trx, { number }, 'share') : undefined
    if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
    const member = memberWho(context.actor, 'explain:quote')
    await lockBidder(trx, member.organisationId)
    const at = await context.clock.read(trx)
    const { bid } = mustExplain(tender, await findOwnOpening(trx, { tenderId: tender.id, agencyId: member.organisationId }), at)
    const facts = { agency: member.uscc, bid }
    const ledger = await tell(trx, context, {
      at,
      act: 'explain:quote',
      kind: 'quote.explained',
      subject: number,
      divisionCode: tender.divisionCode,
      facts,
      payload: { words },
      event: { type: 'marketplace.tender.quote-explained.v1', data: { tender: number, project: tender.projectCode, ...facts } },
    })
    await insertExplanation(trx, { bidId: bid, words, explainedAt: at, explainedBy: member.accountId, ledgerEntryId: ledger.entry })
  })
}
