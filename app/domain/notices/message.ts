import type { Duty, Role } from '#app/domain/accounts/actor.ts'

/** Where a message leads; `subject` says which one. */
export type Place = 'tender' | 'questions' | 'objections' | 'outages' | 'draft' | 'decision' | 'listing' | 'agency' | 'agency-desk' | 'agency-profile' | 'agency-check' | 'versions' | 'people'

/** The instants that a message may ask its reader to keep. */
export const UNTILS = ['closesAt', 'drawsAfter', 'answerBy', 'publicityEndsAt', 'declineUntil', 'complaintUntil', 'suspendedUntil'] as const
export type Until = (typeof UNTILS)[number]

/** What a sentence about a tender may use. Titles and names of organisations are public; no person is named. */
export type TenderParams = { title: string; service: string; closesAt: string; eligible?: number; winner?: string } & { [I in Exclude<Until, 'closesAt'>]?: string }
export type DemandParams = { authority: string; service: string | null; verdict: string; reasons: string[] }
export type ListParams = { number: number; effectiveOn: string; service: string; count: number }

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
  'outage-to-approve': { from: string; until: string }
  'draft-handed-over': { title: string }
  'bid-received': TenderParams
  'bid-replaced': TenderParams
  'bid-withdrawn': TenderParams
  'bidding-closed': TenderParams
  'own-bidding-closed': TenderParams
  'tender-failed': TenderParams
  'own-tender-failed': TenderParams
  'award-won': TenderParams
  'award-to-another': TenderParams
  'own-tender-awarded': TenderParams
  'agency-admitted': { name: string }
  'agency-to-check': { name: string }
  'check-passed': { name: string }
  'check-returned': { name: string }
  'check-answered': { name: string }
  'demand-decided': DemandParams
  'demand-refused': DemandParams
  'own-demand-refused': DemandParams
  'service-retired': ListParams
  'service-reworded': ListParams
  'list-version': Pick<ListParams, 'number' | 'effectiveOn'>
  'delegate-invited': { role: Role }
  'delegate-joined': { role: Role }
}

export type MessageKind = keyof MessageParams

/** Where each kind leads, and which of its instants the reader has to keep. */
export const KINDS: { [K in MessageKind]: { place: Place; until?: Extract<keyof MessageParams[K], Until> } } = {
  'tender-to-bid': { place: 'tender', until: 'closesAt' },
  'tender-published': { place: 'tender', until: 'closesAt' },
  'named-in-tender': { place: 'tender', until: 'closesAt' },
  'question-to-answer': { place: 'questions', until: 'answerBy' },
  'own-question-answered': { place: 'questions', until: 'closesAt' },
  'question-answered': { place: 'questions', until: 'closesAt' },
  'answer-corrected': { place: 'questions', until: 'closesAt' },
  'award-declined': { place: 'tender' },
  'tender-corrected': { place: 'tender', until: 'closesAt' },
  'tender-corrected-bids': { place: 'tender', until: 'closesAt' },
  'tender-corrected-open': { place: 'tender', until: 'closesAt' },
  'tender-extended': { place: 'tender', until: 'closesAt' },
  'tender-cancelled': { place: 'tender' },
  'tender-suspended': { place: 'tender', until: 'suspendedUntil' },
  'tender-resumed': { place: 'tender', until: 'closesAt' },
  'objection-to-answer': { place: 'objections', until: 'answerBy' },
  'award-objected': { place: 'objections', until: 'answerBy' },
  'objection-raised': { place: 'objections', until: 'answerBy' },
  'objection-answered': { place: 'objections', until: 'complaintUntil' },
  'answer-to-objection': { place: 'objections' },
  'outage-to-approve': { place: 'outages' },
  'draft-handed-over': { place: 'draft' },
  'bid-received': { place: 'tender', until: 'closesAt' },
  'bid-replaced': { place: 'tender', until: 'closesAt' },
  'bid-withdrawn': { place: 'tender', until: 'closesAt' },
  'bidding-closed': { place: 'tender', until: 'drawsAfter' },
  'own-bidding-closed': { place: 'tender', until: 'drawsAfter' },
  'tender-failed': { place: 'tender' },
  'own-tender-failed': { place: 'tender' },
  'award-won': { place: 'tender', until: 'declineUntil' },
  'award-to-another': { place: 'tender', until: 'publicityEndsAt' },
  'own-tender-awarded': { place: 'tender', until: 'publicityEndsAt' },
  'agency-admitted': { place: 'agency-desk' },
  'agency-to-check': { place: 'agency-check' },
  'check-passed': { place: 'agency' },
  'check-returned': { place: 'agency-profile' },
  'check-answered': { place: 'agency-check' },
  'demand-decided': { place: 'decision' },
  'demand-refused': { place: 'decision' },
  'own-demand-refused': { place: 'decision' },
  'service-retired': { place: 'listing' },
  'service-reworded': { place: 'listing' },
  'list-version': { place: 'versions' },
  'delegate-invited': { place: 'people' },
  'delegate-joined': { place: 'people' },
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
