import type { Ineligibility } from '#app/domain/bids/eligibility.ts'
import { paths } from '#app/paths.ts'

/** Where an agency mends what keeps it out. */
export function placeToMend(reason: Ineligibility, listingCode: string): string {
  if (reason === 'not-offered') return paths.newOffering({ service: listingCode })
  if (reason === 'not-committed' || reason === 'check-returned') return paths.agencyProfile()
  if (reason === 'asked-practitioners') return paths.agencyPractitioners()
  return reason === 'area-not-served' ? paths.offerings() : paths.agencyQualifications()
}
