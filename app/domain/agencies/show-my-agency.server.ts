import { listChecks, type AgencyCheck } from '#db/repositories/agency-checks.ts'
import { listAgencyDocuments } from '#db/repositories/agencies.ts'
import { findDivision, findMarketplace, listDivisionsBelow } from '#db/repositories/divisions.ts'
import { listQualificationKinds, listQualifications } from '#db/repositories/qualifications.ts'
import { listSanctionsOf } from '#db/repositories/sanctions.ts'
import { findAgencyView, type AgencyView } from '#db/views/agencies.ts'
import { findInnerFacts, type InnerFacts } from '#db/views/agency-queue.ts'
import { memberWho } from '../accounts/actor.ts'
import { dayOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import type { Division } from '../divisions/division.ts'
import { Refusal } from '../refusal.ts'
import { agencyStateOf, checkStateOf, type AgencyState, type CheckState } from './agency-state.ts'
import type { ShownDocument } from './document.ts'
import type { QualificationKind } from './qualification.ts'
import { suspends, type Sanction } from './sanction.ts'
import { linesOf, type QualificationLine } from './show-agency.server.ts'

export type MyAgency = { agency: AgencyView; inner: InnerFacts; state: AgencyState; checkState: CheckState; documents: (ShownDocument & { uploadedAt: Date })[]; checks: AgencyCheck[]; places: Division[]; sanctions: Sanction[] }

/** An agency's own record: everything about it, its papers, and what the formal check said. */
export async function showMyAgency(context: Context): Promise<MyAgency> {
  const { organisationId } = memberWho(context.actor, 'keep:agency')
  const { db } = context
  const [at, agency, inner, documents, checks, places, decided] = await Promise.all([
    context.clock.read(db), findAgencyView(db, { id: organisationId }), findInnerFacts(db, organisationId), listAgencyDocuments(db, organisationId), listChecks(db, organisationId), findServicePlaces(context), listSanctionsOf(db, organisationId),
  ])
  if (!agency || !inner) throw new Refusal('missing', 'agencies.unknown')
  return { agency, inner, state: agencyStateOf(agency, at), checkState: checkStateOf(agency.check), documents, checks, places, sanctions: decided.filter((one) => suspends(one, at)) }
}

/** Where one can serve: the marketplace's place and what lies below it. */
export async function findServicePlaces({ db }: Pick<Context, 'db'>): Promise<Division[]> {
  const marketplace = await findMarketplace(db)
  if (!marketplace) return []
  const [own, below] = await Promise.all([findDivision(db, marketplace.divisionCode), listDivisionsBelow(db, marketplace.divisionCode)])
  return [...(own ? [own] : []), ...below]
}

/** Every kind of certificate, for a form that asks for one. */
export function findQualificationKinds({ db }: Pick<Context, 'db'>): Promise<QualificationKind[]> {
  return listQualificationKinds(db)
}

/** An agency's own certificates with their validity today, and the kinds that can be added. */
export async function findMyQualifications(context: Context): Promise<{ qualifications: QualificationLine[]; kinds: QualificationKind[]; today: string }> {
  const { organisationId } = memberWho(context.actor, 'keep:agency')
  const [at, held, kinds] = await Promise.all([context.clock.read(context.db), listQualifications(context.db, organisationId), listQualificationKinds(context.db)])
  const today = dayOf(at)
  return { qualifications: linesOf(held, kinds, today), kinds, today }
}
