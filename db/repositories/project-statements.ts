import type { Knex } from 'knex'
import type { ProjectStatement } from '#app/domain/cases/case.ts'
import type { Database } from '#app/domain/context.ts'
import type { FlowType, MoneySource } from '#app/domain/projects/project.ts'
import type { ProjectFacts } from '#app/domain/projects/project-facts.ts'

type Row = {
  project_code: string
  authority_id: string
  division_code: string
  name: string
  owner_uscc: string | null
  owner_name: string
  flow_type: FlowType
  money_source: MoneySource
  investment_fen: number | null
  facts: ProjectFacts
  stated_at: Date
}
type Key = { projectCode: string; authorityId: string }

/** What an authority's system said of a project, if it said anything. */
export async function findProjectStatement(db: Database, { projectCode, authorityId }: Key): Promise<ProjectStatement | undefined> {
  const row = await db<Row>('project_statements').where({ project_code: projectCode, authority_id: authorityId }).first()
  return row && toStatement(row)
}

/** Writes what an authority says now in the place of what it said before; true where it had said nothing. */
export async function saveProjectStatement(trx: Knex.Transaction, statement: ProjectStatement): Promise<boolean> {
  const rows = await trx('project_statements')
    .insert({
      project_code: statement.projectCode,
      authority_id: statement.authorityId,
      division_code: statement.divisionCode,
      name: statement.name,
      owner_uscc: statement.owner.uscc,
      owner_name: statement.owner.name,
      flow_type: statement.flowType,
      money_source: statement.moneySource,
      investment_fen: statement.investmentFen,
      facts: JSON.stringify(statement.facts),
      stated_at: statement.statedAt,
    })
    .onConflict(['project_code', 'authority_id'])
    .merge()
    .returning<{ fresh: boolean }[]>(trx.raw('(xmax = 0) as fresh'))
  return rows[0]!.fresh
}

function toStatement(row: Row): ProjectStatement {
  return {
    projectCode: row.project_code,
    authorityId: row.authority_id,
    divisionCode: row.division_code,
    name: row.name,
    owner: { uscc: row.owner_uscc, name: row.owner_name },
    flowType: row.flow_type,
    moneySource: row.money_source,
    investmentFen: row.investment_fen,
    facts: row.facts,
    statedAt: row.stated_at,
  }
}
