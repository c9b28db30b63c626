import { dayOf } from '#app/domain/calendar.ts'
import { policiesOf } from '../repositories/policies.ts'
import { listQualificationKinds } from '../repositories/qualifications.ts'
import type { Bidder, Ground } from '#app/domain/bids/eligibility.ts'
import { yearsBefore, type Practitioner } from '#app/domain/bids/people.ts'
import type { Identity } from '#app/domain/bids/ties.ts'
import { kindsNeededFor, type Qualification } from '#app/domain/agencies/qualification.ts'
import type { Sanction } from '#app/domain/agencies/sanction.ts'
import { shareholdersIn } from '#app/domain/agencies/shareholder.ts'
import type { HeldRole } from '#app/domain/bids/roles.ts'
import type { Conditions, Held } from '#app/domain/tenders/conditions.ts'
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
  shareholders: string | null
  practitioners: (Omit<Practitioner, 'until'> & { until: string | null })[] | null
  accounts: { id: string; until: string | null }[] | null
  former: { legalRepresentative: string | null; phone: string | null; address: string | null; shareholders: string | null; until: string }[] | null
}
type BidderRow = IdentityRow & { admitted_at: Date | null; expelled_at: Date | null; service_divisions: string[] | null; held: Qualification[] | null; licences: Held['licences'] | null; sanctions: (Omit<Sanction, 'liftedAt' | 'recordedAt' | 'agreedAt'> & { liftedAt: string | null; recordedAt: string; agreedAt: string | null })[] | null }
type Judged = { id?: string; ownerId: string; listingId: string; divisionCode: string; projectCode?: string; conditions?: Conditions; namedAgencyId?: string | null; publication?: { publishedAt: Date } | null; closing?: { closedAt: Date } | null }

/** What an agency can show, and what was decided against it; the noun says what counts on which day. */
const RECORD = [
  `(select jsonb_agg(jsonb_build_object('id', q.id, 'kind', q.kind, 'grade', q.grade, 'scope', q.scope, 'issuer', q.issuer, 'number', q.number, 'validUntil', q.valid_until))
      from agency_qualifications q where q.agency_id = organisations.id and q.removed_at is null) as held`,
  `(select jsonb_agg(jsonb_build_object('kind', l.kind, 'people', l.people)) from (
      select licences.kind, count(distinct people.id)::int as people from agency_practitioners people join practitioner_licences licences on licences.practitioner_id = people.id and licences.removed_at is null
       where people.agency_id = organisations.id and people.removed_at is null group by licences.kind) as l) as licences`,
  `(select jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind, 'number', s.number, 'authority', s.authority, 'reason', s.reason, 'fromOn', s.from_on, 'untilOn', s.until_on, 'finalOn', s.final_on, 'liftedAt', lifts.lifted_at, 'recordedAt', s.recorded_at, 'agreedAt', agreed.agreed_at))
      from agency_sanctions s left join agency_sanction_lifts lifts on lifts.sanction_id = s.id left join agency_sanction_agreements agreed on agreed.sanction_id = s.id where s.agency_id = organisations.id) as sanctions`,
]

/** What eligibility must know of agencies, for one listed service. One query, however many they are. */
export async function listBidders(db: Database, { agencyIds, listingCode }: { agencyIds: readonly string[]; listingCode: string }): Promise<Map<string, Bidder>> {
  const rows = (await identities(db)
    .leftJoin('agencies', 'agencies.organisation_id', 'organisations.id')
    .leftJoin('offerings', (join) => {
      join.on('offerings.agency_id', 'organisations.id').andOnVal('offerings.listing_code', listingCode).andOnNull('offerings.withdrawn_at')
    })
    .select('agencies.admitted_at', 'agencies.expelled_at', 'offerings.service_divisions', ...RECORD.map((one) => db.raw(one)))
    .whereRaw('organisations.id = any (?)', [[...agencyIds]])
    .options({ name: 'bidders' })) as BidderRow[]
  return new Map(rows.map((row) => [row.id, toBidder(row)]))
}

/**
 * The other side: the owner, the place, the authorities whose approvals use the listed service, what a law and the tender ask for,
 * and who does what in the project already.
 *
 * @param at the instant of judging
 */
export async function findGround(db: Database, tender: Judged, at: Date): Promise<Ground> {
  return (await listGrounds(db, [{ ...tender, id: tender.id ?? '' }], at)).get(tender.id ?? '')!
}

/** One agency as eligibility sees it for each of several listed services that it offers, by code. */
export async function listBidderByListing(db: Database, { agencyId, listingCodes }: { agencyId: string; listingCodes: readonly string[] }): Promise<Map<string, Bidder>> {
  const rows = (await identities(db)
    .join('agencies', 'agencies.organisation_id', 'organisations.id')
    .join('offerings', (join) => {
      join.on('offerings.agency_id', 'organisations.id').andOnNull('offerings.withdrawn_at')
    })
    .select('agencies.admitted_at', 'agencies.expelled_at', 'offerings.service_divisions', 'offerings.listing_code', ...RECORD.map((one) => db.raw(one)))
    .where('organisations.id', agencyId)
    .whereIn('offerings.listing_code', [...listingCodes])) as (BidderRow & { listing_code: string })[]
  return new Map(rows.map((row) => [row.listing_code, toBidder(row)]))
}

