import type { Database } from '#app/domain/context.ts'

/** What a tender must know of the project it is for. */
export type TenderProject = { code: string; name: string; ownerId: string; divisionCode: string; moneySource: 'fiscal' | 'state-owned' | 'private' }

type Row = { code: string; name: string; owner_id: string; division_code: string; money_source: TenderProject['moneySource'] }
const GIVEN_AWAY = `coalesce((select bool_and(settled_at is not null) from project_disputes lost where lost.project_code = projects.code and lost.registrant_id = projects.owner_id and (lost.settled_at is null or lost.outcome = 'applicant')), false) as given_away`
const COLUMNS = ['code', 'name', 'owner_id', 'division_code', 'money_source']

export async function findTenderProject(db: Database, code: string): Promise<TenderProject | undefined> {
  const row = (await db('projects').select(COLUMNS).where({ code }).first()) as Row | undefined
  return row && toProject(row)
}

/** An owner's projects, the latest first, for the form's choice; `givenAway` are those that an operator gave to somebody else (the twin of `disputeOf`). */
export async function listTenderProjects(db: Database, ownerId: string): Promise<(TenderProject & { givenAway: boolean })[]> {
  const rows = (await db('projects').select(COLUMNS).select(db.raw(GIVEN_AWAY)).where({ owner_id: ownerId }).orderBy([{ column: 'registered_at', order: 'desc' }, { column: 'code' }]).limit(200)) as (Row & { given_away: boolean })[]
  return rows.map((row) => ({ ...toProject(row), givenAway: row.given_away }))
}

function toProject(row: Row): TenderProject {
  return { code: row.code, name: row.name, ownerId: row.owner_id, divisionCode: row.division_code, moneySource: row.money_source }
}

/** Does this owner approve anything? Then it is an office too, and buys as one. */
export async function isAuthority(db: Database, organisationId: string): Promise<boolean> {
  return (await db('organisation_roles').where({ organisation_id: organisationId, role: 'authority' }).whereNull('until').first('role')) !== undefined
}
