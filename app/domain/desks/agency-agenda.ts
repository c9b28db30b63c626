import { statusAt, type Tender } from '#app/domain/tenders/tender.ts'
import { isReturned, type LatestCheck } from '#app/domain/agencies/agency-state.ts'
import type { AgendaItem } from '../agenda.ts'
import { addDays, startOf, type Day } from '../calendar.ts'

/** What may wait for an agency, the more pressing first where no clock runs. */
export const AGENCY_KINDS = ['auction-to-quote', 'check-to-answer', 'award-to-decline', 'qualification-expired', 'qualification-expiring', 'direct-to-accept', 'tender-to-bid', 'bid-standing', 'auction-coming', 'bid-drawing', 'bid-listed', 'award-public'] as const
export type AgencyKind = (typeof AGENCY_KINDS)[number]

/** A tender as an agency's desk sees it; `standing` where the agency's own bid stands there, `won` where the award that stands is its own. */
export type TenderForAgency = { tender: Tender; standing: boolean; won: boolean }

/** What an agency can do about one tender now, or has to watch while its clock runs. */
export function agencyItem({ tender, standing, won }: TenderForAgency, at: Date): AgendaItem<AgencyKind> | null {
  const { title, publication } = tender
  if (!publication) return null
  const item = (kind: AgencyKind, until: Date | null) => ({ kind, subject: publication.number, title, until, since: publication.publishedAt })
  switch (statusAt(tender, at)) {
    case 'open':
      return item(standing ? 'bid-standing' : tender.namedAgencyId ? 'direct-to-accept' : 'tender-to-bid', publication.closesAt)
    case 'closing':
    case 'closed':
    case 'frozen':
      if (!standing) return null
      return tender.auction ? item('auction-coming', tender.auction.startsAt) : item('bid-drawing', publication.drawsAfter)
    case 'auction':
      return standing ? item('auction-to-quote', tender.auction!.endsAt) : null
    case 'shortlisted':
      return standing ? item('bid-listed', tender.shortlist!.pickBy) : null
    case 'publicity':
      if (!won) return null
      // Whoever cannot keep the award says so in time; after that it only has to become final.
      return at < tender.declineUntil! ? item('award-to-decline', tender.declineUntil) : item('award-public', tender.publicityEndsAt)
    default:
      return null
  }
}

/** A formal check that was returned stops new bids until the agency answers it. */
export function checkItem(check: LatestCheck | null): AgendaItem<AgencyKind> | null {
  return isReturned(check) ? { kind: 'check-to-answer', subject: '', title: '', until: null, since: check!.checkedAt } : null
}

/** Days before its last day from which a certificate is to be renewed. */
const RENEWED_WITHIN = 60

/** A certificate that runs out soon, or has: its last day still counts. */
export function qualificationItem({ name, number, validUntil, addedAt }: { name: string; number: string; validUntil: Day | null; addedAt: Date }, at: Date): AgendaItem<AgencyKind> | null {
  if (validUntil === null) return null
  const until = startOf(addDays(validUntil, 1))
  if (until <= at) return { kind: 'qualification-expired', subject: number, title: name, note: number, until, since: addedAt }
  return startOf(addDays(validUntil, -RENEWED_WITHIN)) <= at ? { kind: 'qualification-expiring', subject: number, title: name, note: number, until, since: addedAt } : null
}
