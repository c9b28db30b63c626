import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { Refusal } from '../refusal.ts'
import { LEAD_KINDS } from './lead.ts'

/** Whom a file may be about, in which role it answers. */
export const RESPONDENT_ROLES = ['authority', 'owner', 'agency'] as const
export type RespondentRole = (typeof RESPONDENT_ROLES)[number]

export const OUTCOMES = ['unfounded', 'violation', 'referred'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What a finding rests on; chosen from these, so that what is published of it names no person. The sentences stand in `app/words`. */
export const BASES = ['boe-42', 'boe-43-1', 'boe-43-2', 'boe-43-3', 'boe-44', 'licensing-31', 'licensing-32', 'notice-31', 'bidding-32', 'bidding-53', 'procurement-77', 'platform-rules'] as const
export type FindingBasis = (typeof BASES)[number]

/** What has happened in a file; every state is read from it and the hour. */
export type InquiryFacts = {
  replyBy: Date
  repliedAt: Date | null
  finding: { outcome: Outcome; foundAt: Date; contestBy: Date | null; rectifyBy: Date | null } | null
  contest: { contestedAt: Date; decideBy: Date } | null
  contestAnswer: { outcome: 'kept' | 'revoked'; answeredAt: Date } | null
  /** In the order of their rounds. */
  rectifications: { submittedAt: Date; verdict: { accepted: boolean; againBy: Date | null } | null }[]
}

export const INQUIRY_STATES = ['awaiting-reply', 'to-decide', 'unfounded', 'referred', 'contestable', 'contested', 'revoked', 'final'] as const
export type InquiryState = (typeof INQUIRY_STATES)[number]

/** Where a file stands. A finding waits for the reply or the end of its period; a violation is final when a review has kept it, or when nobody can ask for one any more. */
export function inquiryStateAt({ replyBy, repliedAt, finding, contest, contestAnswer }: InquiryFacts, at: Date): InquiryState {
  if (!finding) return repliedAt || at >= replyBy ? 'to-decide' : 'awaiting-reply'
  if (finding.outcome !== 'violation') return finding.outcome
  if (contestAnswer?.outcome === 'revoked') return 'revoked'
  if (contest && !contestAnswer) return 'contested'
  return contestAnswer || at >= finding.contestBy! ? 'final' : 'contestable'
}

export const RECTIFICATION_STATES = ['due', 'overdue', 'submitted', 'accepted'] as const
export type RectificationState = (typeof RECTIFICATION_STATES)[number]

/** How far the putting right is; null where nothing is to be put right. A review that is asked for does not stop its clock (行政复议法 42). */
export function rectificationAt({ finding, contestAnswer, rectifications }: InquiryFacts, at: Date): { state: RectificationState; until: Date | null } | null {
  if (finding?.outcome !== 'violation' || contestAnswer?.outcome === 'revoked') return null
  const last = rectifications.at(-1)
  if (last && !last.verdict) return { state: 'submitted', until: null }
  if (last?.verdict?.accepted) return { state: 'accepted', until: null }
  const until = last?.verdict?.againBy ?? finding.rectifyBy!
  return { state: at >= until ? 'overdue' : 'due', until }
}

/** Refuses `inquiries.decided-already`, and `inquiries.reply-first` while the right to reply runs. */
export function mustBeDecidable(facts: InquiryFacts, at: Date): void {
  if (facts.finding) throw new Refusal('conflict', 'inquiries.decided-already')
  if (inquiryStateAt(facts, at) !== 'to-decide') throw new Refusal('conflict', 'inquiries.reply-first')
}

/** Refuses `inquiries.decided-already`, `inquiries.replied-already`. A reply after its period still counts while nothing is decided. */
export function mustTakeReply({ finding, repliedAt }: InquiryFacts): void {
  if (finding) throw new Refusal('conflict', 'inquiries.decided-already')
  if (repliedAt) throw new Refusal('conflict', 'inquiries.replied-already')
}

/** Refuses `inquiries.not-contestable`, also from the period's last instant on and a second time. */
export function mustBeContestable(facts: InquiryFacts, at: Date): void {
  if (inquiryStateAt(facts, at) !== 'contestable' || facts.contest) throw new Refusal('conflict', 'inquiries.not-contestable')
}

/** Refuses `inquiries.not-contested`. */
export function mustBeContested({ contest, contestAnswer }: InquiryFacts): void {
  if (!contest || contestAnswer) throw new Refusal('conflict', 'inquiries.not-contested')
}

/** Refuses `inquiries.nothing-to-rectify`. Late proof is taken: what is put right late is still put right. */
export function mustTakeRectification(facts: InquiryFacts, at: Date): void {
  const state = rectificationAt(facts, at)?.state
  if (state !== 'due' && state !== 'overdue') throw new Refusal('conflict', 'inquiries.nothing-to-rectify')
}

/** Refuses `inquiries.nothing-submitted`. */
export function mustBeSubmitted(facts: InquiryFacts, at: Date): void {
  if (rectificationAt(facts, at)?.state !== 'submitted') throw new Refusal('conflict', 'inquiries.nothing-submitted')
}

const told = (least: number) => text({ least, most: 2000, lines: true, say: { empty: 'inquiries.words-short', short: 'inquiries.words-short' } })

export const OpenForm = z.object({ kind: z.enum(LEAD_KINDS, 'forms.invalid_value'), key: text({ most: 120 }), respondent: text({ most: 60, say: { empty: 'inquiries.respondent' } }), allegation: told(10) })
export const ReplyForm = z.object({ words: told(10) })
export const FindingForm = z
  .object({
    outcome: z.enum(OUTCOMES, 'forms.invalid_value'),
    bases: z.preprocess((given) => (given === undefined || given === '' ? [] : [given].flat()), z.array(z.enum(BASES, 'forms.invalid_value'))),
    reason: told(10),
    referredTo: text({ least: 0, most: 100 }).default(''),
  })
  .superRefine(({ outcome, bases, referredTo }, context) => {
    if (outcome === 'violation' && !bases.length) context.addIssue({ code: 'custom', path: ['bases'], message: 'inquiries.basis' })
    if (outcome === 'referred' && !referredTo.trim()) context.addIssue({ code: 'custom', path: ['referredTo'], message: 'inquiries.referred-to' })
  })
/** Two of these stand on one page at once, so each of their fields has a name of its own. */
export const ContestForm = z.object({ contest: told(10) })
export const ContestAnswerForm = z.object({ review: z.enum(['kept', 'revoked'], 'forms.invalid_value'), reviewReason: told(10) })
export const RectificationForm = z.object({ proof: told(10) })
export const RectificationVerdictForm = z.object({ accepted: z.enum(['yes', 'no'], 'forms.invalid_value'), verdictReason: told(5) })
