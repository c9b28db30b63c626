import type { Bidder, Ground, Identity } from '#app/domain/bids/eligibility.ts'
import type { Database } from '#app/domain/context.ts'

type IdentityRow = {
  id: string
  name: string
  kind: 'organisation' | 'natural-person'
  uscc: string | null
  legal_representative: string | null
  phone: string | null
  address: string | null
  supervisor_id: string | null
  supervising_authority: string | null
  former: { legalRepresentative: string | null; phone: string | null; address: string | null; until: string }[] | null
}
type BidderRow = IdentityRow & { admitted_at: Date | null; expelled_at: Date | null; service_divisions: string[] | null }

/** What eligibility must know of agencies, for one listed service. One query, however many they are. */
export async function listBidders(db: Database, { agencyIds, listingCode }: { agencyIds: readonly string[]; listingCode: string }): Promise<Map<string, Bidder>> {
  const rows = (await identities(db)
    .leftJoin('agencies', 'agencies.organisation_id', 'organisations.id')
    .leftJoin('offerings', (join) => {
      join.on('offerings.agency_id', 'organisations.id').andOnVal('offerings.listing_code', listingCode).andOnNull('offerings.withdrawn_at')
    })
    .select('agencies.admitted_at', 'agencies.expelled_at', 'offerings.service_divisions')
    .whereIn('organisations.id', [...agencyIds])) as BidderRow[]
  return new Map(rows.map((row) => [row.id, { ...toIdentity(row), admittedAt: row.admitted_at, expelledAt: row.expelled_at, serviceDivisions: row.service_divisions }]))
}

/** The other side: the owner, the place, and the authorities whose approvals use the listed service. */
export async function findGround(db: Database, tender: { ownerId: string; listingId: string; divisionCode: string; namedAgencyId?: string | null; publication?: { publishedAt: Date } | null }): Promise<Ground> {
  const [owner, authorities] = await Promise.all([
    identities(db).where('organisations.id', tender.ownerId).first() as Promise<IdentityRow>,
    db('approval_items')
      .distinct('approval_items.authority')
      .join('listings', (join) => join.on(db.raw('approval_items.code = any (listings.approval_items)')))
      .where('listings.id', tender.listingId)
      .pluck('authority') as Promise<string[]>,
  ])
  return { divisionCode: tender.divisionCode, owner: toIdentity(owner), authorities, namedAgencyId: tender.namedAgencyId ?? null, since: tender.publication?.publishedAt ?? null }
}

/** One agency as eligibility sees it for each of several listed services that it offers, by code. */
export async function listBidderByListing(db: Database, { agencyId, listingCodes }: { agencyId: string; listingCodes: readonly string[] }): Promise<Map<string, Bidder>> {
  const rows = (await identities(db)
    .join('agencies', 'agencies.organisation_id', 'organisations.id')
    .join('offerings', (join) => {
      join.on('offerings.agency_id', 'organisations.id').andOnNull('offerings.withdrawn_at')
    })
    .select('agencies.admitted_at', 'agencies.expelled_at', 'offerings.service_divisions', 'offerings.listing_code')
    .where('organisations.id', agencyId)
    .whereIn('offerings.listing_code', [...listingCodes])) as (BidderRow & { listing_code: string })[]
  return new Map(rows.map((row) => [row.listing_code, { ...toIdentity(row), admittedAt: row.admitted_at, expelledAt: row.expelled_at, serviceDivisions: row.service_divisions }]))
}

/** The other side of several tenders at once, by the tender's id. Two queries, however many they are. */
export async function listGrounds(db: Database, tenders: readonly { id: string; ownerId: string; listingId: string; divisionCode: string; namedAgencyId?: string | null; publication?: { publishedAt: Date } | null }[]): Promise<Map<string, Ground>> {
  const [owners, authorities] = await Promise.all([
    identities(db).whereIn('organisations.id', tenders.map(({ ownerId }) => ownerId)) as Promise<IdentityRow[]>,
    db('approval_items')
      .join('listings', (join) => join.on(db.raw('approval_items.code = any (listings.approval_items)')))
      .whereIn('listings.id', tenders.map(({ listingId }) => listingId))
      .groupBy('listings.id')
      .select('listings.id', db.raw('array_agg(distinct approval_items.authority) as authorities')) as Promise<{ id: string; authorities: string[] }[]>,
  ])
  const ownerOf = new Map(owners.map((row) => [row.id, toIdentity(row)]))
  const authoritiesOf = new Map(authorities.map((row) => [row.id, row.authorities]))
  return new Map(tenders.map((tender) => [tender.id, { divisionCode: tender.divisionCode, owner: ownerOf.get(tender.ownerId)!, authorities: authoritiesOf.get(tender.listingId) ?? [], namedAgencyId: tender.namedAgencyId ?? null, since: tender.publication?.publishedAt ?? null }]))
}

function identities(db: Database) {
  return db('organisations')
    .leftJoin('organisations as supervisors', 'supervisors.id', 'organisations.supervisor_id')
    .leftJoin('organisation_roles as authority_roles', (join) => {
      join.on('authority_roles.organisation_id', 'supervisors.id').andOnVal('authority_roles.role', 'authority').andOnNull('authority_roles.until')
    })
    .select(
      'organisations.id',
      'organisations.name',
      'organisations.kind',
      'organisations.uscc',
      'organisations.legal_representative',
      'organisations.phone',
      'organisations.address',
      'organisations.supervisor_id',
      db.raw('case when authority_roles.organisation_id is not null then supervisors.name end as supervising_authority'),
      db.raw(
        `(select jsonb_agg(jsonb_build_object('legalRepresentative', was.legal_representative, 'phone', was.phone, 'address', was.address, 'until', was.corrected_at))
            from agency_corrections as was where was.agency_id = organisations.id) as former`,
      ),
    )
}

function toIdentity(row: IdentityRow): Identity {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    uscc: row.uscc,
    legalRepresentative: row.legal_representative,
    phone: row.phone,
    address: row.address,
    supervisorId: row.supervisor_id,
    supervisingAuthority: row.supervising_authority,
    former: (row.former ?? []).map((was) => ({ ...was, until: new Date(was.until) })),
  }
}

/** The codes under which agencies stand in a pool. */
export async function listUsccs(db: Database, agencyIds: readonly string[]): Promise<Map<string, string>> {
  const rows = (await db('organisations').select('id', 'uscc').whereIn('id', [...agencyIds]).whereNotNull('uscc')) as { id: string; uscc: string }[]
  return new Map(rows.map(({ id, uscc }) => [id, uscc]))
}
