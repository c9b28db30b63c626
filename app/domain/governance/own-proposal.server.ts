import type { Knex } from 'knex'
import { lockProposal } from '#db/repositories/list-proposals.ts'
import { z } from 'zod'
import { memberWho, type Member } from '../accounts/actor.ts'
import type { Permission } from '../accounts/permissions.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { isProposalNumber, mustBeDraft, type Proposal } from './proposal.ts'

/** Holds a draft of one's own division. Another division's is `missing`, as one that never was. */
export async function lockDraft(trx: Knex.Transaction, context: Context, id: string): Promise<{ proposal: Proposal; member: Member }> {
  const member = memberWho(context.actor, 'propose:listing')
  const proposal = z.uuid().safeParse(id).success ? await lockProposal(trx, { id }) : undefined
  if (!proposal || proposal.divisionCode !== member.divisionCode) throw new Refusal('missing', 'governance.no-such-proposal')
  mustBeDraft(proposal)
  return { proposal, member }
}

type Numbered = Proposal & { number: string }

/** Holds what was proposed, for somebody who governs its division's list. */
export async function lockGoverned(trx: Knex.Transaction, context: Context, { number, permission }: { number: string; permission: Permission }): Promise<{ proposal: Numbered; member: Member }> {
  const proposal = await lockNumbered(trx, number)
  const member = memberWho(context.actor, permission)
  if (proposal.divisionCode !== member.divisionCode) throw new Refusal('forbidden', 'catalogue.other-division')
  return { proposal, member }
}

/** Holds what was proposed, for anybody. */
export async function lockNumbered(trx: Knex.Transaction, number: string): Promise<Numbered> {
  const proposal = isProposalNumber(number) ? await lockProposal(trx, { number }) : undefined
  if (!proposal) throw new Refusal('missing', 'governance.no-such-proposal')
  return proposal as Numbered
}
