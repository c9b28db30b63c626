import type { Duty, Role } from '#app/domain/accounts/actor.ts'

/** Where a message leads; `subject` says which one. */
export type Place = 'case' | 'tender' | 'contract' | 'deliverable' | 'witnesses' | 'questions' | 'explain' | 'keys' | 'auction' | 'pick' | 'objections' | 'outages' | 'draft' | 'decision' | 'listing' | 'agency' | 'agency-desk' | 'agency-profile' | 'agency-check' | 'versions' | 'proposal' | 'proposal-work' | 'people' | 'judge' | 'judges' | 'lead' | 'inquiry' | 'supervision' | 'authority-desk' | 'event-traffic'

/** The instants that a message may ask its reader to keep. */
export const UNTILS = ['closesAt', 'drawsAfter', 'answerBy', 'publicityEndsAt', 'declineUntil', 'startsAt', 'endsAt', 'pickBy', 'decidesAfter', 'complaintUntil', 'suspendedUntil', 'releaseBy', 'replyBy', 'contestBy', 'decideBy', 'againBy', 'confirmBy', 'dueAt', 'commentUntil'] as const
export type Until = (typeof UNTILS)[number]

/** What a sentence about a tender may use. Titles and names of organisations are public; no person is named. */
export type TenderParams = { title: string; service: string; closesAt: string; eligible?: number; winner?: string; /** Which limit of the service clock. */ limit?: string } & { [I in Exclude<Until, 'closesAt'>]?: string }
export type DemandParams = { authority: string; service: string | null; verdict: string; reasons: string[] }
export type CaseParams = { number: string; authority: string; item: string; state: string }
/** Of a file: its number, and the service that it is about. Whom it is about is said to the regulator alone. */
export type InquiryParams = { number: string; service: string | null; respondent?: string; outcome?: string; replyBy?: string; contestBy?: string; decideBy?: string; againBy?: string }
/** What a warning of an office's own time in a case may use. */
export type CaseLimitParams = Pick<CaseParams, 'number' | 'item'> & { limit?: string; dueAt?: string }
export type ProposalParams = { title: string; commentUntil?: string }
export type ListParams = { number: number; effectiveOn: string; service: string; count: number }

/** A receiver of events by its host; the rest of its address may be secret. */
export type ReceiverParams = { host: string; cause: string; tried: number }

/** Every kind of message with what its sentence is made of; the sentences stand in app/words. */
export type MessageParams = {
  'tender-to-bid': TenderParams
  'tender-published': TenderParams
  'named-in-tender': TenderParams
  'question-to-answer': TenderParams
  'own-question-answered': TenderParams
  'question-answered': TenderParams
  'answer-corrected': TenderParams
  'award-declined': TenderParams
  'tender-corrected': TenderParams
  'tender-corrected-bids': TenderParams
  'tender-corrected-open': TenderParams
  'tender-extended': TenderParams
  'tender-cancelled': TenderParams
  'tender-suspended': TenderParams
  'tender-resumed': TenderParams
  'objection-to-answer': TenderParams
  'award-objected': TenderParams
  'objection-raised': TenderParams
  'objection-answered': TenderParams
  'answer-to-objection': TenderParams
  'hold-ended': TenderParams
  'outage-to-approve': { from: string; until: string }
  'outage-approved': { from: string; until: string; extended: number }
  'judges-wanted': TenderParams
  'asked-to-judge': TenderParams
  'sheet-due': TenderParams
  'sheets-to-show': TenderParams
  'judge-stepped-back': TenderParams
  'own-judge-silent': TenderParams
  'judge-silent': TenderParams
  'judge-replaced': TenderParams
  'sheets-revealed': TenderParams
  'draft-handed-over': { title: string }
  'bid-received': TenderParams
  'bid-replaced': TenderParams
  'bid-withdrawn': TenderParams
  'bidding-closed': TenderParams
  'own-bidding-closed': TenderParams
  'keys-wanted': TenderParams
  'auction-set': TenderParams
  'auction-later': TenderParams
  'auction-started': TenderParams
  'bids-opened': TenderParams
  'price-to-explain': TenderParams
  'price-explained': TenderParams
  'tender-failed': TenderParams
  'own-tender-failed': TenderParams
  'award-won': TenderParams
  'award-to-another': TenderParams
  'own-tender-awarded': TenderParams
  'result-to-witness': TenderParams
  'award-binds': TenderParams
  'award-binds-for-another': TenderParams
  'own-award-binds': TenderParams
  'contract-to-confirm': TenderParams
  'contract-confirmed': TenderParams
  'contract-refused': TenderParams
  'result-to-accept': TenderParams
  'result-returned': TenderParams
  'result-accepted': TenderParams
  'result-deemed': TenderParams
  'result-landed': TenderParams
  'limit-near': TenderParams
  'limit-last-day': TenderParams
  'limit-over': TenderParams
  'limit-over-there': TenderParams
  'case-limit-near': CaseLimitParams
  'case-limit-last-day': CaseLimitParams
  'case-limit-over': CaseLimitParams
  'shortlist-to-pick': TenderParams
  'shortlist-drawn': TenderParams
  'credit-graded': { name: string }
  'agency-admitted': { name: string }
  'agency-to-check': { name: string }
  'check-passed': { name: string }
  'check-returned': { name: string }
  'check-answered': { name: string }
  sanctioned: { name: string }
  'sanction-lifted': { name: string }
  'case-registered': CaseParams
  'case-changed': CaseParams
  'demand-decided': DemandParams
  'demand-refused': DemandParams
  'own-demand-refused': DemandParams
  'words-decided': DemandParams
  'demand-upheld': DemandParams
  'demand-upheld-lead': DemandParams
  'demand-withdrawn': DemandParams
  'document-turned-away': { authority: string; material: string }
  'document-turned-away-lead': { authority: string; material: string }
  'demand-reported': { authority: string }
  'inquiry-to-answer': InquiryParams
  'inquiry-replied': InquiryParams
  'inquiry-decided': InquiryParams
  'finding-contested': InquiryParams
  'contest-answered': InquiryParams
  'violation-rectified': InquiryParams
  'rectification-accepted': InquiryParams
  'rectification-returned': InquiryParams
  'violation-final': InquiryParams
  'service-retired': ListParams
  'service-reworded': ListParams
  'list-version': Pick<ListParams, 'number' | 'effectiveOn'>
  'webhook-disabled': ReceiverParams
  'own-webhook-disabled': ReceiverParams
  'opinion-wanted': ProposalParams
  'list-comment-open': ProposalParams
  'comment-to-answer': ProposalParams
  'own-comment-answered': ProposalParams
  'list-proposal-withdrawn': ProposalParams
  'delegate-invited': { role: Role }
  'delegate-joined': { role: Role }
}

