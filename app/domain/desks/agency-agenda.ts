import { resumesAt } from '#app/domain/tenders/auction.ts'
import { statusAt, type Tender } from '#app/domain/tenders/tender.ts'
import { isReturned, type LatestCheck } from '#app/domain/agencies/agency-state.ts'
import type { AgendaItem } from '../agenda.ts'
import { addDays, startOf, type Day } from '../calendar.ts'
import { RESPONDENTS_INQUIRY_KINDS } from '../oversight/inquiry-agenda.ts'
import { SERVICE_KINDS } from './service-agenda.ts'

/** What may wait for an agency, the more pressing first where no clock runs. */
export const AGENCY_KINDS = [...RESPONDENTS_INQUIRY_KINDS, 'auction-to-quote', ...SERVICE_KINDS, 'check-to-answer', 'award-to-decline', 'bid-corrected', 'bid-suspended', 'objection-answered', 'objection-waiting', 'award-objected', 'qualification-expired', 'qualification-expiring', 'direct-to-accept', 'tender-to-bid', 'bid-extended', 'bid-standing', 'auction-coming', 'bid-ranking', 'bid-drawing', 'bid-listed', 'award-public'] as const
export type AgencyKind = (typeof AGENCY_KINDS)[number]

/**
 * A tender as an agency's desk sees it; `won` where the award that stands is its own, `bidAt` when its own bid that stands there was
 * received. What affects bids was corrected, and the deadline moved, for the last time at `correctedAt` and `extendedAt`; the first
 * objection that waits has to be answered by `objectionBy`.
 */
export type TenderForAgency = { tender: Tender; standing: boolean; won: boolean; bidAt: Date | null; correctedAt: Date | null; extendedAt: Date | null; objectionBy: Date | null }
/** What an agency objected to in one tender: the clock of the first that waits, and until when it may complain about an answer. */
export type OwnObjections = { number: string; title: string; objectedAt: Date; waitsUntil: Date | null; complaintUntil: Date | null }

/** What an agency can do about one tender now, or has to watch while its clock runs. */
export function agencyItem({ tender, standing, won, bidAt, correctedAt, extendedAt, objectionBy }: TenderForAgency, at: Date): AgendaItem<AgencyKind> | null {
  const { title, publication } = tender
  if (!publication) return null
  const item = (kind: AgencyKind, until: Date | null) => ({ kind, subject: publication.number, title, until, since: publication.publishedAt })
  switch (statusAt(tender, at)) {
    case 'open':
      // A bid that was written before the correction may be replaced; one that was written after it knew.
      if (standing && isSince(correctedAt, bidAt)) return item('bid-corrected', publication.closesAt)
      if (standing && isSince(extendedAt, bidAt)) return item('bid-extended', publication.closesAt)
      return item(standing ? 'bid-standing' : tender.namedAgencyId ? 'direct-to-accept' : 'tender-to-bid', publication.closesAt)
    case 'closing':
    case 'closed':
    case 'frozen':
      if (!standing) return null
      return tender.auction ? item('auction-coming', tender.auction.startsAt) : item(publication.sealing ? 'bid-ranking' : 'bid-drawing', publication.drawsAfter)
    case 'auction':
      if (!standing) return null
      return resumesAt(tender, at) ? item('auction-coming', resumesAt(tender, at)) : item('auction-to-quote', tender.auction!.endsAt)
    case 'suspended':
      return standing || won ? { ...item('bid-suspended', tender.suspension!.until), since: tender.suspension!.suspendedAt } : null
    case 'shortlisted':
      return standing ? item('bid-listed', tender.shortlist!.pickBy) : null
    case 'publicity':
      if (!won) return null
      // Whoever cannot keep the award says so in time; after that it only has to become final.
      if (at < tender.declineUntil!) return item('award-to-decline', tender.declineUntil)
      return tender.openObjections > 0 ? { ...item('award-objected', objectionBy), count: tender.openObjections } : item('award-public', tender.publicityEndsAt)
    default:
      return null
  }
}

/** What became of an agency's own objections to a result: they wait for the owner, or the answer may be complained about. */
export function objectionItem({ number, title, objectedAt, waitsUntil, complaintUntil }: OwnObjections): AgendaItem<AgencyKind> {
  return { kind: waitsUntil ? 'objection-waiting' : 'objection-answered', subject: number, title, until: waitsUntil ?? complaintUntil, since: objectedAt }
}

function isSince(changedAt: Date | null, bidAt: Date | null): boolean {
  return changedAt !== null && bidAt !== null && changedAt > bidAt
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
