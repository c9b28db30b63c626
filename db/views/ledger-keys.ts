import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'

const ANNOUNCEMENT_LOCK = 4_907_236

/** Two processes that start together announce in turn. */
export async function lockAnnouncement(trx: Knex.Transaction): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(?)', [ANNOUNCEMENT_LOCK])
}

/** Where the platform's own acts belong: its first marketplace, or the topmost division where none is open yet. */
export async function findLedgerDivision(db: Database): Promise<string | undefined> {
  const marketplace = await db('marketplaces').select<{ code: string }[]>('division_code as code').orderBy('opened_on').orderBy('division_code').first()
  const division = marketplace ?? (await db('divisions').select<{ code: string }[]>('code').whereNull('parent_code').orderBy('code').first())
  return division?.code
}

/** The keys whose addition or retirement the ledger already has. */
export async function listAnnouncedKeys(db: Database): Promise<{ added: Set<string>; retired: Set<string> }> {
  const rows = await db('ledger_entries').select<{ kind: string; subject: string }[]>('kind', 'subject').whereIn('kind', ['key.added', 'key.retired'])
  const named = (wanted: string) => new Set(rows.filter(({ kind }) => kind === wanted).map(({ subject }) => subject))
  return { added: named('key.added'), retired: named('key.retired') }
}