export type MessageKind = keyof MessageParams

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
  'tender-cancelled': { place: 'tender' },
  'tender-suspended': { place: 'tender', until: 'suspendedUntil' },
  ...leading(['objection-to-answer', 'award-objected', 'objection-raised'], { place: 'objections', until: 'answerBy' }),
  'objection-answered': { place: 'objections', until: 'complaintUntil' },
  'answer-to-objection': { place: 'objections' },
  'hold-ended': { place: 'tender', until: 'closesAt' },
  ...leading(['outage-to-approve', 'outage-approved'], { place: 'outages' }),
  'keys-wanted': { place: 'keys', until: 'releaseBy' },
  ...leading(['auction-set', 'auction-later'], { place: 'auction', until: 'startsAt' }),
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
  'own-webhook-disabled': { place: 'authority-desk' },
  'check-passed': { place: 'agency' },
  'check-returned': { place: 'agency-profile' },
  ...leading(['sanctioned', 'sanction-lifted'], { place: 'agency-profile' }),
  ...leading(['case-registered', 'case-changed'], { place: 'case' }),
  ...leading(['demand-decided', 'demand-refused', 'own-demand-refused', 'words-decided', 'demand-upheld', 'demand-upheld-lead', 'demand-withdrawn'], { place: 'decision' }),
  'document-turned-away': { place: 'supervision' },
  ...leading(['document-turned-away-lead', 'demand-reported'], { place: 'lead' }),
  'inquiry-to-answer': { place: 'inquiry', until: 'replyBy' },
  'inquiry-decided': { place: 'inquiry', until: 'contestBy' },
  'finding-contested': { place: 'inquiry', until: 'decideBy' },
  'rectification-returned': { place: 'inquiry', until: 'againBy' },
  ...leading(['inquiry-replied', 'contest-answered', 'violation-rectified', 'rectification-accepted', 'violation-final'], { place: 'inquiry' }),
  ...leading(['service-retired', 'service-reworded'], { place: 'listing' }),
  'list-version': { place: 'versions' },
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

/** The most that the frame counts; beyond it says "99+". */
export const MOST_COUNTED = 100

/** The instant that a message asks its reader to keep, and what it is, if it has one. */
export function untilOf({ kind, params }: Pick<Message, 'kind' | 'params'>): { what: Until; at: string } | null {
  const { until: what } = KINDS[kind] as { until?: Until }
  const at = what && (params as Partial<TenderParams>)[what]
  return what && at ? { what, at } : null
}
