import { newId } from '#app/domain/chance.server.ts'
import type { Knex } from 'knex'
import { insertQualification } from '#db/repositories/qualifications.ts'
import { Refusal } from '../refusal.ts'
import { checkKind, type Qualification, type QualificationFields, type QualificationKind } from './qualification.ts'

/**
 * Writes one certificate. Part of a registration, an import, or an addition at the desk.
 *
 * @throws Refusal `agencies.qualification-unknown`, `agencies.grade-unknown`, `agencies.qualification-held`, each at its field
 */
export async function recordQualification(trx: Knex.Transaction, { agencyId, fields, kinds, at, by, renews }: { agencyId: string; fields: QualificationFields; kinds: readonly QualificationKind[]; at: Date; by: string | null; renews?: string }): Promise<Qualification> {
  checkKind(fields, kinds)
  const one = { ...fields, id: newId() }
  if (!(await insertQualification(trx, { ...one, agencyId, at, by, renews }))) throw new Refusal('conflict', 'agencies.qualification-held', { field: 'number', params: { number: fields.number } })
  return one
}
