import type { Knex } from 'knex'
import { memberWho } from '#app/domain/accounts/actor.ts'
import { reasonsSince } from '#app/domain/bids/eligibility.ts'
import type { Context } from '#app/domain/context.ts'
import { smallListOf } from '#app/domain/draw/shortlist.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { doStep } from '#app/domain/tenders/do-step.server.ts'
import { isTenderNumber, statusAt, type Tender } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { findDrawEntry, listOrderAfter } from '#db/repositories/draws.ts'
import { insertPick } from '#db/repositories/shortlists.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { findGround, listBidders } from '#db/views/bidders.ts'
import { awardTender } from './award-tender.server.ts'

type Listed = Awaited<ReturnType<typeof listOrderAfter>>[number]

/**
 * The owner picks one agency of the small list, once and for good, with a reason that everybody reads. It is awarded at
 * once, in the same transaction.
 *
 * @param label the agency's code
 * @param reason 10 to 500 characters in the owner's own words
 * Refuses `tenders.no-such-tender`, `changes.suspended` while the regulator holds it, `credit.not-to-pick`, `credit.pick-late`, and at
 * `label` `credit.not-on-list` and `credit.not-eligible`, where the agency may not win any more: then another one is picked.
 */
export async function pickFromShortlist(context: Context, { number, label, reason }: { number: string; label: string; reason: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const tender = isTenderNumber(number) ? await lockTender(trx, { number }) : undefined
    const member = memberWho(context.actor, 'pick:shortlist')
    if (!tender?.publication || tender.ownerId !== member.organisationId) throw new Refusal('missing', 'tenders.no-such-tender')
    const at = await context.clock.read(trx)
    if (tender.suspension) throw new Refusal('conflict', 'changes.suspended')
    if (statusAt(tender, at) !== 'shortlisted') throw new Refusal('conflict', 'credit.not-to-pick')
    if (at >= tender.shortlist!.pickBy) throw new Refusal('conflict', 'credit.pick-late')
    const list = await smallList(trx, tender)
    const picked = list.find((each) => each.label === label)
    if (!picked) throw new Refusal('invalid', 'credit.not-on-list', { field: 'label' })
    const bidder = (await listBidders(trx, { agencyIds: [picked.agencyId], listingCode: tender.publication.clearance.listingCode })).get(picked.agencyId)!
    if (reasonsSince(bidder, await findGround(trx, tender, at)).length) throw new Refusal('conflict', 'credit.not-eligible', { field: 'label' })
    return pick(trx, context, { tender, at, picked, order: [picked], list, by: member.accountId, reason })
  })
}

/** The clock takes the first drawn, once, where the owner's time passed without a pick: nobody holds up the others by waiting. */
export async function pickByDate(context: Context, { id }: { id: string }): Promise<Tender> {
  return doStep(context, { id, step: 'pick' }, async (trx, tender, at) => {
    const list = await smallList(trx, tender)
    return pick(trx, context, { tender, at, picked: list[0]!, order: list, list, by: null, reason: null })
  })
}

async function smallList(trx: Knex.Transaction, { id, publication }: Tender): Promise<Listed[]> {
  const { procedure } = publication!
  if (procedure.method !== 'credit-shortlist') throw new Error('A tender without a shortlist has nothing to be picked from.')
  return smallListOf(await listOrderAfter(trx, { tenderId: id, place: 0 }), procedure.smallList)
}

async function pick(trx: Knex.Transaction, context: Context, { tender, at, picked, order, list, by, reason }: { tender: Tender; at: Date; picked: Listed; order: readonly Listed[]; list: readonly Listed[]; by: string | null; reason: string | null }): Promise<Tender> {
  const { label, place, bidId } = picked
  const facts = { pick: { draw: (await findDrawEntry(trx, tender.id))!, label, place, by: by ? 'owner' : 'first-drawn', ...(reason !== null && { reason }) } }
  const ledger = await tell(trx, context, { at, act: 'pick:shortlist', kind: 'shortlist.picked', subject: tender.publication!.number, divisionCode: tender.divisionCode, facts })
  await insertPick(trx, { tenderId: tender.id, bidId, pickedAt: at, pickedBy: by, reason, ledgerEntryId: ledger.entry })
  const bidOf = new Map(list.map((each) => [each.label, { id: each.bidId, agencyId: each.agencyId }]))
  return awardTender(trx, context, { tender: { ...tender, shortlist: { ...tender.shortlist!, pickedAt: at } }, at, order, bidOf })
}
