import type { AgendaItem } from '../agenda.ts'
import { RESPONDENTS_INQUIRY_KINDS } from '../oversight/inquiry-agenda.ts'
import { resumesAt } from '#app/domain/tenders/auction.ts'
import { isShortOfJudges } from '#app/domain/tenders/judging.ts'
import { overdueCause } from '#app/domain/tenders/result-overdue.ts'
import { ranksAfter, statusAt, type Tender } from '#app/domain/tenders/tender.ts'
import { sharesMissing } from '#app/domain/tenders/two-keys-rule.ts'
import { SERVICE_KINDS } from './service-agenda.ts'

/** What may wait for an owner, the more pressing first where no clock runs. */
export const OWNER_KINDS = [...RESPONDENTS_INQUIRY_KINDS, ...SERVICE_KINDS, 'supplement-asked', 'result-overdue', 'question-to-answer', 'objection-to-answer', 'judges-to-invite', 'shortlist-to-pick', 'tender-suspended', 'draft-handed-over', 'keys-to-show', 'tender-failed', 'draft-to-publish', 'tender-open', 'auction-coming', 'auction-running', 'tender-ranking', 'tender-drawing', 'tender-judging', 'tender-deciding', 'result-public'] as const
export type OwnerKind = (typeof OWNER_KINDS)[number]

/** A tender as its owner's desk sees it, with the clocks of the first question and the first objection that wait. */
export type OwnTender = { tender: Tender; republished: boolean; answerBy: Date | null; objectionBy: Date | null }

/** A result that its owner should have announced by now, beside what is to be done for it. */
export function overdueItem({ tender }: OwnTender, at: Date): AgendaItem<OwnerKind> | null {
  const { publication, title } = tender
  return overdueCause(tender, at) && { kind: 'result-overdue', subject: publication!.number, title, until: publication!.announceBy, since: publication!.announceBy! }
}

/** What an owner has to do about one tender now, or to watch while its clock runs; nothing where it is over. */
export function ownerItem({ tender, republished, answerBy, objectionBy }: OwnTender, at: Date): AgendaItem<OwnerKind> | null {
  const { id, title, publication, draftedAt } = tender
  const item = (kind: OwnerKind, since: Date, until: Date | null = null) => ({ kind, subject: publication?.number ?? id, title, until, since })
  // Until every question is answered nothing closes, so that is what comes first, where it can be answered.
  if (answerBy && !tender.closing && !tender.cancellation && !tender.suspension) return { ...item('question-to-answer', publication!.publishedAt, answerBy), count: tender.openQuestions }
  switch (statusAt(tender, at)) {
    case 'draft':
      return tender.handedOver ? item('draft-handed-over', tender.handedOver.at) : item('draft-to-publish', draftedAt)
    case 'opened':
      if (tender.judging && !tender.judging.revealedAt) return isShortOfJudges(tender.judging) ? item('judges-to-invite', tender.opening!.openedAt) : item('tender-judging', tender.opening!.openedAt, tender.judging.sheetsDue)
      return item('tender-deciding', tender.opening!.openedAt, ranksAfter(tender))
    case 'open':
      return item('tender-open', publication!.publishedAt, publication!.closesAt)
    case 'closing':
    case 'closed':
    case 'frozen':
      if (sharesMissing(tender) > 0 && tender.frozenAt) return item('keys-to-show', tender.frozenAt, tender.releaseBy)
      // Without judges the clock stands still.
      if (tender.judging && tender.frozenAt && isShortOfJudges(tender.judging)) return item('judges-to-invite', tender.frozenAt)
      return tender.auction ? item('auction-coming', publication!.closesAt, tender.auction.startsAt) : item(publication!.sealing ? 'tender-ranking' : 'tender-drawing', publication!.closesAt, publication!.drawsAfter)
    case 'auction':
      return resumesAt(tender, at) ? item('auction-coming', publication!.closesAt, resumesAt(tender, at)) : item('auction-running', publication!.closesAt, tender.auction!.endsAt)
    case 'suspended':
      return item('tender-suspended', tender.suspension!.suspendedAt, tender.suspension!.until)
    case 'shortlisted':
      return item('shortlist-to-pick', tender.drawnAt!, tender.shortlist!.pickBy)
    case 'publicity':
      if (tender.openObjections > 0) return { ...item('objection-to-answer', tender.awardedAt!, objectionBy), count: tender.openObjections }
      return item('result-public', tender.awardedAt!, tender.publicityEndsAt)
    case 'failed':
      return republished ? null : item('tender-failed', tender.closing?.closedAt ?? publication!.closesAt)
    default:
      return null
  }
}
