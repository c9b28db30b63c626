import type { AgendaItem } from '../agenda.ts'
import { statusAt, type Tender } from '#app/domain/tenders/tender.ts'

/** What may wait for an owner, the more pressing first where no clock runs. */
export const OWNER_KINDS = ['tender-failed', 'draft-to-publish', 'tender-open', 'tender-drawing'] as const
export type OwnerKind = (typeof OWNER_KINDS)[number]

/** A tender as its owner's desk sees it. */
export type OwnTender = { tender: Tender; republished: boolean }

/** What an owner has to do about one tender now, or to watch while its clock runs; nothing where it is over. */
export function ownerItem({ tender, republished }: OwnTender, at: Date): AgendaItem<OwnerKind> | null {
  const { id, title, publication, draftedAt } = tender
  const item = (kind: OwnerKind, since: Date, until: Date | null = null) => ({ kind, subject: publication?.number ?? id, title, until, since })
  switch (statusAt(tender, at)) {
    case 'draft':
      return item('draft-to-publish', draftedAt)
    case 'open':
      return item('tender-open', publication!.publishedAt, publication!.closesAt)
    case 'closing':
    case 'closed':
    case 'frozen':
      return item('tender-drawing', publication!.closesAt, publication!.drawsAfter)
    case 'failed':
      return republished ? null : item('tender-failed', tender.closing?.closedAt ?? publication!.closesAt)
    default:
      return null
  }
}
