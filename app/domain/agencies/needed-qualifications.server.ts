import { listQualificationKinds, listQualifications } from '#db/repositories/qualifications.ts'
import { dayOf } from '../calendar.ts'
import type { Database } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { policyOfAgencies } from './periods.server.ts'
import { kindsNeededFor, qualificationFault } from './qualification.ts'

/**
 * Stops a new offer of a service whose law asks for a certificate that the agency let run out (or, where the division says so,
 * never recorded). What runs already goes on.
 *
 * @throws Refusal `agencies.qualification-expired`, `agencies.qualification-missing`, naming the kinds that would do
 */
export async function mustHoldWhatIsNeeded(db: Database, { agencyId, categoryCode, divisionCode, at }: { agencyId: string; categoryCode: string | null; divisionCode: string; at: Date }): Promise<void> {
  const needed = kindsNeededFor(categoryCode, await listQualificationKinds(db))
  if (needed.length === 0) return
  const [held, { policies }] = [await listQualifications(db, agencyId), await policyOfAgencies(db, divisionCode, at)]
  const fault = qualificationFault(needed, held, dayOf(at), policies.offeringQualification.value)
  const params = { kinds: needed.map(({ name }) => name).join('、') }
  if (fault === 'expired') throw new Refusal('conflict', 'agencies.qualification-expired', { field: 'listingCode', params })
  if (fault === 'missing') throw new Refusal('conflict', 'agencies.qualification-missing', { field: 'listingCode', params })
}
