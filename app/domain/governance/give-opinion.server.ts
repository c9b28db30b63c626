import { transact } from '#db/client.ts'
import { insertOpinion } from '#db/repositories/list-opinions.ts'
import type { Context } from '../context.ts'
import { tell } from '../ledger/tell.server.ts'
import { lockGoverned } from './own-proposal.server.ts'
import { mustTakeOpinion, type OpinionKind } from './proposal.ts'

type Given = { number: string; kind: OpinionKind; favours: boolean; office: string; words: string }

/**
 * One of the regulator's people records one opinion on a proposal, with the name of the office that holds it. Necessity,
 * reasonableness and legality take three people; nobody gives one on a proposal of their own. It is public and final.
 *
 * @throws Refusal `governance.no-such-proposal`, `catalogue.other-division`, those of `mustTakeOpinion`
 */
export async function giveOpinion(context: Context, { number, kind, favours, office, words }: Given): Promise<void> {
  return transact(context.db, async (trx) => {
    const { proposal, member } = await lockGoverned(trx, context, { number, permission: 'give:opinion' })
    const at = await context.clock.read(trx)
    mustTakeOpinion(proposal, { kind, by: member.accountId, at })
    const facts = { opinion: kind, favours, office }
    const told = await tell(trx, context, {
      at,
      act: 'give:opinion',
      kind: 'list-proposal.opinion-given',
      subject: number,
      divisionCode: proposal.divisionCode,
      facts,
      payload: { words },
      event: { type: 'marketplace.list-proposal.opinion-given.v1', data: { proposal: number, ...facts } },
    })
    await insertOpinion(trx, { proposalId: proposal.id, kind, favours, office, words, at, by: member.accountId, ledgerEntryId: told.entry })
  })
}
