import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { insertCommentPeriod } from '#db/repositories/list-opinions.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { dayOf, endOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import { tell } from '../ledger/tell.server.ts'
import { lockGoverned } from './own-proposal.server.ts'
import { mustOpen } from './proposal.ts'

/**
 * The manager asks the public: from now until the end of the period that the division's policy `listComment` says.
 *
 * @returns the first instant that is too late
 * @throws Refusal `governance.opinions-missing`, `governance.opinion-against`, `governance.opened-already`, `governance.over`
 */
export async function openComment(context: Context, { number }: { number: string }): Promise<{ endsAt: Date }> {
  return transact(context.db, async (trx) => {
    const { proposal, member } = await lockGoverned(trx, context, { number, permission: 'adopt:listing' })
    const at = await context.clock.read(trx)
    mustOpen(proposal, at)
    const { divisionCode } = proposal
    const [{ listComment }, calendar] = await Promise.all([policiesOf(trx, divisionCode, dayOf(at)), calendarOf(trx, divisionCode)])
    const endsAt = endOf(at, listComment.value, calendar).at
    const facts = { endsAt: endsAt.toISOString(), period: listComment.value, source: listComment.source }
    const told = await tell(trx, context, {
      at,
      act: 'adopt:listing',
      kind: 'list-proposal.comment-opened',
      subject: number,
      divisionCode,
      facts,
      event: { type: 'marketplace.list-proposal.comment-opened.v1', data: { proposal: number, division: divisionCode, endsAt: facts.endsAt } },
    })
    await insertCommentPeriod(trx, { proposalId: proposal.id, at, by: member.accountId, ledgerEntryId: told.entry, endsAt, period: listComment.value, source: listComment.source })
    return { endsAt }
  })
}
