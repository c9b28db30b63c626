import { memberWho, type Client, type Member } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context, Database } from '#app/domain/context.ts'
import { prefixOf } from '#app/domain/divisions/division.ts'
import { listCases, type AppliedBy, type CaseHead } from '#db/repositories/cases.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { listCaseStandings } from '#db/views/case-page.ts'
import type { CaseStateNumber } from './case-state.ts'
import { supplementOf, type Supplement } from './supplement.ts'

const PAGE = 20
type Wanted = { q?: string; before?: string | null; limit?: number }
export type CaseLine = CaseHead & { state: CaseStateNumber; item: string; authority: string; supplement: Supplement | null }
export type CasesPage = { items: CaseLine[]; next: string | null }

/** The cases of the caller's own authority, received last first; `q` is a whole case number or project code. */
export async function findOwnCases(context: Context & { actor: Member | Client }, wanted: Wanted = {}): Promise<CasesPage> {
  return page(context, { ...wanted, authorityId: context.actor.organisationId })
}

/** The applicant's own cases at every authority, received last first; a natural person's are those of the projects that they registered. */
export async function findMyCases(context: Context & { actor: Member }, wanted: Wanted = {}): Promise<CasesPage> {
  return page(context, { ...wanted, ...applicantOf(memberWho(context.actor, 'register:project')) })
}

/** By what the cases are found that a member applied in. */
export function applicantOf({ uscc, organisationId: id, organisationName: name }: Member): AppliedBy {
  return uscc === null ? { person: { id, name } } : { applicantUscc: uscc }
}

/** The cases of every authority in the regulator's division, received last first. */
export async function findDivisionCases(context: Context, wanted: Wanted = {}): Promise<CasesPage> {
  return page(context, { ...wanted, divisionPrefix: prefixOf(memberWho(context.actor, 'see:cases').divisionCode) })
}

async function page({ db, clock }: Context, { before, limit = PAGE, ...filter }: Wanted & AppliedBy & { authorityId?: string; divisionPrefix?: string }): Promise<CasesPage> {
  const behind = before && /^\d{1,15}$/.test(before) ? Number(before) : undefined
  const found = await listCases(db, { ...filter, before: behind, limit: limit + 1 })
  const heads = found.slice(0, limit)
  const standings = await listCaseStandings(db, heads.map(({ id }) => id))
  const supplementsOf = await supplements(db, await clock.read(db), heads.filter(({ id }) => standings.get(id)!.state === 6))
  return {
    items: heads.map((head) => {
      const { since, ...standing } = standings.get(head.id)!
      return { ...head, ...standing, supplement: since && supplementsOf(head, since) }
    }), next: found.length > limit ? String(heads.at(-1)!.ordinal) : null,
  }
}

/** How long each of these cases waits for its applicant, by the calendar and the policy of its place. */
async function supplements(db: Database, now: Date, heads: readonly CaseHead[]): Promise<(head: CaseHead, since: Date) => Supplement | null> {
  const places = [...new Set(heads.map(({ divisionCode }) => divisionCode))]
  const rules = new Map(await Promise.all(places.map(async (place) => [place, await Promise.all([policiesOf(db, place, dayOf(now)), calendarOf(db, place)])] as const)))
  return ({ divisionCode }, since) => {
    const [policies, calendar] = rules.get(divisionCode) ?? []
    return policies ? supplementOf([{ state: 6, at: since }], { now, wait: policies.supplementWait.value, ...(calendar && { calendar }) }) : null
  }
}
