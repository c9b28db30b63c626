import { reasonsAgainst } from '#app/domain/bids/eligibility.ts'
import type { Conditions } from '#app/domain/tenders/conditions.ts'
import type { Database } from '#app/domain/context.ts'
import { findGround, listBidders } from './bidders.ts'

/** An agency that an owner may name directly. */
export type Nameable = { id: string; uscc: string; name: string }

type Purchase = { ownerId: string; divisionCode: string; listing: { id: string; code: string }; projectCode: string; conditions?: Conditions; at: Date }

/**
 * The agencies that offer a service where the project lies and that nothing keeps from serving this owner, by name: no
 * order here may favour anybody.
 */
export async function listNameable(db: Database, { limit, ...purchase }: Purchase & { limit: number }): Promise<Nameable[]> {
  const rows = (await offering(db, purchase.listing.code)
    .orderBy([{ column: 'organisations.name' }, { column: 'organisations.uscc' }])
    .limit(limit)) as Nameable[]
  return eligibleOf(db, purchase, rows)
}

/** The one that a code or a whole name means, if it may be named. Two of one name are told apart by their codes alone. */
export async function findNameable(db: Database, { uscc, name, ...purchase }: Purchase & { uscc: string | null; name: string }): Promise<Nameable | undefined> {
  const rows = (await offering(db, purchase.listing.code).where(uscc ? { 'organisations.uscc': uscc } : { 'organisations.name': name }).limit(2)) as Nameable[]
  if (rows.length !== 1) return undefined
  return (await eligibleOf(db, purchase, rows))[0]
}

/** The same by the id under which a draft keeps it. */
export async function findNamed(db: Database, { agencyId, ...purchase }: Purchase & { agencyId: string }): Promise<Nameable | undefined> {
  return (await eligibleOf(db, purchase, (await offering(db, purchase.listing.code).where('organisations.id', agencyId)) as Nameable[]))[0]
}

function offering(db: Database, listingCode: string) {
  return db('offerings')
    .join('organisations', 'organisations.id', 'offerings.agency_id')
    .join('agencies', 'agencies.organisation_id', 'organisations.id')
    .where('offerings.listing_code', listingCode)
    .whereNull('offerings.withdrawn_at')
    .whereNotNull('agencies.admitted_at')
    .whereNull('agencies.expelled_at')
    .whereNotNull('organisations.uscc')
    .distinct('organisations.id', 'organisations.uscc', 'organisations.name')
}

async function eligibleOf(db: Database, { ownerId, divisionCode, listing, projectCode, conditions, at }: Purchase, agencies: Nameable[]): Promise<Nameable[]> {
  if (!agencies.length) return []
  const [ground, bidders] = await Promise.all([
    findGround(db, { ownerId, divisionCode, listingId: listing.id, projectCode, conditions }, at),
    listBidders(db, { agencyIds: agencies.map(({ id }) => id), listingCode: listing.code }),
  ])
  return agencies.filter(({ id }) => reasonsAgainst(bidders.get(id)!, ground).length === 0)
}
