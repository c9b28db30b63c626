import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { prefixOf } from '#app/domain/divisions/division.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { extendForGap } from '#app/domain/tenders/answer-outage.server.ts'
import { extendForClaim } from '#app/domain/tenders/extend-auction.server.ts'
import { gapToAnswer } from '#app/domain/tenders/outage.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { transact } from '#db/client.ts'
import { listRunningAuctions } from '#db/repositories/auctions.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { insertApproval, listOpenIn, lockClaim } from '#db/repositories/service-spells.ts'
import { listExtensions } from '#db/repositories/tender-changes.ts'
import { lockTender } from '#db/repositories/tenders.ts'

/**
 * A second operator agrees that there was an outage. In the same transaction every open tender whose own published rule it meets gets
 * the same extension that a measured gap gives; one whose deadline has passed meanwhile gets none, since it is too late to promise time.
 * So does every auction whose rounds it met, as long as its end is not on record.
 *
 * @returns the numbers of the tenders that were extended
 * Refuses `changes.no-such-claim`, `changes.same-person`, `changes.approved-already`.
 */
export async function approveOutage(context: Context, { id }: { id: string }): Promise<{ extended: string[] }> {
  return transact(context.db, async (trx) => {
    const member = memberWho(context.actor, 'claim:outage')
    const claim = isUuid(id) ? await lockClaim(trx, id) : undefined
    if (!claim || claim.divisionCode !== member.divisionCode) throw new Refusal('invalid', 'changes.no-such-claim')
    if (claim.proposedBy === member.accountId) throw new Refusal('conflict', 'changes.same-person')
    if (claim.approvedAt) throw new Refusal('conflict', 'changes.approved-already')
    const extended: string[] = []
    const { gap, reason, divisionCode } = claim
    const within = { divisionPrefix: prefixOf(divisionCode), at: await context.clock.read(trx) }
    // All are held in one order, so that no two who hold several wait for each other.
    for (const tenderId of [...(await listOpenIn(trx, within)), ...(await listRunningAuctions(trx, within))].toSorted()) {
      const tender = await lockTender(trx, { id: tenderId })
      const at = await context.clock.read(trx)
      if (!tender?.publication) continue
      if (tender.auction && (await extendForClaim(trx, context, { tender: { ...tender, publication: tender.publication }, at, gap, reason }))) extended.push(tender.publication.number)
      if (statusAt(tender, at) !== 'open') continue
      const answered = (await listExtensions(trx, tenderId)).flatMap((each) => (each.gap ? [each.gap] : []))
      const { closesAt, procedure } = tender.publication
      const under = { closesAt, rule: procedure.life.outage, calendar: await calendarOf(trx, tender.divisionCode) }
      if (!gapToAnswer([gap], answered, under)) continue
      await extendForGap(trx, context, { tender: { ...tender, publication: tender.publication }, at, gap, cause: 'operator', reason })
      extended.push(tender.publication.number)
    }
    const at = await context.clock.read(trx)
    const facts = { from: gap.from.toISOString(), until: gap.until.toISOString(), extended: extended.length }
    const ledger = await tell(trx, context, { at, act: 'claim:outage', kind: 'outage.approved', subject: id, divisionCode, facts, event: { type: 'marketplace.outage.approved.v1', data: { claim: id, ...facts } } })
    await insertApproval(trx, { claimId: id, at, by: member.accountId, ledgerEntryId: ledger.entry })
    return { extended }
  })
}
