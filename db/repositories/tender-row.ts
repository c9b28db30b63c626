import type { DrawSource } from '#app/domain/draw/draw.ts'
import type { ClearanceGrounds } from '#app/domain/guard/clearance.ts'
import type { Conditions } from '#app/domain/tenders/conditions.ts'
import { Merit } from '#app/domain/tenders/merit.ts'
import { Procedure } from '#app/domain/tenders/procedure.ts'
import type { QuoteRule } from '#app/domain/tenders/quote-rule.ts'
import type { TieRule } from '#app/domain/tenders/tie-rule.ts'
import type { AuctionRule, AuctionTimes } from '#app/domain/tenders/auction.ts'
import type { ClosingOutcome, Method, OpeningOutcome, Sealing, ShortlistSizes, Tender } from '#app/domain/tenders/tender.ts'

/** A span of further rounds, as `further_rounds` has it. */
export type StoredSpan = { startsAt: string; endsAt: string }

/** A tender with what came of it, as `tendersWithOutcomes` reads it. */
export type TenderRow = {
  id: string
  number: string | null
  owner_id: string
  project_code: string
  listing_id: string
  division_code: string
  title: string
  requirements: string
  contact: string
  deliverables: string
  service_days: number
  ceiling_fen: number
  method: Method
  quote_rule: QuoteRule
  tie_rule: TieRule
  two_keys: boolean
  auction_rule: AuctionRule | null
  conditions: Conditions
  shortlist_sizes: ShortlistSizes | null
  merit: unknown
  named_agency_id: string | null
  direct_reason: string
  republishes_id: string | null
  copied_from_id: string | null
  drafted_at: Date
  drafted_by: string | null
  changed_at: Date | null
  version: number
  handed_over_at: Date | null
  handed_over_by: string | null
  discarded_at: Date | null
  published_at: Date | null
  published_by: string | null
  closes_at: Date | null
  questions_until: Date | null
  draws_after: Date | null
  announce_by: Date | null
  procedure: unknown
  clearance: ClearanceGrounds<'publish:tender'> | null
  draw_source: DrawSource | null
  draw_commitment: Buffer | null
  sealing: Sealing | null
  published_entry_id: string | null
  closed_at: Date | null
  outcome: ClosingOutcome | null
  eligible: number | null
  excluded: number | null
  frozen_at: Date | null
  release_by: Date | null
  releases: number | null
  auction_starts_at: Date | null
  auction_ends_at: Date | null
  further_spans: StoredSpan[] | null
  opened_at: Date | null
  decides_after: Date | null
  explain_until: Date | null
  opening_outcome: OpeningOutcome | null
  valid: number | null
  invalid: number | null
  declared: number | null
  committed: number | null
  sheets_due: Date | null
  silent_due: Date | null
  revealed_at: Date | null
  reveal_decides_after: Date | null
  beacon_at: Date | null
  drawn_at: Date | null
  pick_by: Date | null
  picked_at: Date | null
  open_questions: number | null
  open_objections: number | null
  cancelled_at: Date | null
  after_value: boolean | null
  suspended_at: Date | null
  suspended_until: Date | null
  awarded_at: Date | null
  publicity_ends_at: Date | null
  decline_until: Date | null
  objections_until: Date | null
}

/**
 * A row of `tenders` with what was joined to it: closing, pool, opening, draw, award. Each part is null until it happened. Stored rules are
 * parsed again: one that does not parse is a bug and throws.
 */
export function toTender(row: TenderRow): Tender {
  return {
    id: row.id,
    ownerId: row.owner_id,
    projectCode: row.project_code,
    listingId: row.listing_id,
    divisionCode: row.division_code,
    title: row.title,
    requirements: row.requirements,
    contact: row.contact,
    deliverables: row.deliverables,
    serviceDays: row.service_days,
    ceilingFen: row.ceiling_fen,
    method: row.method,
    quote: row.quote_rule,
    tie: row.tie_rule,
    twoKeys: row.two_keys,
    auctionRule: row.auction_rule,
    conditions: row.conditions,
    sizes: row.shortlist_sizes,
    merit: row.merit ? Merit.parse(row.merit) : null,
    namedAgencyId: row.named_agency_id,
    directReason: row.direct_reason,
    republishesId: row.republishes_id,
    copiedFromId: row.copied_from_id,
    draftedAt: row.drafted_at,
    draftedBy: row.drafted_by,
    // Drafts that were written before savings were counted changed last when they were written.
    changedAt: row.changed_at ?? row.drafted_at,
    version: row.version,
    handedOver: row.handed_over_at && { at: row.handed_over_at, by: row.handed_over_by! },
    discardedAt: row.discarded_at,
    publication: row.published_at && {
      number: row.number!,
      publishedAt: row.published_at,
      publishedBy: row.published_by,
      closesAt: row.closes_at!,
      questionsUntil: row.questions_until,
      drawsAfter: row.draws_after,
      announceBy: row.announce_by,
      procedure: Procedure.parse(row.procedure),
      clearance: row.clearance!,
      drawSource: row.draw_source,
      drawCommitment: row.draw_commitment?.toString('hex') ?? null,
      sealing: row.sealing,
    },
    publicationEntry: row.published_entry_id,
    closing: row.closed_at && { closedAt: row.closed_at, outcome: row.outcome!, eligible: row.eligible!, excluded: row.excluded! },
    frozenAt: row.frozen_at,
    releaseBy: row.release_by,
    releases: row.releases ?? 0,
    auction: toAuction(row.auction_starts_at, row.auction_ends_at, row.further_spans),
    opening: row.opened_at && { openedAt: row.opened_at, decidesAfter: row.decides_after!, explainUntil: row.explain_until ?? row.decides_after!, outcome: row.opening_outcome!, valid: row.valid!, invalid: row.invalid! },
    judging: row.method === 'merit' && row.published_at ? { wanted: Merit.parse(row.merit).judges, declared: row.declared ?? 0, committed: row.committed ?? 0, sheetsDue: row.sheets_due, silentDue: row.silent_due, revealedAt: row.revealed_at, decidesAfter: row.reveal_decides_after } : null,
    beaconAt: row.beacon_at,
    drawnAt: row.drawn_at,
    shortlist: row.pick_by && { pickBy: row.pick_by, pickedAt: row.picked_at },
    openQuestions: row.open_questions ?? 0,
    openObjections: row.open_objections ?? 0,
    cancellation: row.cancelled_at && { cancelledAt: row.cancelled_at, afterValue: row.after_value! },
    suspension: row.suspended_at && { suspendedAt: row.suspended_at, until: row.suspended_until! },
    awardedAt: row.awarded_at,
    publicityEndsAt: row.publicity_ends_at,
    declineUntil: row.decline_until,
    objectionsUntil: row.objections_until ?? row.publicity_ends_at,
  }
}

/** When an auction runs, from its first and its last instant and the further rounds that outages gave; null without an auction. */
export function toAuction(startsAt: Date | null, endsAt: Date | null, further: StoredSpan[] | null): AuctionTimes | null {
  if (!startsAt || !endsAt) return null
  return { startsAt, endsAt, ...(further && { further: further.map((span) => ({ startsAt: new Date(span.startsAt), endsAt: new Date(span.endsAt) })) }) }
}
