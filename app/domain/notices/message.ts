import type { Duty, Role } from '#app/domain/accounts/actor.ts'
import type { MessageKind, MessageParams, TenderParams, Until } from './message-params.ts'

/** Where a message leads; `subject` says which one. */
export type Place = 'case' | 'approvals' | 'tender' | 'contract' | 'deliverable' | 'witnesses' | 'questions' | 'explain' | 'keys' | 'auction' | 'pick' | 'objections' | 'outages' | 'project' | 'disputes' | 'new-project' | 'draft' | 'decision' | 'listing' | 'agency' | 'agency-desk' | 'agency-profile' | 'agency-check' | 'versions' | 'own-versions' | 'proposal' | 'proposal-work' | 'people' | 'judge' | 'judges' | 'lead' | 'inquiry' | 'supervision' | 'authority-desk' | 'event-traffic'

type Lead<K extends MessageKind> = { place: Place; until?: Extract<keyof MessageParams[K], Until> }

/** The same lead for several kinds. */
function leading<K extends MessageKind>(kinds: readonly K[], lead: Lead<K>): Record<K, Lead<K>> {
  return Object.fromEntries(kinds.map((kind) => [kind, lead])) as Record<K, Lead<K>>
}

/** Where each kind leads, and which of its instants the reader has to keep. */
export const KINDS: { [K in MessageKind]: Lead<K> } = {
  ...leading(['tender-to-bid', 'tender-published', 'named-in-tender', 'bid-received', 'bid-replaced', 'bid-withdrawn'], { place: 'tender', until: 'closesAt' }),
  ...leading(['bidding-closed', 'own-bidding-closed'], { place: 'tender', until: 'drawsAfter' }),
  ...leading(['award-to-another', 'own-tender-awarded'], { place: 'tender', until: 'publicityEndsAt' }),
  ...leading(['tender-failed', 'own-tender-failed', 'award-declined'], { place: 'tender' }),
  ...leading(['own-question-answered', 'question-answered', 'answer-corrected'], { place: 'questions', until: 'closesAt' }),
  'question-to-answer': { place: 'questions', until: 'answerBy' },
  ...leading(['tender-corrected', 'tender-corrected-bids', 'tender-corrected-open', 'tender-extended', 'tender-resumed'], { place: 'tender', until: 'closesAt' }),
  'result-resumed': { place: 'tender', until: 'publicityEndsAt' },
  'award-resumed': { place: 'tender', until: 'declineUntil' },
  'price-resumed': { place: 'explain', until: 'explainUntil' },
  'pick-resumed': { place: 'pick', until: 'pickBy' },
  ...leading(['own-result-overdue', 'result-overdue'], { place: 'tender', until: 'announceBy' }),
  'tender-cancelled': { place: 'tender' },
  'tender-suspended': { place: 'tender', until: 'suspendedUntil' },
  ...leading(['objection-to-answer', 'award-objected', 'objection-raised'], { place: 'objections', until: 'answerBy' }),
  'objection-answered': { place: 'objections', until: 'complaintUntil' },
  'answer-to-objection': { place: 'objections' },
  'hold-ended': { place: 'tender', until: 'closesAt' },
  ...leading(['outage-to-approve', 'outage-approved'], { place: 'outages' }),
  'keys-wanted': { place: 'keys', until: 'releaseBy' },
  ...leading(['auction-set', 'auction-later', 'auction-extended'], { place: 'auction', until: 'startsAt' }),
  'auction-started': { place: 'auction', until: 'endsAt' },
  'bids-opened': { place: 'tender', until: 'decidesAfter' },
  'price-to-explain': { place: 'explain', until: 'decidesAfter' },
  'price-explained': { place: 'tender' },
  'award-won': { place: 'tender', until: 'declineUntil' },
  'result-to-witness': { place: 'witnesses' },
  ...leading(['award-binds', 'award-binds-for-another', 'own-award-binds'], { place: 'tender' }),
  'contract-to-confirm': { place: 'contract', until: 'confirmBy' },
  ...leading(['contract-confirmed', 'contract-refused'], { place: 'contract' }),
  'result-to-accept': { place: 'deliverable', until: 'answerBy' },
  ...leading(['result-returned', 'result-accepted', 'result-deemed', 'result-landed'], { place: 'deliverable' }),
  ...leading(['limit-near', 'limit-last-day', 'limit-over', 'limit-over-there'], { place: 'contract', until: 'dueAt' }),
  ...leading(['case-limit-near', 'case-limit-last-day', 'case-limit-over'], { place: 'case', until: 'dueAt' }),
  ...leading(['project-limit-near', 'project-limit-last-day', 'project-limit-over'], { place: 'approvals', until: 'dueAt' }),
  ...leading(['project-disputed', 'project-kept', 'project-given-away'], { place: 'project' }),
  'project-to-settle': { place: 'disputes' },
  'project-given': { place: 'new-project' },
  'project-not-given': { place: 'approvals' },
  'shortlist-to-pick': { place: 'pick', until: 'pickBy' },
  'shortlist-drawn': { place: 'tender', until: 'pickBy' },
  'credit-graded': { place: 'agency' },
  ...leading(['asked-to-judge', 'sheet-due', 'sheets-to-show'], { place: 'judge' }),
  ...leading(['judges-wanted', 'judge-stepped-back', 'own-judge-silent'], { place: 'judges' }),
  ...leading(['judge-silent', 'judge-replaced', 'sheets-revealed'], { place: 'tender' }),
  'draft-handed-over': { place: 'draft' },
  'agency-admitted': { place: 'agency-desk' },
  ...leading(['agency-to-check', 'check-answered'], { place: 'agency-check' }),
  'webhook-disabled': { place: 'event-traffic' },
  ...leading(['own-webhook-disabled', 'own-client-changed'], { place: 'authority-desk' }),
  'check-passed': { place: 'agency' },
  'check-returned': { place: 'agency-profile' },
  ...leading(['sanctioned', 'sanction-lifted'], { place: 'agency-profile' }),
  ...leading(['case-registered', 'case-changed', 'case-corrected', 'case-materials'], { place: 'case' }),
  ...leading(['demand-decided', 'demand-read', 'demand-refused', 'own-demand-refused', 'words-decided', 'demand-upheld', 'demand-upheld-lead', 'demand-withdrawn'], { place: 'decision' }),
  'document-turned-away': { place: 'supervision' },
  ...leading(['document-turned-away-lead', 'demand-reported'], { place: 'lead' }),
  'inquiry-to-answer': { place: 'inquiry', until: 'replyBy' },
  'inquiry-decided': { place: 'inquiry', until: 'contestBy' },
  'finding-contested': { place: 'inquiry', until: 'decideBy' },
  'rectification-returned': { place: 'inquiry', until: 'againBy' },
  ...leading(['inquiry-replied', 'contest-answered', 'violation-rectified', 'rectification-accepted', 'violation-final'], { place: 'inquiry' }),
  ...leading(['service-retired', 'service-reworded'], { place: 'listing' }),
  'list-version': { place: 'versions' },
  'list-followed': { place: 'own-versions' },
  ...leading(['opinion-wanted', 'comment-to-answer'], { place: 'proposal-work' }),
  'list-comment-open': { place: 'proposal', until: 'commentUntil' },
  ...leading(['own-comment-answered', 'list-proposal-withdrawn'], { place: 'proposal' }),
  ...leading(['delegate-invited', 'delegate-joined'], { place: 'people' }),
}

export const MESSAGE_KINDS = Object.keys(KINDS) as MessageKind[]

/** A message as one account sees it. */
export type Message<K extends MessageKind = MessageKind> = { id: number; kind: K; subject: string; params: MessageParams[K]; at: Date; unread: boolean }

/** Whose inbox it is: the organisation in a role, read by one account with a duty. */
export type Reader = { accountId: string; organisationId: string; role: Role; duty: Duty }

/** The instant that a message asks its reader to keep, and what it is, if it has one. */
export function untilOf({ kind, params }: Pick<Message, 'kind' | 'params'>): { what: Until; at: string } | null {
  const { until: what } = KINDS[kind] as { until?: Until }
  const at = what && (params as Partial<TenderParams>)[what]
  return what && at ? { what, at } : null
}
