import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { Standing, Version } from '#app/domain/exchange/exchanged.ts'

type Row = Standing & { id: string; why: string[]; reason: string | null; written_at: Date }

/** The last version of every row that was ever told of these services. */
export async function listStandingRows(db: Database, instances: readonly string[]): Promise<Standing[]> {
  return db<Row>('exchange_rows')
    .distinctOn('form', 'instance', 'step')
    .whereIn('instance', [...instances])
    .orderBy(['form', 'instance', 'step', { column: 'version', order: 'desc' }])
    .select('lsh', 'form', 'instance', 'step', 'version', 'content')
}

/** Writes versions in the order in which they are given: what ended is never touched. */
export async function insertVersions(trx: Knex.Transaction, versions: readonly Version[], at: Date): Promise<void> {
  if (versions.length === 0) return
  await trx('exchange_rows').insert(
    versions.map(({ form, instance, step, version, content, why, reason }) => ({ id: randomUUID(), form, instance, step, version, content: content && JSON.stringify(content), why, reason, written_at: at })),
  )
}
