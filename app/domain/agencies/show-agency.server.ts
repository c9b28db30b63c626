import { listGrades, type GradeLine } from '#db/repositories/credit-grades.ts'
import { listQualificationKinds, listQualifications } from '#db/repositories/qualifications.ts'
import { countLicences } from '#db/repositories/practitioners.ts'
import { listSanctionsOf } from '#db/repositories/sanctions.ts'
import { findAgencyView, listAwardsOf, listOfferingsOf, type AgencyView, type AwardLine, type OfferingLine } from '#db/views/agencies.ts'
import { normaliseUscc } from '../accounts/uscc.ts'
import { dayOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { isCurrent } from './show-credit.server.ts'
import { agencyStateOf, checkStateOf, type AgencyState, type CheckState } from './agency-state.ts'
import { isPublic, type Sanction } from './sanction.ts'
import { isValid, mayRequire, type Qualification, type QualificationKind } from './qualification.ts'

/** A certificate as pages show it: what it is called, whether it is good today, and whether anybody may require it. */
export type QualificationLine = Qualification & { name: string; valid: boolean; admission: QualificationKind['admission']; requirable: boolean }

export type ShownAgency = {
  agency: AgencyView
  state: AgencyState
  checkState: CheckState
  offerings: OfferingLine[]
  qualifications: QualificationLine[]
  licences: { kind: string; people: number }[]
  awards: AwardLine[]
  /** Decisions that are final and in force: nothing else is for the public. */
  sanctions: Sanction[]
  /** Every grade that was published of it, newest first. */
  grades: (GradeLine & { current: boolean })[]
}

/** An agency's public page: no person's name, and no telephone but the organisation's own. @throws Refusal `agencies.unknown` (404) */
export async function showAgency(context: Context, { uscc }: { uscc: string }): Promise<ShownAgency> {
  const { db } = context
  const [at, agency] = await Promise.all([context.clock.read(db), findAgencyView(db, { uscc: normaliseUscc(uscc.slice(0, 100)) })])
  if (!agency) throw new Refusal('missing', 'agencies.unknown')
  const on = dayOf(at)
  const [offerings, held, kinds, licences, awards, decided, grades] = await Promise.all([listOfferingsOf(db, { agencyId: agency.id, on }), listQualifications(db, agency.id), listQualificationKinds(db), countLicences(db, agency.id), listAwardsOf(db, agency.id), listSanctionsOf(db, agency.id), listGrades(db, { agencyId: agency.id, limit: 50 })])
  return { agency, state: agencyStateOf(agency, at), checkState: checkStateOf(agency.check), offerings, qualifications: linesOf(held, kinds, on), licences, awards, sanctions: decided.filter((one) => isPublic(one, at)).map((one) => ({ ...one, reason: '' })), grades: grades.map((line, place) => ({ ...line, current: isCurrent(grades, place) })) }
}

/**
 * Certificates as pages show them, in the order given.
 *
 * @param kinds every kind on record; one that a certificate names and that is missing here is a bug and throws
 * @param on the Beijing day on which validity is asked; the last day counts
 */
export function linesOf(held: readonly Qualification[], kinds: readonly QualificationKind[], on: string): QualificationLine[] {
  return held.map((one) => {
    const kind = kinds.find(({ code }) => code === one.kind)!
    return { ...one, name: kind.name, valid: isValid(one, on), admission: kind.admission, requirable: mayRequire(kind) === null }
  })
}
