import type { Knex } from 'knex'
import type { Level, LimitName } from '#app/domain/cases/clock-limits.ts'
import type { Database } from '#app/domain/context.ts'

export type Warning = { about: 'tender' | 'case'; aboutId: string; name: LimitName; round: number; level: Exclude<Level, 'running'> }

/** Notes that a limit was warned of; false where that was noted before. */
export async function insertWarning(trx: Knex.Transaction, { about, aboutId, name, round, level }: Warning, { dueAt, at }: { dueAt: Date; at: Date }): Promise<boolean> {
  const rows = await trx('limit_warnings').insert({ about, about_id: aboutId, name, round, level, due_at: dueAt, told_at: at }).onConflict(['about_id', 'name', 'round', 'level']).ignore().returning('about_id')
  return rows.length > 0
}

/** What was told of these tenders and cases. */
export async function listWarnings(db: Database, aboutIds: readonly string[]): Promise<Warning[]> {
  return db('limit_warnings').whereIn('about_id', aboutIds as string[]).select({ about: 'about', aboutId: 'about_id', name: 'name', round: 'round', level: 'level' })
}
