import { can, memberWho } from '#app/domain/accounts/actor.ts'
import { applicantOf } from '#app/domain/cases/find-cases.server.ts'
import { agendaOf, type AgendaItem, type Due } from '#app/domain/agenda.ts'
import type { Context } from '#app/domain/context.ts'
import { askedSupplement } from '#app/domain/contracts/watched.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { countOwnTenders, listOwnTenders } from '#db/views/owner-desk.ts'
import { listInquiries } from '#db/views/inquiries.ts'
import { listRunningCases } from '#db/views/running-cases.ts'
import { respondentsItems } from '../oversight/inquiry-agenda.ts'
import { ownServices } from './own-services.server.ts'
import { OWNER_KINDS, overdueItem, ownerItem, type OwnerKind } from './owner-agenda.ts'

const MOST = 50

export type OwnerDesk = { today: Due<AgendaItem<OwnerKind>>[]; counts: { drafts: number; running: number; awarded: number; failed: number } }

/**
 * What needs an owner today, papers that an office asked for among it, and how its purchases stand. An authority that buys is an owner too.
 *
 * Refuses `accounts.sign-in-first` and `accounts.not-allowed`.
 */
export async function showOwnerDesk(context: Context): Promise<OwnerDesk> {
  const { db, clock, actor } = context
  const member = memberWho(actor, 'draft:tender')
  const { organisationId: ownerId, divisionCode, role } = member
  const [at, calendar] = await Promise.all([clock.read(db), calendarOf(db, divisionCode)])
  const [tenders, counts, files, services, supplements] = await Promise.all([listOwnTenders(db, { ownerId, at, limit: MOST }), countOwnTenders(db, { ownerId, at }), role === 'owner' ? listInquiries(db, { respondent: { id: ownerId, role }, limit: MOST, unsettled: true }) : [], ownServices(context, { ownerId, at }), can(actor, 'register:project') ? listRunningCases(db, { ...applicantOf(member), supplemented: true, limit: MOST }) : []])
  const items = [...files.flatMap((file) => respondentsItems(file, at)), ...tenders.flatMap((one) => [overdueItem(one, at) ?? [], ownerItem(one, at) ?? []].flat()), ...services, ...supplements.map((one) => askedSupplement({ ...one, since: one.states.at(-1)!.at }))]
  return { today: agendaOf(items, { at, calendar, kinds: OWNER_KINDS }), counts }
}
