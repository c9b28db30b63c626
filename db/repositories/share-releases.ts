import type { Knex } from 'knex'
import type { HolderName } from '#app/domain/tenders/two-keys-rule.ts'
import type { Database } from '#app/domain/context.ts'

/** A share of one bid's key with its salt, in hex. */
export type ReleasedShare = { bid: string; share: string; salt: string }
export type Release = { holder: HolderName; shares: ReleasedShare[]; releasedAt: Date; ledgerEntryId: string }

/** Keeps what a holder showed. It shows its shares of a tender once. */
export async function insertRelease(trx: Knex.Transaction, tenderId: string, { holder, shares, releasedAt, ledgerEntryId }: Release, releasedBy: string | null): Promise<void> {
  await trx('share_releases').insert({ tender_id: tenderId, holder, shares: JSON.stringify(shares), released_at: releasedAt, released_by: releasedBy, ledger_entry_id: ledgerEntryId })
}

/** What the holders of a tender have shown, in the order in which they did. */
export async function listReleases(db: Database, tenderId: string): Promise<Release[]> {
  const rows = (await db('share_releases').where({ tender_id: tenderId }).orderBy('ordinal')) as { holder: HolderName; shares: ReleasedShare[]; released_at: Date; ledger_entry_id: string }[]
  return rows.map((row) => ({ holder: row.holder, shares: row.shares, releasedAt: row.released_at, ledgerEntryId: row.ledger_entry_id }))
}
