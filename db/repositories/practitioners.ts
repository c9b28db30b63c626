import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Licence, Practitioner, Proof } from '#app/domain/agencies/practitioner.ts'
import type { Database } from '#app/domain/context.ts'

type Row = { id: string; name: string; proof: Proof; licences: Licence[]; added_at: Date }

/** Who works at an agency now, with their licences; for its own desk and the formal check, never for the public. */
export async function listPractitioners(db: Database, agencyId: string): Promise<(Practitioner & { addedAt: Date })[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select p.id, p.name, p.proof, p.added_at,
            coalesce((select jsonb_agg(jsonb_build_object('kind', l.kind, 'number', l.number) order by l.added_at, l.kind, l.number) from practitioner_licences l where l.practitioner_id = p.id and l.removed_at is null), '[]') as licences
       from agency_practitioners p where p.agency_id = ? and p.removed_at is null
      order by p.added_at, p.id limit 500`,
    [agencyId],
  )
  return rows.map(({ added_at, ...same }) => ({ ...same, addedAt: added_at }))
}

/** One employment, without licences: {@link insertLicence} refuses those that are live elsewhere. `by` is null where no account wrote it (an import). */
export async function insertPractitioner(trx: Knex.Transaction, one: { id: string; agencyId: string; name: string; proof: Proof; at: Date; by: string | null }): Promise<void> {
  await trx('agency_practitioners').insert({ id: one.id, agency_id: one.agencyId, name: one.name, proof: one.proof, added_at: one.at, added_by: one.by })
}

/** Writes a licence; false when it is live already, here or at another agency. */
export async function insertLicence(trx: Knex.Transaction, { practitionerId, kind, number, at }: Licence & { practitionerId: string; at: Date }): Promise<boolean> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into practitioner_licences (id, practitioner_id, kind, number, added_at) values (:id, :practitionerId, :kind, :number, :at)
     on conflict (kind, number) where removed_at is null do nothing`,
    { id: randomUUID(), practitionerId, kind, number, at },
  )
  return rowCount === 1
}

/** Ends an employment with its licences, so that another agency may name them; false when there is none that stands. */
export async function removePractitioner(trx: Knex.Transaction, { id, agencyId, at }: { id: string; agencyId: string; at: Date }): Promise<boolean> {
  const ended = await trx('agency_practitioners').where({ id, agency_id: agencyId }).whereNull('removed_at').update({ removed_at: at })
  if (ended !== 1) return false
  await trx('practitioner_licences').where({ practitioner_id: id }).whereNull('removed_at').update({ removed_at: at })
  return true
}

/** What everybody may know: the kinds of licences, and how many people hold each. */
export async function countLicences(db: Database, agencyId: string): Promise<{ kind: string; people: number }[]> {
  return db('practitioner_licences as l')
    .join('agency_practitioners as p', 'p.id', 'l.practitioner_id')
    .where('p.agency_id', agencyId)
    .whereNull('p.removed_at')
    .whereNull('l.removed_at')
    .groupBy('l.kind')
    .orderBy('l.kind')
    .limit(100)
    .select('l.kind', db.raw('count(distinct p.id)::int as people'))
}
