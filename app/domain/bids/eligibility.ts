import { qualificationFault, type NeededQualification } from '../agencies/qualification.ts'
import { countsAfter, suspensionOf, type Sanction } from '../agencies/sanction.ts'
import { dayOf } from '../calendar.ts'
import { isWithin } from '../divisions/division.ts'
import type { BasisPoints } from '../percent.ts'
import { conditionFaults, type Conditions, type Held } from '../tenders/conditions.ts'
import { clashesWith, type HeldRole } from './roles.ts'
import { shareAnAccount, tiesBetween, type Identity } from './ties.ts'

export type Bidder = Identity & {
  admittedAt: Date | null
  expelledAt: Date | null
  /** Where its live offering of the tender's listing is served; null where it has none. */
  serviceDivisions: readonly string[] | null
  /** What stops new bids alone: nobody committed for an imported agency, a formal check waits for its answer. */
  entryFaults?: readonly EntryFault[]
  /** Its certificates and people, for what a law or the tender asks for. */
  held?: Held
  /** Every decision against it that was recorded, lifted or not. */
  sanctions?: readonly Sanction[]
}

/** The side of the tender that eligibility looks at. `authorities` grant the approvals that use the listed service. */
export type Ground = {
  divisionCode: string
  owner: Identity
  authorities: readonly string[]
  /** The one agency that a direct selection names; nobody else may bid there. */
  namedAgencyId?: string | null
  /** When the tender was published: what stood in a record after that still counts. Null: only what stands now. */
  since?: Date | null
  /** When it closed: what an officer recorded against a bidder after that needs a second one. Null: it has not. */
  closedAt?: Date | null
  /** From when on people are looked for who stood or worked on both sides. */
  peopleSince?: Date
  /** The instant of judging: certificates and suspensions count by its day. */
  at: Date
  conditions?: Conditions
  /** The kinds of certificate that a law asks of whoever does the service, and whether the division wants one on record. */
  needed?: NeededQualification
  /** The listed service's category, and who holds which other job in the same project by an award that stands. */
  category?: string | null
  roles?: readonly HeldRole[]
  /** The smallest share in two organisations that makes them related. */
  relatedShare?: BasisPoints
}

/** Why an agency may not win this tender. Each has its sentence and its source in the words. */
export const INELIGIBILITIES = [
  'not-named',
  'not-admitted',
  'agreement-ended',
  'not-committed',
  'check-returned',
  'qualification-expired',
  'qualification-missing',
  'suspended',
  'not-offered',
  'area-not-served',
  'asked-qualification',
  'asked-practitioners',
  'second-role',
  'is-the-owner',
  'same-person',
  'same-phone',
  'same-address',
  'same-shareholder',
  'same-account',
  'supervised-by-owner',
  'body-of-authority',
  'related-bidder',
] as const
export type Ineligibility = (typeof INELIGIBILITIES)[number]
export type EntryFault = Extract<Ineligibility, 'not-committed' | 'check-returned'>

/**
 * What opens the door and is not asked again: forms that the house asks for, and the listing that an agency took back because it
 * wants no new work. A bid that was taken counts all the same, as it cannot be withdrawn after the deadline either.
 */
const AT_ENTRY: readonly Ineligibility[] = ['not-committed', 'check-returned', 'not-offered']

/** The reasons that still count after the bid was taken: at the close, and before the award. */
export function reasonsSince(bidder: Bidder, ground: Ground): Ineligibility[] {
  return reasonsAgainst(bidder, ground).filter((reason) => !AT_ENTRY.includes(reason))
}

/**
 * Every reason why an agency may not bid, none where it may. The same answer is shown before bidding and judges the bid
 * when it arrives.
 *
 * Whether it is related to another bidder is not asked here: before the close that answer would tell who has bid.
 * `ticketsOf` asks it once the bids are in.
 */
export function reasonsAgainst(bidder: Bidder, ground: Ground): Ineligibility[] {
  const { divisionCode, owner, authorities, namedAgencyId, since, closedAt = null, at, conditions, needed, category, roles, relatedShare } = ground
  const reasons: Ineligibility[] = []
  if (namedAgencyId && bidder.id !== namedAgencyId) reasons.push('not-named')
  if (!bidder.admittedAt) reasons.push('not-admitted')
  if (bidder.expelledAt) reasons.push('agreement-ended')
  reasons.push(...(bidder.entryFaults ?? []))
  const lacks = needed && qualificationFault(needed.kinds, bidder.held?.qualifications ?? [], dayOf(at), needed.rule)
  if (lacks) reasons.push(`qualification-${lacks}`)
  if (suspensionOf((bidder.sanctions ?? []).filter((one) => countsAfter(one, closedAt)), at)) reasons.push('suspended')
  if (!bidder.serviceDivisions) reasons.push('not-offered')
  else if (!bidder.serviceDivisions.some((outer) => isWithin(divisionCode, outer))) reasons.push('area-not-served')
  if (conditions) reasons.push(...conditionFaults(conditions, bidder.held ?? { qualifications: [], licences: [] }, dayOf(at)))
  if (clashesWith(roles ?? [], { agencyId: bidder.id, category: category ?? null }).length) reasons.push('second-role')
  reasons.push(...tiesBetween(bidder, owner, since, relatedShare))
  if (shareAnAccount(bidder, owner, since)) reasons.push('same-account')
  if (bidder.supervisorId && bidder.supervisorId === owner.id) reasons.push('supervised-by-owner')
  const supervisor = bidder.supervisingAuthority
  if (supervisor && authorities.some((authority) => isAuthority(supervisor, authority))) reasons.push('body-of-authority')
  return reasons
}

/** `长春市水利局` is the authority that an approval item calls `水利局` or `水利厅`. */
function isAuthority(organisation: string, authority: string): boolean {
  const stem = authority.replace(/（.*$/, '').replace(/(?:局|厅|委员会|办公室)$/, '')
  return stem !== '' && organisation.includes(stem)
}
