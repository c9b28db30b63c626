import type { Knex } from 'knex'
import type { Level, LimitName } from '#app/domain/cases/clock-limits.ts'
import type { Database } from '#app/domain/context.ts'

/** `due` is the end that was told: where it moves, the limit is told again. */
export type Warning = { about: 'tender' | 'case'; aboutId: string; name: LimitName; round: number; level: Exclude<Level, 'running'>; due: Date }

/** Notes that a limit was warned of; false where that was noted before. */
export async function insertWarning(trx: Knex.Transaction, { about, aboutId, name, round, level, due }: Warning, { at }: { at: Date }): Promise<boolean> {
  const rows = await trx('limit_warnings').insert({ about, about_id: aboutId, name, round, level, due_at: due, told_at: at }).onConflict(['about_id', 'name', 'round', 'level', 'due_at']).ignore().returning('about_id')
  return rows.length > 0
}

/** What was told of these tenders and cases. */
export async function listWarnings(db: Database, aboutIds: readonly string[]): Promise<Warning[]> {
  return db('limit_warnings').whereIn('about_id', aboutIds as string[]).select({ about: 'about', aboutId: 'about_id', name: 'name', round: 'round', level: 'level', due: 'due_at' })
}

export type ProjectWarning = { projectCode: string; level: Warning['level']; due: Date }

/** Notes that the limit of a project's whole time was warned of; false where that was noted before. */
export async function insertProjectWarning(trx: Knex.Transaction, { projectCode, level, due }: ProjectWarning, { at }: { at: Date }): Promise<boolean> {
  const rows = await trx('project_limit_warnings').insert({ project_code: projectCode, level, due_at: due, told_at: at }).onConflict(['project_code', 'level', 'due_at']).ignore().returning('project_code')
  return rows.length > 0
}

/** What was told of these projects. */
export async function listProjectWarnings(db: Database, projectCodes: readonly string[]): Promise<ProjectWarning[]> {
  return db('project_limit_warnings').whereIn('project_code', projectCodes as string[]).select({ projectCode: 'project_code', level: 'level', due: 'due_at' })
}
