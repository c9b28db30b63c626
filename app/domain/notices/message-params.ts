import type { Role } from '#app/domain/accounts/actor.ts'
import type { ClientDeed } from '#app/domain/accounts/api-client.ts'

/** The instants that a message may ask its reader to keep. */
export const UNTILS = ['closesAt', 'drawsAfter', 'answerBy', 'publicityEndsAt', 'declineUntil', 'startsAt', 'endsAt', 'pickBy', 'decidesAfter', 'explainUntil', 'announceBy', 'complaintUntil', 'suspendedUntil', 'releaseBy', 'replyBy', 'contestBy', 'decideBy', 'againBy', 'confirmBy', 'dueAt', 'commentUntil'] as const
export type Until = (typeof UNTILS)[number]

/** What a sentence about a tender may use. Titles and names of organisations are public; no person is named. */
export type TenderParams = { title: string; service: string; closesAt: string; eligible?: number; winner?: string; /** Which limit of the service clock. */ limit?: string; /** Years on the way to that limit whose holidays nobody had said. */ uncoveredYears?: number[] } & { [I in Exclude<Until, 'closesAt'>]?: string }
export type DemandParams = { authority: string; service: string | null; verdict: string; reasons: string[] }
/** How many documents an office newly says are lacking or turned away, and how many services among them the list says may not be asked of the applicant. */
export type Asked = { lacking?: number; turnedAway?: number; undemandable?: number }
export type CaseParams = { number: string; authority: string; item: string; state: string } & Asked
/** Of a file: its number, and the service that it is about. Whom it is about is said to the regulator alone. */
export type InquiryParams = { number: string; service: string | null; respondent?: string; outcome?: string; replyBy?: string; contestBy?: string; decideBy?: string; againBy?: string }
/** What a warning of an office's own time in a case may use. */
export type CaseLimitParams = Pick<CaseParams, 'number' | 'item'> & { limit?: string; dueAt?: string; uncoveredYears?: number[] }
/** What a warning of a project's whole time may use; `days` are those it has. */
export type ProjectLimitParams = { code: string; project?: string; days: number; dueAt?: string; uncoveredYears?: number[] }
/** Of whose project it is: its code alone, since its name is the registrant's word. */
export type ProjectParams = { code: string }
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
  'result-resumed': TenderParams
  'own-result-overdue': TenderParams
  'result-overdue': TenderParams
  'award-resumed': TenderParams
  'price-resumed': TenderParams
  'pick-resumed': TenderParams
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
  'auction-extended': TenderParams
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
  'project-limit-near': ProjectLimitParams
  'project-limit-last-day': ProjectLimitParams
  'project-limit-over': ProjectLimitParams
  'project-disputed': ProjectParams
  'project-to-settle': ProjectParams
  'project-kept': ProjectParams
  'project-given-away': ProjectParams
  'project-given': ProjectParams
  'project-not-given': ProjectParams
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
  'case-corrected': CaseParams
  'case-materials': CaseParams
  'demand-decided': DemandParams
  'demand-read': DemandParams
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
  'list-followed': Pick<ListParams, 'number' | 'effectiveOn'>
  'webhook-disabled': ReceiverParams
  'own-webhook-disabled': ReceiverParams
  'own-client-changed': { name: string; did: ClientDeed }
  'opinion-wanted': ProposalParams
  'list-comment-open': ProposalParams
  'comment-to-answer': ProposalParams
  'own-comment-answered': ProposalParams
  'list-proposal-withdrawn': ProposalParams
  'delegate-invited': { role: Role }
  'delegate-joined': { role: Role }
}

export type MessageKind = keyof MessageParams