/** The other side of several tenders at once, by the tender's id. Four queries, and one for each division's policy, however many they are. */
export async function listGrounds(db: Database, tenders: readonly (Judged & { id: string })[], at: Date): Promise<Map<string, Ground>> {
  const projects = [...new Set(tenders.flatMap(({ projectCode }) => projectCode ?? []))]
  const divisions = [...new Set(tenders.map(({ divisionCode }) => divisionCode))]
  const [owners, listings, roles, kinds, policies] = await Promise.all([
    identities(db).whereRaw('organisations.id = any (?)', [tenders.map(({ ownerId }) => ownerId)]).options({ name: 'owners-of-grounds' }) as Promise<IdentityRow[]>,
    db('listings')
      .whereRaw('listings.id = any (?)', [tenders.map(({ listingId }) => listingId)])
      .select('listings.id', 'listings.category_code', db.raw('array(select distinct items.authority from approval_items items where items.code = any (listings.approval_items)) as authorities'))
      .options({ name: 'listings-of-grounds' }) as Promise<{ id: string; category_code: string | null; authorities: string[] }[]>,
    projects.length ? listRoles(db, projects) : [],
    listQualificationKinds(db),
    Promise.all(divisions.map(async (code) => [code, await policiesOf(db, code, dayOf(at))] as const)),
  ])
  const ownerOf = new Map(owners.map((row) => [row.id, toIdentity(row)]))
  const policyOf = new Map(policies)
  const listingOf = new Map(listings.map((row) => [row.id, row]))
  return new Map(
    tenders.map((tender) => [
      tender.id,
      {
        divisionCode: tender.divisionCode,
        owner: ownerOf.get(tender.ownerId)!,
        authorities: listingOf.get(tender.listingId)?.authorities ?? [],
        namedAgencyId: tender.namedAgencyId ?? null,
        since: tender.publication?.publishedAt ?? null,
        closedAt: tender.closing?.closedAt ?? null,
        peopleSince: yearsBefore(tender.publication?.publishedAt ?? at, policyOf.get(tender.divisionCode)!.peopleLookBackYears.value),
        at,
        conditions: tender.conditions,
        needed: { kinds: kindsNeededFor(listingOf.get(tender.listingId)?.category_code ?? null, kinds), rule: policyOf.get(tender.divisionCode)!.offeringQualification.value },
        relatedShare: Math.round(policyOf.get(tender.divisionCode)!.relatedShare.value * 10_000),
        category: listingOf.get(tender.listingId)?.category_code ?? null,
        roles: roles.filter(({ project, tenderId }) => project === tender.projectCode && tenderId !== tender.id),
      },
    ]),
  )
}

/** Every job in these projects that an award gave and that stands. */
async function listRoles(db: Database, projects: readonly string[]): Promise<(HeldRole & { project: string; tenderId: string })[]> {
  return db('tenders')
    .join('standing_awards', 'standing_awards.tender_id', 'tenders.id')
    .join('bids', 'bids.id', 'standing_awards.bid_id')
    .join('listings', 'listings.id', 'tenders.listing_id')
    .whereRaw('tenders.project_code = any (?)', [[...projects]])
    .whereNotNull('listings.category_code')
    .orderBy('tenders.number')
    .select('bids.agency_id as agencyId', 'listings.category_code as category', 'tenders.number as tender', 'tenders.project_code as project', 'tenders.id as tenderId')
    .options({ name: 'roles-in-projects' })
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
      db.raw('(select own.shareholders from agencies own where own.organisation_id = organisations.id) as shareholders'),
      db.raw(
        `(select jsonb_agg(jsonb_build_object('name', p.name, 'until', p.removed_at,
                   'licences', (select coalesce(jsonb_agg(l.kind || ' ' || l.number), '[]') from practitioner_licences l where l.practitioner_id = p.id)))
            from agency_practitioners as p where p.agency_id = organisations.id) as practitioners`,
      ),
      db.raw(`(select jsonb_agg(jsonb_build_object('id', acting.account_id, 'until', acting.until)) from memberships acting where acting.organisation_id = organisations.id) as accounts`),
      db.raw(
        `(select jsonb_agg(jsonb_build_object('legalRepresentative', was.legal_representative, 'phone', was.phone, 'address', was.address, 'shareholders', was.shareholders, 'until', was.corrected_at))
            from agency_corrections as was where was.agency_id = organisations.id) as former`,
      ),
    )
}

const instantOr = (text: string | null): Date | null => (text === null ? null : new Date(text))

function toBidder(row: BidderRow): Bidder {
  return {
    ...toIdentity(row),
    admittedAt: row.admitted_at,
    expelledAt: row.expelled_at,
    serviceDivisions: row.service_divisions,
    held: { qualifications: row.held ?? [], licences: row.licences ?? [] },
    sanctions: (row.sanctions ?? []).map((one) => ({ ...one, liftedAt: instantOr(one.liftedAt), recordedAt: new Date(one.recordedAt), agreedAt: instantOr(one.agreedAt) })),
  }
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
    shareholders: shareholdersIn(row.shareholders),
    practitioners: (row.practitioners ?? []).map((one) => ({ ...one, until: one.until === null ? null : new Date(one.until) })),
    accounts: (row.accounts ?? []).map(({ id, until }) => ({ id, until: until === null ? null : new Date(until) })),
    former: (row.former ?? []).map((was) => ({ ...was, shareholders: shareholdersIn(was.shareholders), until: new Date(was.until) })),
  }
}

/** The codes under which agencies stand in a pool. */
export async function listUsccs(db: Database, agencyIds: readonly string[]): Promise<Map<string, string>> {
  const rows = (await db('organisations').select('id', 'uscc').whereIn('id', [...agencyIds]).whereNotNull('uscc')) as { id: string; uscc: string }[]
  return new Map(rows.map(({ id, uscc }) => [id, uscc]))
}
