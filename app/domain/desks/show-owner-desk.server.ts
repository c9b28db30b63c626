import { memberWho } from '#app/domain/accounts/actor.ts'
import { agendaOf, type AgendaItem, type Due } from '#app/domain/agenda.ts'
import type { Context } from '#app/domain/context.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { countOwnTenders, listOwnTenders } from '#db/views/owner-desk.ts'
import { listInquiries } from '#db/views/inquiries.ts'
import { respondentsItems } from '../oversight/inquiry-agenda.ts'
import { ownServices } from './own-services.server.ts'
import { OWNER_KINDS, overdueItem, ownerItem, type OwnerKind } from './owner-agenda.ts'

const MOST = 50

export type OwnerDesk = { today: Due<AgendaItem<OwnerKind>>[]; counts: { drafts: number; running: number; awarded: number; failed: number } }

/**
 * What needs an owner today, and how its purchases stand. An authority that buys is an owner too.
 *
 * Refuses `accounts.sign-in-first` and `accounts.not-allowed`.
 */
export async function showOwnerDesk(context: Context): Promise<OwnerDesk> {
  const { db, clock, actor } = context
  const { organisationId: ownerId, divisionCode, role } = memberWho(actor, 'draft:tender')
  const [at, calendar] = await Promise.all([clock.read(db), calendarOf(db, divisionCode)])
  const [tenders, counts, files, services] = await Promise.all([listOwnTenders(db, { ownerId, at, limit: MOST }), countOwnTenders(db, { ownerId, at }), role === 'owner' ? listInquiries(db, { respondent: { id: ownerId, role }, limit: MOST, unsettled: true }) : [], ownServices(context, { ownerId, at })])
  const items = [...files.flatMap((file) => respondentsItems(file, at)), ...tenders.flatMap((one) => [overdueItem(one, at) ?? [], ownerItem(one, at) ?? []].flat()), ...services]
  return { today: agendaOf(items, { at, calendar, kinds: OWNER_KINDS }), counts }
}
