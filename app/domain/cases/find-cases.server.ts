import { memberWho, type Client, type Member } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { prefixOf } from '#app/domain/divisions/division.ts'
import { listCases, type CaseHead } from '#db/repositories/cases.ts'
import { listCaseStandings } from '#db/views/case-page.ts'
import type { CaseStateNumber } from './case-state.ts'

const PAGE = 20
type Wanted = { q?: string; before?: string | null; limit?: number }
export type CaseLine = CaseHead & { state: CaseStateNumber; item: string; authority: string }
export type CasesPage = { items: CaseLine[]; next: string | null }

/** The cases of the caller's own authority, received last first; `q` is a whole case number or project code. */
export async function findOwnCases(context: Context & { actor: Member | Client }, wanted: Wanted = {}): Promise<CasesPage> {
  return page(context, { ...wanted, authorityId: context.actor.organisationId })
}

/** The applicant's own cases at every authority, received last first; a natural person's are those of the projects that they registered. */
export async function findMyCases(context: Context & { actor: Member }, wanted: Wanted = {}): Promise<CasesPage> {
  const { uscc, organisationId, organisationName } = memberWho(context.actor, 'register:project')
  return page(context, { ...wanted, ...(uscc === null ? { person: { id: organisationId, name: organisationName } } : { applicantUscc: uscc }) })
}

/** The cases of every authority in the regulator's division, received last first. */
export async function findDivisionCases(context: Context, wanted: Wanted = {}): Promise<CasesPage> {
  return page(context, { ...wanted, divisionPrefix: prefixOf(memberWho(context.actor, 'see:cases').divisionCode) })
}

async function page({ db }: Context, { before, limit = PAGE, ...filter }: Wanted & { authorityId?: string; divisionPrefix?: string; applicantUscc?: string; person?: { id: string; name: string } }): Promise<CasesPage> {
  const behind = before && /^\d{1,15}$/.test(before) ? Number(before) : undefined
  const found = await listCases(db, { ...filter, before: behind, limit: limit + 1 })
  const heads = found.slice(0, limit)
  const standings = await listCaseStandings(db, heads.map(({ id }) => id))
  return { items: heads.map((head) => ({ ...head, ...standings.get(head.id)!, state: standings.get(head.id)!.state as CaseStateNumber })), next: found.length > limit ? String(heads.at(-1)!.ordinal) : null }
}
