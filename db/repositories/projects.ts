import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { MoneySource, Project } from '#app/domain/projects/project.ts'
import type { ProjectFacts } from '#app/domain/projects/project-facts.ts'

type Row = {
  code: string
  owner_id: string
  division_code: string
  name: string
  flow_type: string
  money_source: MoneySource
  investment_fen: number | null
  facts: ProjectFacts
  registered_at: Date
}

type New = Project & { registeredBy: string | null }

/** Writes a project; false when its code is registered already. */
export async function insertProject(trx: Knex.Transaction, project: New): Promise<boolean> {
  const written = await trx('projects').insert(toRow(project)).onConflict('code').ignore().returning('code')
  return written.length === 1
}

/** Writes a project in the place of what another registered under its code. */
export async function replaceProject(trx: Knex.Transaction, project: New): Promise<void> {
  await trx('projects').where({ code: project.code }).update(toRow(project))
}

/** Whoever registered it, disputed or not; undefined for a code that nobody registered. Nothing is held: {@link lockProject} does. */
export async function findProject(db: Database, code: string): Promise<Project | undefined> {
  const row = await db<Row>('projects').where({ code }).first()
  return row && toProject(row)
}

/** The project as its registrant describes it, as far as that one speaks for it as its owner. */
export async function findOwnedProject(db: Database, code: string): Promise<Project | undefined> {
  const row = await db<Row>('owned_projects').where({ code }).first()
  return row && toProject(row)
}

/** The project, held until the transaction ends, so that one change of its facts follows the other. */
export async function lockProject(trx: Knex.Transaction, code: string): Promise<Project | undefined> {
  const row = await trx<Row>('projects').where({ code }).forUpdate().first()
  return row && toProject(row)
}

/** Other facts, which its owner states at this instant. */
export async function saveProjectFacts(trx: Knex.Transaction, { code, facts, at }: Pick<Project, 'code' | 'facts'> & { at: Date }): Promise<void> {
  await trx('projects').where({ code }).update({ facts: JSON.stringify(facts), facts_stated_at: at })
}

/** An owner's projects, newest first; keyset by the code of the page's last one. */
export async function listProjects(db: Database, { ownerId, q, before, limit }: { ownerId: string; q?: string; before?: string; limit: number }): Promise<Project[]> {
  const rows = await db<Row>('projects')
    .where({ owner_id: ownerId })
    .modify((query) => q !== undefined && query.where((either) => either.whereILike('name', `%${literal(q)}%`).orWhereLike('code', `%${literal(q)}%`)))
    .modify((query) => before !== undefined && query.whereRaw('(registered_at, code) < (select registered_at, code from projects where code = ? and owner_id = ?)', [before, ownerId]))
    .orderBy([{ column: 'registered_at', order: 'desc' }, { column: 'code', order: 'desc' }])
    .limit(limit)
  return rows.map(toProject)
}

function toRow({ facts, ...project }: New) {
  return {
    code: project.code,
    owner_id: project.ownerId,
    division_code: project.divisionCode,
    name: project.name,
    flow_type: project.flowType,
    money_source: project.moneySource,
    investment_fen: project.investmentFen,
    facts: JSON.stringify(facts),
    facts_stated_at: project.registeredAt,
    registered_at: project.registeredAt,
    registered_by: project.registeredBy,
  }
}

function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

function toProject(row: Row): Project {
  return {
    code: row.code,
    ownerId: row.owner_id,
    divisionCode: row.division_code,
    name: row.name,
    flowType: row.flow_type,
    moneySource: row.money_source,
    investmentFen: row.investment_fen,
    facts: row.facts,
    registeredAt: row.registered_at,
  }
}
