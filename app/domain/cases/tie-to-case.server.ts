import type { Knex } from 'knex'
import type { Member } from '#app/domain/accounts/actor.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findCaseById, insertCaseTender, lockCase } from '#db/repositories/cases.ts'
import { isApplicant } from './show-case.server.ts'

/**
 * Says for which document of which case a tender is drafted, within the drafting transaction.
 *
 * @throws Refusal `cases.no-such-case` for a case that is not the member's own, `cases.no-such-material` where the case has no such
 *   document, it is another service's, or the case is another project's
 */
export async function tieToCase(trx: Knex.Transaction, member: Member, { tenderId, caseId, material, listingCode, projectCode, at }: { tenderId: string; caseId: string; material: string; listingCode: string; projectCode: string; at: Date }): Promise<void> {
  const known = await findCaseById(trx, caseId)
  // Held, so that the document does not leave the case meanwhile.
  const found = known && (await lockCase(trx, known))
  if (!found || !(await isApplicant(trx, member, found))) throw new Refusal('missing', 'cases.no-such-case')
  const wanted = found.materials.find(({ code }) => code === material)
  if (!wanted || wanted.listingCode !== listingCode || found.projectCode !== projectCode) throw new Refusal('invalid', 'cases.no-such-material')
  await insertCaseTender(trx, { tenderId, caseId, material, at })
}
