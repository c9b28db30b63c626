import { transact } from '#db/client.ts'
import { hasSaid, insertComment } from '#db/repositories/list-comments.ts'
import { newId } from '../chance.server.ts'
import type { Context } from '../context.ts'
import { tell } from '../ledger/tell.server.ts'
import { lockNumbered } from './own-proposal.server.ts'
import { mustTakeComment } from './proposal.ts'

type Said = { number: string; words: string; contact: string | null }

/**
 * Anybody says what they think of a proposal while its comment period runs. The ledger has a salted hash of the words, which may
 * name people; an organisation is named beside them, a natural person and a visitor are not. Where to reach somebody is for the
 * regulator alone.
 *
 * @throws Refusal `governance.no-such-proposal`, `governance.comment-closed`
 */
export async function commentOnProposal(context: Context, { number, words, contact }: Said): Promise<void> {
  const by = context.actor.kind === 'member' ? context.actor : null
  return transact(context.db, async (trx) => {
    const proposal = await lockNumbered(trx, number)
    const at = await context.clock.read(trx)
    mustTakeComment(proposal, at)
    if (by && (await hasSaid(trx, { proposalId: proposal.id, words, accountId: by.accountId }))) return
    const id = newId()
    const told = await tell(trx, context, {
      at,
      act: 'comment:listing',
      kind: 'list-proposal.commented',
      subject: number,
      divisionCode: proposal.divisionCode,
      facts: { comment: id, count: proposal.comments.all + 1 },
      concealed: { words },
      event: { type: 'marketplace.list-proposal.commented.v1', data: { proposal: number, division: proposal.divisionCode, comment: id } },
    })
    await insertComment(trx, { id, proposalId: proposal.id, words, contact, at, by: by && { accountId: by.accountId, organisationId: by.organisationId, role: by.role }, ledgerEntryId: told.entry })
  })
}
