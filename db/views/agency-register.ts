import type { Day } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'

/** An agency as the open register says it: public facts of an organisation, and no person's name or telephone. */
export type RegisterLine = {
  uscc: string
  name: string
  divisionCode: string
  seat: string
  phone: string | null
  address: string | null
  introduction: string
  admittedAt: string
  expelledAt: string | null
  qualifications: { kind: string; name: string; grade: string | null; scope: string; issuer: string; number: string; validUntil: Day | null }[]
}

/** A part of the register in the order of the codes, after the one named: whoever exports asks again and again, and holds little. */
export async function listRegister(db: Database, { after, limit }: { after: string; limit: number }): Promise<RegisterLine[]> {
  const { rows } = await db.raw<{ rows: { line: RegisterLine }[] }>(
    `select jsonb_build_object(
              'uscc', o.uscc, 'name', o.name, 'divisionCode', o.division_code, 'seat', d.name, 'phone', o.phone, 'address', o.address, 'introduction', a.introduction,
              'admittedAt', a.admitted_at, 'expelledAt', a.expelled_at,
              'qualifications', coalesce((
                select jsonb_agg(jsonb_build_object('kind', q.kind, 'name', k.name, 'grade', q.grade, 'scope', q.scope, 'issuer', q.issuer, 'number', q.number, 'validUntil', q.valid_until) order by q.kind, q.number)
                  from agency_qualifications q join qualification_kinds k on k.code = q.kind where q.agency_id = a.organisation_id and q.removed_at is null), '[]')) as line
       from agencies a join organisations o on o.id = a.organisation_id join divisions d on d.code = o.division_code
      where a.admitted_at is not null and o.uscc collate "C" > :after
      order by o.uscc collate "C" limit :limit`,
    { after, limit },
  )
  return rows.map(({ line }) => line)
}
