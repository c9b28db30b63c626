import { findAgencyView, listOfferingsOf, type AgencyView, type OfferingLine } from '#db/views/agencies.ts'
import { normaliseUscc } from '../accounts/uscc.ts'
import { dayOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'

/** An agency's public page. @throws Refusal `agencies.unknown` (404) */
export async function showAgency(context: Context, { uscc }: { uscc: string }): Promise<{ agency: AgencyView; offerings: OfferingLine[] }> {
  const [at, agency] = await Promise.all([context.clock.read(context.db), findAgencyView(context.db, { uscc: normaliseUscc(uscc.slice(0, 100)) })])
  if (!agency) throw new Refusal('missing', 'agencies.unknown')
  return { agency, offerings: await listOfferingsOf(context.db, { agencyId: agency.id, on: dayOf(at) }) }
}
