import { memberWho } from '#app/domain/accounts/actor.ts'
import { agendaOf, type AgendaItem, type Due } from '#app/domain/agenda.ts'
import { findEntryFaults } from '#app/domain/agencies/find-entry-faults.server.ts'
import { reasonsAgainst } from '#app/domain/bids/eligibility.ts'
import type { Context } from '#app/domain/context.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { listQualificationKinds, listQualifications } from '#db/repositories/qualifications.ts'
import { listOwnObjections, listTendersForAgency } from '#db/views/agency-desk.ts'
import { findAgencyView } from '#db/views/agencies.ts'
import { listInquiries } from '#db/views/inquiries.ts'
import { respondentsItems } from '../oversight/inquiry-agenda.ts'
import { ownServices } from './own-services.server.ts'
import { AGENCY_KINDS, agencyItem, checkItem, objectionItem, qualificationItem, type AgencyKind } from './agency-agenda.ts'

const MOST = 50

/**
 * What needs an agency today: a returned check, certificates that run out, the tenders that it may bid in by the same rules
 * that judge a bid, its own bids and awards whose clocks run or that somebody has changed or held, and its objections.
 *
 * Refuses `accounts.sign-in-first` and `accounts.not-allowed`.
 */
export async function showAgencyDesk({ db, clock, actor }: Context): Promise<{ today: Due<AgendaItem<AgencyKind>>[] }> {
  const { organisationId: agencyId, divisionCode } = memberWho(actor, 'submit:bid')
  const [at, calendar, agency, kinds, held] = await Promise.all([clock.read(db), calendarOf(db, divisionCode), findAgencyView(db, { id: agencyId }), listQualificationKinds(db), listQualifications(db, agencyId)])
  const [entryFaults, services, tenders, objections, files] = await Promise.all([findEntryFaults(db, agencyId), ownServices({ db }, { agencyId, at }), listTendersForAgency(db, { agencyId, at, limit: MOST }), listOwnObjections(db, { agencyId, at, limit: MOST }), listInquiries(db, { respondent: { id: agencyId, role: 'agency' }, limit: MOST, unsettled: true })])
  const shown = tenders.filter((one) => one.standing || one.won || reasonsAgainst({ ...one.bidder, entryFaults }, one.ground).length === 0)
  const nameOf = new Map(kinds.map(({ code, name }) => [code, name]))
  const items = [
    checkItem(agency?.check ?? null),
    ...held.map((one) => qualificationItem({ ...one, name: nameOf.get(one.kind) ?? one.kind }, at)),
    ...shown.map((one) => agencyItem(one, at)),
    ...objections.map(objectionItem),
    ...files.flatMap((file) => respondentsItems(file, at)),
    ...services,
  ]
  return { today: agendaOf(items.filter((item) => item !== null), { at, calendar, kinds: AGENCY_KINDS }) }
}
