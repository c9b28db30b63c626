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
