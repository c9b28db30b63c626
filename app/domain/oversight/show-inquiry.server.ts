import { memberWho } from '#app/domain/accounts/actor.ts'
import type { StoredDocument } from '#app/domain/agencies/document.ts'
import { timeLeft, type TimeLeft } from '#app/domain/agenda.ts'
import type { Context } from '#app/domain/context.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { findEvidence, listEvidence, type Evidence } from '#db/repositories/demand-reports.ts'
import { findInquiry, type WholeInquiry } from '#db/repositories/inquiries.ts'
import { findWording } from '#db/repositories/listings.ts'
import { findOrganisation } from '#db/repositories/organisations.ts'
import { findPaperBehind, findReportBehind, findUpheldBehind, type PaperBehind, type ReportBehind } from '#db/views/inquiries.ts'
import { inquiryStateAt, rectificationAt, type InquiryState, type RectificationState } from './inquiry.ts'
import type { LeadKind } from './lead.ts'
import type { LeadToOpen } from './open-inquiry.server.ts'
import { mayRead } from './own-inquiry.server.ts'

/** What stands behind a lead; of a report and of an owner's word on a paper for the regulator's eyes alone. */
export type Behind = {
  report: (ReportBehind & { files: Evidence[] }) | null
  paper: PaperBehind | null
  upheld: { reason: string; at: Date; withdrawn: { reason: string; at: Date } | null } | null
}

export type ShownInquiry = Omit<WholeInquiry, 'respondentId' | 'leadKey' | 'leadParams' | 'reportId'> & {
  respondent: string
  side: 'regulator' | 'respondent'
  state: InquiryState
  rectification: { state: RectificationState; until: Date | null; left: TimeLeft | null } | null
  /** Until when whoever has to act may; null where nobody's clock runs. */
  left: TimeLeft | null
  listing: { code: string; name: string } | null
  behind: Behind
  /** For the regulator alone: the lead's params name others, too. */
  leadParams: object | null
  files: { reply: Evidence[]; rounds: Evidence[][] }
  at: Date
}

/**
 * A file with everything in it, for the regulator of its division and for whom it is about. The latter never sees a report: neither its
 * words nor its papers nor that somebody gave a name.
 *
 * Refuses `inquiries.no-such-inquiry` to everybody else.
 */
export async function showInquiry(context: Context, { number }: { number: string }): Promise<ShownInquiry> {
  const member = memberWho(context.actor, 'read:inquiries')
  const { db } = context
  const inquiry = await findInquiry(db, number)
  const side = inquiry && mayRead(inquiry, member)
  if (!inquiry || !side) throw new Refusal('missing', 'inquiries.no-such-inquiry')
  const [at, calendar, respondent, listing, behind, reply, rounds] = await Promise.all([
    context.clock.read(db),
    calendarOf(db, inquiry.divisionCode),
    findOrganisation(db, inquiry.respondentId),
    inquiry.listingId ? findWording(db, inquiry.listingId) : undefined,
    showBehind(db, { kind: inquiry.leadKind, key: inquiry.leadKey, decisionId: inquiry.decisionId, forRegulator: side === 'regulator' }),
    inquiry.reply ? listEvidence(db, { replyOf: inquiry.id }) : [],
    Promise.all(inquiry.rounds.map(({ id }) => listEvidence(db, { rectificationId: id }))),
  ])
  const { respondentId: _respondent, leadKey: _key, leadParams, reportId: _report, ...shown } = inquiry
  const state = inquiryStateAt(inquiry.facts, at)
  const rectification = rectificationAt(inquiry.facts, at)
  const until = state === 'awaiting-reply' ? inquiry.replyBy : state === 'contested' ? inquiry.facts.contest!.decideBy : state === 'contestable' ? inquiry.facts.finding!.contestBy : null
  return {
    ...shown,
    // A decision of one project would say who reported it.
    decisionId: side === 'respondent' && inquiry.reportId ? null : inquiry.decisionId,
    respondent: respondent!.name,
    side,
    state,
    rectification: rectification && { ...rectification, left: rectification.until && timeLeft(at, rectification.until, calendar) },
    left: until && timeLeft(at, until, calendar),
    listing: listing ? { code: listing.code, name: listing.name } : null,
    behind,
    leadParams: side === 'regulator' ? leadParams : null,
    files: { reply, rounds },
    at,
  }
}

/** What stands behind a lead, before or after it was opened. */
export async function showBehind(db: Context['db'], { kind, key, decisionId, forRegulator }: { kind: LeadKind; key: string; decisionId: string | null; forRegulator: boolean }): Promise<Behind> {
  const [report, paper, upheld] = await Promise.all([
    kind === 'demand-reported' && forRegulator ? findReportBehind(db, key) : undefined,
    kind === 'document-turned-away' ? findPaperBehind(db, key) : undefined,
    kind === 'demand-upheld' && decisionId ? findUpheldBehind(db, decisionId) : undefined,
  ])
  const files = report ? await listEvidence(db, { reportId: report.id }) : []
  const mayReadPaper = paper && (forRegulator || paper.told === 'authority')
  return { report: report ? { ...report, files } : null, paper: mayReadPaper ? paper : null, upheld: upheld ?? null }
}

/**
 * One paper of a file. A report's is for the regulator of its division alone; a reply's or a proof's also for whoever sent it.
 *
 * Refuses `inquiries.no-such-file` (404) to everybody else.
 */
export async function showEvidence(context: Context, { id }: { id: string }): Promise<StoredDocument> {
  const member = memberWho(context.actor, 'read:inquiries')
  const found = isUuid(id) ? await findEvidence(context.db, id) : undefined
  const may = found && (member.role === 'regulator' ? isWithin(found.divisionCode, member.divisionCode) : !found.isOfReport && found.respondentId === member.organisationId)
  if (!found || !may) throw new Refusal('missing', 'inquiries.no-such-file')
  return found
}

/** What stands behind a lead that its regulator is about to open; the lead was found for this regulator before. */
export async function showBehindLead(context: Context, { lead, respondents }: LeadToOpen): Promise<Behind> {
  memberWho(context.actor, 'open:inquiry')
  return showBehind(context.db, { kind: lead.kind, key: lead.key, decisionId: respondents[0]?.decisionId ?? null, forRegulator: true })
}
