import type { Side } from '#app/domain/awards/judge.ts'
import { shareholdersIn } from '#app/domain/agencies/shareholder.ts'
import { yearsBefore } from '#app/domain/bids/people.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import { policiesOf } from '../repositories/policies.ts'

type Row = Side & { shareholders: string[] }
type Judged = { id: string; ownerId: string; listingId: string; divisionCode: string; publication: { publishedAt: Date } }

/**
 * Names and telephones on each side of a tender: its bidders, its owner, and the authorities whose approvals use the service. They
 * are those of members, legal representatives, practitioners and holders of a share, whoever of them left within the years that
 * the division's policy looks back before the publication included.
 *
 * @param at whose day's policy says how many years these are
 */
export async function listSides(db: Database, tender: Judged, at: Date): Promise<Side[]> {
  const { peopleLookBackYears } = await policiesOf(db, tender.divisionCode, dayOf(at))
  const { rows } = await db.raw<{ rows: Row[] }>(
    `with sides as (
       select 'bidder' as side, agency_id as id from bids where tender_id = :id
       union select 'owner', cast(:owner as uuid)
       union select 'authority', office.id from organisations office
               join organisation_roles role on role.organisation_id = office.id and role.role = 'authority' and role.until is null
               join approval_items item on item.authority = office.name
               join listings listing on listing.id = :listing and item.code = any (listing.approval_items)
     )
     select sides.side,
            array(select named.name from (
                select person.display_name from memberships member join accounts person on person.id = member.account_id where member.organisation_id = sides.id and (member.until is null or member.until > :since)
                union select organisation.legal_representative
                union select organisation.name where organisation.kind = 'natural-person'
                union select practitioner.name from agency_practitioners practitioner where practitioner.agency_id = sides.id and (practitioner.removed_at is null or practitioner.removed_at > :since)
                union select was.legal_representative from agency_corrections was where was.agency_id = sides.id and was.corrected_at > :since
              ) as named (name) where named.name is not null) as names,
            array(select called.phone from (
                select organisation.phone
                union select was.phone from agency_corrections was where was.agency_id = sides.id and was.corrected_at > :since
              ) as called (phone) where called.phone is not null) as phones,
            array(select held.shareholders from (
                select agency.shareholders from agencies agency where agency.organisation_id = sides.id
                union select was.shareholders from agency_corrections was where was.agency_id = sides.id and was.corrected_at > :since
              ) as held (shareholders) where held.shareholders is not null) as shareholders
       from sides
       join organisations organisation on organisation.id = sides.id
      order by sides.side, sides.id`,
    { id: tender.id, owner: tender.ownerId, listing: tender.listingId, since: yearsBefore(tender.publication.publishedAt, peopleLookBackYears.value) },
  )
  // However small a share is: it is the holder's, and the agency wins or loses with the mark.
  return rows.map(({ side, names, phones, shareholders }) => ({ side, phones, names: [...names, ...shareholders.flatMap((recorded) => shareholdersIn(recorded).map(({ name }) => name)).filter((name) => name !== '')] }))
}
