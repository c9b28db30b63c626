import { z } from 'zod'
import { text } from '../accounts/text.ts'

/** Whom an office names as applicant or owner; a natural person has no unified code. */
export type NamedParty = { uscc: string | null; name: string }

/** How a dispute ends: by an operator for either side, or by the offices, who name the registrant after all. */
export const DISPUTE_OUTCOMES = ['registrant', 'applicant', 'mended'] as const
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number]

/** Offices name somebody else than whoever registered a project. `named` are those whom they named when it was raised or settled. */
export type Dispute = {
  id: string
  projectCode: string
  registrantId: string
  named: NamedParty[]
  raisedAt: Date
  settledAt: Date | null
  outcome: DisputeOutcome | null
  goesTo: NamedParty | null
  reason: string | null
}

/** An organisation is known by its unified code, a natural person, who has none, by the name that the office wrote. */
export function isSameParty(one: NamedParty, other: NamedParty): boolean {
  return one.uscc === null && other.uscc === null ? one.name === other.name : one.uscc === other.uscc
}

/** Everybody once. */
export function differentParties(parties: readonly NamedParty[]): NamedParty[] {
  return parties.filter((one, place) => parties.findIndex((other) => isSameParty(one, other)) === place)
}

/**
 * Whom the offices know as a project's owner instead of somebody; empty where they know that one, or nobody. What they say of the
 * project comes first, and where they have said nothing, who applied in its cases.
 */
export function othersThan(one: NamedParty, { owners, applicants }: { owners: readonly NamedParty[]; applicants: readonly NamedParty[] }): NamedParty[] {
  const known = differentParties(owners.length ? owners : applicants)
  return known.some((each) => isSameParty(each, one)) ? [] : known
}

/** Is there anything to settle? Not about those whom an operator has decided about already. */
export function isNewDispute(others: readonly NamedParty[], settled: readonly Pick<Dispute, 'outcome' | 'named'>[]): boolean {
  const decided = settled.filter(({ outcome }) => outcome === 'registrant').flatMap(({ named }) => named)
  return others.some((one) => !decided.some((other) => isSameParty(one, other)))
}

/** Does whoever registered a project still speak for it as its owner, as far as this dispute goes? The twin of the view `owned_projects`. */
export function speaksFor({ settledAt, outcome }: Pick<Dispute, 'settledAt' | 'outcome'>): boolean {
  return settledAt !== null && outcome !== 'applicant'
}

/** How a form names a party. */
export function partyKey({ uscc, name }: NamedParty): string {
  return uscc ?? name
}

/** The form by which an operator settles a dispute: the registrant, or the key of one whom the offices name. */
export const SettlementForm = z.object({
  goesTo: text({ most: 200, say: { empty: 'disputes.goes-to', short: 'disputes.goes-to', long: 'disputes.goes-to' } }),
  reason: text({ least: 5, most: 500, lines: true, say: { empty: 'disputes.reason-short', short: 'disputes.reason-short', long: 'disputes.reason-long' } }),
})
export const STAYS = 'registrant'
