import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { reserveAfter } from '#app/domain/draw/shortlist.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import type { DeclineReason } from '#app/domain/tenders/decline-reason.ts'
import { isTenderNumber, type Tender } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { findAwardOf, insertDecline } from '#db/repositories/awards.ts'
import { listOrderAfter } from '#db/repositories/draws.ts'
import { findPick } from '#db/repositories/shortlists.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { awardTender } from './award-tender.server.ts'

/**
 * The winner declines, once and for good. The reserve order decides at once who is awarded instead, with a publicity of its
 * own: there is no new draw, and the drawn order stays as it was. When nobody is left the tender fails.
 *
 * The tender is held alone and the clock read afterwards: of two tabs one declines, and whoever waited over the end of the
 * period is late. Reason and words are public.
 *
 * @param words 5 to 500 characters in the agency's own words
 * @returns the tender with the award that stands now, or without any
 * Refuses `tenders.no-such-tender`, `life.not-the-winner`, `life.already-declined`, `changes.suspended`, `life.decline-late`.
 */
export async function declineAward(context: Context, { number, reason, words }: { number: string; reason: DeclineReason; words: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const tender = isTenderNumber(number) ? await lockTender(trx, { number }) : undefined
    if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
    const member = memberWho(context.actor, 'decline:award')
    const award = await findAwardOf(trx, { tenderId: tender.id, agencyId: member.organisationId })
    if (!award) throw new Refusal('forbidden', 'life.not-the-winner')
    if (award.declined) throw new Refusal('conflict', 'life.already-declined')
    const at = await context.clock.read(trx)
    if (tender.suspension) throw new Refusal('conflict', 'changes.suspended')
    if (at >= tender.declineUntil!) throw new Refusal('conflict', 'life.decline-late')

    const { bidId, place } = award
    const facts = { agency: member.uscc, place, reason }
    const ledger = await tell(trx, context, {
      at,
      act: 'decline:award',
      kind: 'award.declined',
      subject: number,
      divisionCode: tender.divisionCode,
      facts,
      payload: { words },
      event: { type: 'marketplace.tender.award-declined.v1', data: { tender: number, project: tender.projectCode, ...facts } },
    })
    await insertDecline(trx, { bidId, declinedAt: at, declinedBy: member.accountId, reason, words, ledgerEntryId: ledger.entry })
    // Whoever was passed over before stays so: the order is only ever walked downwards.
    const listed = await findPick(trx, tender.id)
    const drawn = await listOrderAfter(trx, { tenderId: tender.id, place: listed ? 0 : (place ?? 0) })
    const order = listed ? reserveAfter(drawn, { size: listed.small, picked: listed.place, declined: place! }) : drawn
    const bidOf = new Map(order.map(({ label, bidId, agencyId }) => [label, { id: bidId, agencyId }]))
    return awardTender(trx, context, { tender, at, order, bidOf, otherwise: 'all-declined' })
  })
}
