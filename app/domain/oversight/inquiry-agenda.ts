import type { AgendaItem } from '../agenda.ts'
import { inquiryStateAt, rectificationAt, type InquiryFacts } from './inquiry.ts'

/** What may wait in a file for the regulator, and for whom it is about. */
export const REGULATORS_INQUIRY_KINDS = ['inquiry-to-decide', 'contest-to-answer', 'rectification-to-judge', 'rectification-overdue'] as const
export type RegulatorsInquiryKind = (typeof REGULATORS_INQUIRY_KINDS)[number]
export const RESPONDENTS_INQUIRY_KINDS = ['inquiry-to-answer', 'violation-to-rectify'] as const
export type RespondentsInquiryKind = (typeof RESPONDENTS_INQUIRY_KINDS)[number]

type Line = { number: string; respondent: string | null; listing: string | null; openedAt: Date; facts: InquiryFacts }

/** What a regulator has to do in a file: decide it, answer a review, look at a proof, or see that none came. */
export function regulatorsItems({ number, respondent, listing, facts }: Line, at: Date): AgendaItem<RegulatorsInquiryKind>[] {
  const about = { subject: number, title: respondent ?? number, ...(listing && { note: listing }) }
  const state = inquiryStateAt(facts, at)
  if (state === 'to-decide') return [{ kind: 'inquiry-to-decide', ...about, until: null, since: facts.repliedAt ?? facts.replyBy }]
  const contest: AgendaItem<RegulatorsInquiryKind>[] = state === 'contested' ? [{ kind: 'contest-to-answer', ...about, until: facts.contest!.decideBy, since: facts.contest!.contestedAt }] : []
  const rectification = rectificationAt(facts, at)
  if (rectification?.state === 'submitted') return [...contest, { kind: 'rectification-to-judge', ...about, until: null, since: facts.rectifications.at(-1)!.submittedAt }]
  if (rectification?.state === 'overdue') return [...contest, { kind: 'rectification-overdue', ...about, until: rectification.until, since: facts.finding!.foundAt }]
  return contest
}

/** What whom a file is about has to do in it: reply while one may, or put right what was found. */
export function respondentsItems({ number, listing, openedAt, facts }: Line, at: Date): AgendaItem<RespondentsInquiryKind>[] {
  const about = { subject: number, title: listing ?? number, note: number }
  if (inquiryStateAt(facts, at) === 'awaiting-reply') return [{ kind: 'inquiry-to-answer', ...about, until: facts.replyBy, since: openedAt }]
  const rectification = rectificationAt(facts, at)
  return rectification?.until ? [{ kind: 'violation-to-rectify', ...about, until: rectification.until, since: facts.finding!.foundAt }] : []
}
