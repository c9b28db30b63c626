import { transact } from '#db/client.ts'
import { listWaiting } from '#db/repositories/list-comments.ts'
import { insertAnswer } from '#db/repositories/list-opinions.ts'
import { newId } from '../chance.server.ts'
import type { Context } from '../context.ts'
import { tell } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { lockGoverned } from './own-proposal.server.ts'
import { mustTakeAnswer, type Outcome } from './proposal.ts'

type Answered = { number: string; ids: readonly string[]; outcome: Outcome; words: string }

/**
 * The regulator answers one comment or several together: accepted, partly, or not, with its reason. An answer is public and final.
 *
 * @throws Refusal `governance.no-such-comment` where one is not this proposal's or was answered meanwhile, `governance.answers-closed`
 */
export async function answerComments(context: Context, { number, ids, outcome, words }: Answered): Promise<void> {
  return transact(context.db, async (trx) => {
    const { proposal, member } = await lockGoverned(trx, context, { number, permission: 'propose:listing' })
    const at = await context.clock.read(trx)
    mustTakeAnswer(proposal, at)
    const chosen = [...new Set(ids)]
    const waiting = await listWaiting(trx, { proposalId: proposal.id, ids: chosen })
    if (waiting.length === 0 || waiting.length < chosen.length) throw new Refusal('conflict', 'governance.no-such-comment', { field: 'ids' })
    const id = newId()
    const facts = { answer: id, outcome, count: waiting.length, open: proposal.comments.open - waiting.length }
    const told = await tell(trx, context, {
      at,
      act: 'answer:comment',
      kind: 'list-proposal.answered',
      subject: number,
      divisionCode: proposal.divisionCode,
      facts,
      payload: { words, comments: waiting.map((one) => one.id) },
      event: { type: 'marketplace.list-proposal.answered.v1', data: { proposal: number, ...facts } },
    })
    await insertAnswer(trx, { proposalId: proposal.id, at, by: member.accountId, ledgerEntryId: told.entry, id, outcome, words, comments: waiting.map((one) => one.id) })
  })
}
