import { memberWho } from '#app/domain/accounts/actor.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import type { Gap } from '#app/domain/tenders/outage.ts'
import { transact } from '#db/client.ts'
import { insertClaim, type Claim } from '#db/repositories/service-spells.ts'

/**
 * An operator says that nobody could be served though the webs beat, such as while a line was down. Nothing moves until another
 * operator agrees (`approveOutage`).
 *
 * @param gap in the past
 * @param reason 5 to 500 characters, public
 * Refuses `changes.gap-future`.
 */
export async function proposeOutage(context: Context, { gap, reason }: { gap: Gap; reason: string }): Promise<Omit<Claim, 'approvedAt'>> {
  return transact(context.db, async (trx) => {
    const member = memberWho(context.actor, 'claim:outage')
    const at = await context.clock.read(trx)
    if (gap.until > at) throw new Refusal('conflict', 'changes.gap-future', { field: 'until' })
    const claim = { id: newId(), divisionCode: member.divisionCode, gap, reason, proposedAt: at, proposedBy: member.accountId }
    const facts = { from: gap.from.toISOString(), until: gap.until.toISOString() }
    const ledger = await tell(trx, context, {
      at,
      act: 'claim:outage',
      kind: 'outage.claimed',
      subject: claim.id,
      divisionCode: claim.divisionCode,
      facts,
      payload: { reason },
      event: { type: 'marketplace.outage.claimed.v1', data: { claim: claim.id, by: member.accountId, ...facts } },
    })
    await insertClaim(trx, { ...claim, ledgerEntryId: ledger.entry })
    return claim
  })
}
