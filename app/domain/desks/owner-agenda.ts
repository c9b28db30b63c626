import type { AgendaItem } from '../agenda.ts'
import { statusAt, type Tender } from '#app/domain/tenders/tender.ts'
import { sharesMissing } from '#app/domain/tenders/two-keys-rule.ts'

/** What may wait for an owner, the more pressing first where no clock runs. */
export const OWNER_KINDS = ['question-to-answer', 'objection-to-answer', 'tender-suspended', 'draft-handed-over', 'keys-to-show', 'tender-failed', 'draft-to-publish', 'tender-open', 'auction-coming', 'auction-running', 'tender-drawing', 'result-public'] as const
export type OwnerKind = (typeof OWNER_KINDS)[number]

/** A tender as its owner's desk sees it. */
export type OwnTender = { tender: Tender; republished: boolean; answerBy: Date | null }

/** What an owner has to do about one tender now, or to watch while its clock runs; nothing where it is over. */
export function ownerItem({ tender, republished, answerBy }: OwnTender, at: Date): AgendaItem<OwnerKind> | null {
  const { id, title, publication, draftedAt } = tender
  const item = (kind: OwnerKind, since: Date, until: Date | null = null) => ({ kind, subject: publication?.number ?? id, title, until, since })
  // Until every question is answered nothing closes, so that is what comes first.
  if (answerBy && !tender.closing) return { ...item('question-to-answer', publication!.publishedAt, answerBy), count: tender.openQuestions }
  switch (statusAt(tender, at)) {
    case 'draft':
      return tender.handedOver ? item('draft-handed-over', tender.handedOver.at) : item('draft-to-publish', draftedAt)
    case 'open':
      return item('tender-open', publication!.publishedAt, publication!.closesAt)
    case 'closing':
    case 'closed':
    case 'frozen':
      if (sharesMissing(tender) > 0 && tender.frozenAt) return item('keys-to-show', tender.frozenAt, tender.releaseBy)
      return tender.auction ? item('auction-coming', publication!.closesAt, tender.auction.startsAt) : item('tender-drawing', publication!.closesAt, publication!.drawsAfter)
    case 'auction':
      return item('auction-running', publication!.closesAt, tender.auction!.endsAt)
    case 'suspended':
      return item('tender-suspended', tender.suspension!.suspendedAt, tender.suspension!.until)
    case 'publicity':
      if (tender.openObjections > 0) return { ...item('objection-to-answer', tender.awardedAt!), count: tender.openObjections }
      return item('result-public', tender.awardedAt!, tender.publicityEndsAt)
    case 'failed':
      return republished ? null : item('tender-failed', tender.closing?.closedAt ?? publication!.closesAt)
    default:
      return null
  }
}
