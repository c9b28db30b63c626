import type { AgendaItem } from '../agenda.ts'
import { missingOpinions, stateOf, type Proposal } from '../governance/proposal.ts'

export const GOVERNANCE_KINDS = ['comments-to-answer', 'opinion-to-give', 'comment-to-open', 'proposal-to-adopt', 'proposal-blocked', 'proposal-in-comment'] as const
export type GovernanceKind = (typeof GOVERNANCE_KINDS)[number]

type Who = { accountId: string; mayDecide: boolean }

/** What a proposal on its way wants of one of the regulator's people: an opinion that is theirs to give, answers, or the manager's next step. */
export function proposalItem(proposal: Proposal, { accountId, mayDecide }: Who, at: Date): AgendaItem<GovernanceKind> | null {
  const item = (kind: GovernanceKind, since: Date, more: Partial<AgendaItem<GovernanceKind>> = {}) => ({ kind, subject: proposal.number!, title: proposal.title, until: null, since, ...more })
  const state = stateOf(proposal, at)
  const last = proposal.opinions.at(-1)?.givenAt ?? proposal.proposedAt!
  if (state === 'opinions' && mayGive(proposal, accountId)) return item('opinion-to-give', proposal.proposedAt!, { count: missingOpinions(proposal).length })
  if (proposal.period && proposal.comments.open > 0 && (state === 'comment' || state === 'answering')) return item('comments-to-answer', proposal.period.openedAt, { count: proposal.comments.open })
  if (state === 'comment') return item('proposal-in-comment', proposal.period!.openedAt, { until: proposal.period!.endsAt })
  if (!mayDecide) return null
  if (state === 'to-open') return item('comment-to-open', last)
  if (state === 'to-adopt') return item('proposal-to-adopt', proposal.period?.endsAt ?? last)
  return state === 'blocked' ? item('proposal-blocked', last) : null
}

function mayGive(proposal: Proposal, accountId: string): boolean {
  const mine = proposal.opinions.some(({ kind, givenBy }) => kind !== 'fair-competition' && givenBy === accountId)
  return proposal.proposedBy !== accountId && missingOpinions(proposal).some((kind) => kind === 'fair-competition' || !mine)
}
