import { memberWho } from '#app/domain/accounts/actor.ts'
import { agendaOf, type AgendaItem, type Due } from '#app/domain/agenda.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import type { Verdict } from '#app/domain/guard/judgement.ts'
import { silenceUnder } from '#app/domain/cases/acceptance.ts'
import { officeLimits } from '#app/domain/cases/clock-limits.ts'
import { supplementOf } from '#app/domain/cases/supplement.ts'
import { watchLimits } from '#app/domain/contracts/watch-limits.server.ts'
import { caseItem, overdueSupplement } from '#app/domain/contracts/watched.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { countOwnDemands, listDemandsToMend } from '#db/views/authority-desk.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { countOwnTenders, listOwnTenders } from '#db/views/owner-desk.ts'
import { listRunningCases } from '#db/views/running-cases.ts'
import { AUTHORITY_KINDS, demandItem, type AuthorityKind } from './authority-agenda.ts'
import { ownerItem } from './owner-agenda.ts'
import { listInquiries } from '#db/views/inquiries.ts'
import { respondentsItems } from '../oversight/inquiry-agenda.ts'
import { ownServices } from './own-services.server.ts'
import type { OwnerDesk } from './show-owner-desk.server.ts'

const MOST_TENDERS = 50
const MOST_DEMANDS = 10
const MOST_CASES = 200
/** Days for which a demand that the list does not carry stays on the desk. */
const REMEMBERED = 14

export type AuthorityDesk = { today: Due<AgendaItem<AuthorityKind>>[]; demands: Record<Verdict, number>; purchases: OwnerDesk['counts'] }

/**
 * What needs an authority today: its demands that the list does not carry or that lack facts, its own purchases, cases whose time
 * runs out or whose applicants hand nothing in, and services that its cases wait for whose time does.
 *
 * Refuses `accounts.sign-in-first` and `accounts.not-allowed`.
 */
export async function showAuthorityDesk(context: Context): Promise<AuthorityDesk> {
  const { db, clock, actor } = context
  const { organisationId, divisionCode } = memberWho(actor, 'see:own-demands')
  const [at, calendar] = await Promise.all([clock.read(db), calendarOf(db, divisionCode)])
  const since = new Date(at.getTime() - REMEMBERED * 86_400_000)
  const [toMend, demands, tenders, purchases, files, services, cases, waiting, policies, watched] = await Promise.all([
    listDemandsToMend(db, { authorityId: organisationId, since, limit: MOST_DEMANDS }),
    countOwnDemands(db, organisationId),
    listOwnTenders(db, { ownerId: organisationId, at, limit: MOST_TENDERS }),
    countOwnTenders(db, { ownerId: organisationId, at }),
    listInquiries(db, { respondent: { id: organisationId, role: 'authority' }, limit: MOST_TENDERS, unsettled: true }),
    ownServices(context, { ownerId: organisationId, at }),
    listRunningCases(db, { authorityId: organisationId, limit: MOST_CASES }),
    listRunningCases(db, { authorityId: organisationId, supplemented: true, limit: MOST_CASES }),
    policiesOf(db, divisionCode, dayOf(at)),
    watchLimits(context, { at, authorityId: organisationId }),
  ])
  const items = [...files.flatMap((file) => respondentsItems(file, at)), ...toMend.flatMap((demand) => demandItem(demand) ?? []), ...tenders.flatMap((one) => ownerItem(one, at) ?? []), ...services, ...cases.flatMap((one) => caseItem(one, officeLimits(one, one, { now: at, silence: silenceUnder(policies), before: policies.clockWarning.value, calendar })) ?? []), ...waiting.flatMap((one) => overdueSupplement(one, supplementOf(one.states, { now: at, wait: policies.supplementWait.value, calendar })) ?? []), ...watched]
  return { today: agendaOf<AuthorityKind>(items, { at, calendar, kinds: AUTHORITY_KINDS }), demands, purchases }
}
