import { memberWho } from '#app/domain/accounts/actor.ts'
import { timeLeft, type TimeLeft } from '#app/domain/agenda.ts'
import type { Calendar } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { prefixOf } from '#app/domain/divisions/division.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { listInquiries, type InquiryLine } from '#db/views/inquiries.ts'
import { inquiryStateAt, rectificationAt, type InquiryState, type RectificationState, type RespondentRole } from './inquiry.ts'

export const INQUIRIES_A_PAGE = 20

export type ListedInquiry = Omit<InquiryLine, 'facts'> & { state: InquiryState; rectification: RectificationState | null; until: Date | null; left: TimeLeft | null }

/**
 * The files of the regulator's division, or those about one's own organisation in one's own role, the newest first.
 *
 * Refuses `accounts.sign-in-first`, `accounts.not-allowed`.
 */
export async function findInquiries(context: Context, { before, limit = INQUIRIES_A_PAGE }: { before?: string | null; limit?: number } = {}): Promise<{ items: ListedInquiry[]; next: string | null; side: 'regulator' | 'respondent' }> {
  const { role, organisationId, divisionCode } = memberWho(context.actor, 'read:inquiries')
  const { db } = context
  const whose = role === 'regulator' ? { divisionPrefix: prefixOf(divisionCode) } : { respondent: { id: organisationId, role: role as RespondentRole } }
  const [at, calendar, found] = await Promise.all([context.clock.read(db), calendarOf(db, divisionCode), listInquiries(db, { ...whose, before: before ?? null, limit: limit + 1 })])
  const items = found.slice(0, limit).map((line) => listed(line, at, calendar))
  return { items, next: found.length > limit ? items.at(-1)!.number : null, side: role === 'regulator' ? 'regulator' : 'respondent' }
}

function listed({ facts, ...line }: InquiryLine, at: Date, calendar: Calendar): ListedInquiry {
  const state = inquiryStateAt(facts, at)
  const rectification = rectificationAt(facts, at)
  const until = state === 'awaiting-reply' ? facts.replyBy : state === 'contested' ? facts.contest!.decideBy : (rectification?.until ?? null)
  return { ...line, state, rectification: rectification?.state ?? null, until, left: until && timeLeft(at, until, calendar) }
}
