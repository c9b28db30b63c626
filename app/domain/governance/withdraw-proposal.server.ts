import { transact } from '#db/client.ts'
import { insertWithdrawal } from '#db/repositories/list-opinions.ts'
import type { Context } from '../context.ts'
import { tell } from '../ledger/tell.server.ts'
import { lockGoverned } from './own-proposal.server.ts'
import { mustRun } from './proposal.ts'

/**
 * The manager takes a proposal back, at any step before it is adopted, with a public reason. What was said of it stays.
 *
 * @throws Refusal `governance.no-such-proposal`, `governance.over`
 */
export async function withdrawProposal(context: Context, { number, reason }: { number: string; reason: string }): Promise<void> {
  return transact(context.db, async (trx) => {
    const { proposal, member } = await lockGoverned(trx, context, { number, permission: 'adopt:listing' })
    const at = await context.clock.read(trx)
    mustRun(proposal, at)
    const told = await tell(trx, context, {
      at,
      act: 'withdraw:proposal',
      kind: 'list-proposal.withdrawn',
      subject: number,
      divisionCode: proposal.divisionCode,
      facts: { comments: proposal.comments.all },
      payload: { reason },
      event: { type: 'marketplace.list-proposal.withdrawn.v1', data: { proposal: number, division: proposal.divisionCode, opened: proposal.period !== null } },
    })
    await insertWithdrawal(trx, { proposalId: proposal.id, at, by: member.accountId, ledgerEntryId: told.entry, reason })
  })
}
