import { suspensionOf, type Sanction } from '../agencies/sanction.ts'
import type { Bid } from './bid.ts'
import type { Bidder, Ground, Ineligibility } from './eligibility.ts'
import { peopleBetween, type PeopleTie } from './people.ts'
import { clashesWith, type RoleClash } from './roles.ts'

/** What stands behind a reason, for whom it concerns: which decision and until when, which job in the project; and people of the last years who worked on both sides, which closes no door and is the regulator's to look at. */
export type Behind = { suspension: Pick<Sanction, 'kind' | 'number' | 'authority' | 'untilOn'> | null; clash: RoleClash | null; people: PeopleTie[] }

/** Why the agency's own bid did not count at the close, or was passed over at an award. */
export type Outcome = { at: 'close' | 'award'; reasons: Ineligibility[] }

/** Where an agency stands with a tender: why it may not bid, if it may not, its own standing bid and why that came to nothing, and how many more it may send in. */
export type Standing = { reasons: Ineligibility[]; behind: Behind; out: Outcome | null; bid: Pick<Bid, 'id' | 'receivedAt'> & { hash: string; contribution: string } | null; bidsLeft: number }

/**
 * What stands behind the reasons against one bidder: the suspension that lasts longest at `at`, the first clash of roles, the people whom it and
 * the owner share since `peopleSince`. Parts of which there is nothing are null or empty.
 */
export function reasonsBehind(bidder: Bidder, { roles, category, at, owner, peopleSince }: Ground): Behind {
  const suspension = suspensionOf(bidder.sanctions ?? [], at)
  return {
    suspension: suspension && { kind: suspension.kind, number: suspension.number, authority: suspension.authority, untilOn: suspension.untilOn },
    clash: clashesWith(roles ?? [], { agencyId: bidder.id, category: category ?? null })[0] ?? null,
    people: peopleBetween(bidder, owner, peopleSince ?? at),
  }
}

/** The same for the sentence of a refusal. */
export function paramsOf({ suspension, clash }: Behind): Record<string, string> {
  return {
    ...(suspension && { number: suspension.number, authority: suspension.authority, until: suspension.untilOn ?? '' }),
    ...(clash && { tender: clash.tender }),
  }
}
