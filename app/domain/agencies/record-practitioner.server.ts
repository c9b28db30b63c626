import { newId } from '#app/domain/chance.server.ts'
import type { Knex } from 'knex'
import { insertLicence, insertPractitioner } from '#db/repositories/practitioners.ts'
import { Refusal } from '../refusal.ts'
import type { PractitionerFields } from './practitioner.ts'

/**
 * Writes one practitioner with every licence. Whoever holds a licence works at one agency at a time: it is refused while another
 * agency, or another person here, names it.
 *
 * @throws Refusal `agencies.practitioner-elsewhere`, naming the licence and nobody
 */
export async function recordPractitioner(trx: Knex.Transaction, { agencyId, fields, at, by }: { agencyId: string; fields: PractitionerFields; at: Date; by: string | null }): Promise<string> {
  const id = newId()
  await insertPractitioner(trx, { id, agencyId, name: fields.name, proof: fields.proof, at, by })
  for (const [index, licence] of fields.licences.entries()) {
    if (!(await insertLicence(trx, { ...licence, practitionerId: id, at }))) throw new Refusal('conflict', 'agencies.practitioner-elsewhere', { field: `licenceNumber${index + 1}`, params: licence })
  }
  return id
}
