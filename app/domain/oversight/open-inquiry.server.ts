import { memberWho } from '#app/domain/accounts/actor.ts'
import { dayOf, endOf } from '#app/domain/calendar.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { holdLead, insertInquiry, nextInquiryNumber } from '#db/repositories/inquiries.ts'
import { findOrganisation } from '#db/repositories/organisations.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { listRespondents, type Respondent } from '#db/views/respondents.ts'
import { findLead } from './find-leads.server.ts'
import type { Lead, LeadKind } from './lead.ts'
import { tellOfInquiry } from './own-inquiry.server.ts'

type Asked = { kind: LeadKind; key: string }
export type LeadToOpen = { lead: Lead; respondents: Respondent[]; replyDays: number }

/**
 * What stands on the page where a file is opened: the lead as it is now, and whom the file may be about.
 *
 * Refuses `inquiries.no-such-lead` where it is none (any more), is another division's, or was opened already.
 */
export async function showLeadToOpen(context: Context, asked: Asked): Promise<LeadToOpen> {
  const { divisionCode } = memberWho(context.actor, 'open:inquiry')
  const { db, clock } = context
  const at = await clock.read(db)
  const lead = await findLead(db, { divisionCode, at, ...asked })
  if (!lead) throw new Refusal('missing', 'inquiries.no-such-lead')
  const [respondents, { inquiryReply }] = await Promise.all([listRespondents(db, lead), policiesOf(db, divisionCode, dayOf(at))])
  return { lead, respondents, replyDays: inquiryReply.value.n }
}

/**
 * Opens a lead as a file: whom it is about is told what it is held against, and may reply within the policy's `inquiryReply`, in working
 * days of its own division. The allegation is in the regulator's words, so that a report shows nothing of its reporter.
 *
 * @param respondent an organisation of those that the lead names
 * Refuses `inquiries.no-such-lead`, `inquiries.respondent`; of two at once the second gets `inquiries.opened-already`.
 */
export async function openInquiry(context: Context, { kind, key, respondent: respondentId, allegation }: Asked & { respondent: string; allegation: string }): Promise<{ number: string }> {
  const member = memberWho(context.actor, 'open:inquiry')
  return transact(context.db, async (trx) => {
    const lead = await findLead(trx, { divisionCode: member.divisionCode, at: await context.clock.read(trx), kind, key })
    if (!lead) throw new Refusal('missing', 'inquiries.no-such-lead')
    const respondent = (await listRespondents(trx, lead)).find(({ id }) => id === respondentId)
    if (!respondent) throw new Refusal('invalid', 'inquiries.respondent', { field: 'respondent' })
    const opened = await holdLead(trx, lead)
    if (opened) throw new Refusal('conflict', 'inquiries.opened-already', { params: { number: opened } })

    const at = await context.clock.read(trx)
    const { divisionCode, uscc } = (await findOrganisation(trx, respondentId))!
    const place = respondent.role === 'authority' ? divisionCode : member.divisionCode
    const [{ inquiryReply }, calendar] = await Promise.all([policiesOf(trx, place, dayOf(at)), calendarOf(trx, place)])
    const inquiry = {
      id: newId(), number: await nextInquiryNumber(trx, place, Number(dayOf(at).slice(0, 4))), divisionCode: place,
      leadKind: kind, leadKey: key, leadSince: lead.since, leadParams: lead.params, respondentId, respondentRole: respondent.role,
      decisionId: respondent.decisionId, reportId: respondent.reportId, listingId: respondent.listingId,
      allegation, openedAt: at, replyBy: endOf(at, inquiryReply.value, calendar).at,
    }
    const done = await tellOfInquiry(trx, context, { inquiry, member, at }, { kind: 'inquiry.opened', act: 'open:inquiry', event: 'marketplace.inquiry.opened.v1', facts: { lead: kind, replyBy: inquiry.replyBy.toISOString() }, concealed: { respondent: uscc ?? respondentId, allegation } })
    await insertInquiry(trx, inquiry, done)
    return { number: inquiry.number }
  })
}
