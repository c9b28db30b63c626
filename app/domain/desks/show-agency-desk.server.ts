import { memberWho } from '#app/domain/accounts/actor.ts'
import { agendaOf, type AgendaItem, type Due } from '#app/domain/agenda.ts'
import { reasonsAgainst } from '#app/domain/bids/eligibility.ts'
import type { Context } from '#app/domain/context.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { listTendersForAgency } from '#db/views/agency-desk.ts'
import { AGENCY_KINDS, agencyItem, type AgencyKind } from './agency-agenda.ts'

const MOST = 50

/**
 * What needs an agency today: the tenders that it may bid in, by the same rules that judge a bid, and its own bids whose
 * clocks run.
 *
 * Refuses `accounts.sign-in-first` and `accounts.not-allowed`.
 */
export async function showAgencyDesk({ db, clock, actor }: Context): Promise<{ today: Due<AgendaItem<AgencyKind>>[] }> {
  const { organisationId: agencyId, divisionCode } = memberWho(actor, 'submit:bid')
  const [at, calendar] = await Promise.all([clock.read(db), calendarOf(db, divisionCode)])
  const tenders = await listTendersForAgency(db, { agencyId, at, limit: MOST })
  const items = tenders
    .filter(({ standing, bidder, ground }) => standing || reasonsAgainst(bidder, ground).length === 0)
    .flatMap((one) => agencyItem(one, at) ?? [])
  return { today: agendaOf(items, { at, calendar, kinds: AGENCY_KINDS }) }
}
