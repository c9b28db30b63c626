import { memberWho } from '#app/domain/accounts/actor.ts'
import { agendaOf, type AgendaItem, type Due } from '#app/domain/agenda.ts'
import type { Context } from '#app/domain/context.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { countOwnTenders, listOwnTenders } from '#db/views/owner-desk.ts'
import { ownServices } from './own-services.server.ts'
import { OWNER_KINDS, ownerItem, type OwnerKind } from './owner-agenda.ts'

const MOST = 50

export type OwnerDesk = { today: Due<AgendaItem<OwnerKind>>[]; counts: { drafts: number; running: number; awarded: number; failed: number } }

/**
 * What needs an owner today, and how its purchases stand. An authority that buys is an owner too.
 *
 * Refuses `accounts.sign-in-first` and `accounts.not-allowed`.
 */
export async function showOwnerDesk(context: Context): Promise<OwnerDesk> {
  const { db, clock, actor } = context
  const { organisationId: ownerId, divisionCode } = memberWho(actor, 'draft:tender')
  const [at, calendar] = await Promise.all([clock.read(db), calendarOf(db, divisionCode)])
  const [tenders, counts, services] = await Promise.all([listOwnTenders(db, { ownerId, at, limit: MOST }), countOwnTenders(db, { ownerId, at }), ownServices(context, { ownerId, at })])
  const items = [...tenders.flatMap((one) => ownerItem(one, at) ?? []), ...services]
  return { today: agendaOf(items, { at, calendar, kinds: OWNER_KINDS }), counts }
}
