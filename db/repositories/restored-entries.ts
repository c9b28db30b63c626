import type { Knex } from 'knex'
import type { LedgerEntry } from '#app/domain/ledger/entry.ts'

export type BroughtBack = { entry: LedgerEntry; body: string; leafHash: Buffer }

const NO_TRACE = '0'.repeat(32)

/**
 * Puts entries that others kept back among ours. One that the backup has already, waiting for its leaf, stays as it is.
 *
 * @throws when an entry of the same id has another body here
 */
export async function insertBroughtBack(trx: Knex.Transaction, brought: readonly BroughtBack[]): Promise<void> {
  for (const { entry, body, leafHash } of brought) {
    const there = await trx('ledger_entries').select<{ body: string }[]>('body').where({ id: entry.id }).first()
    if (there && there.body !== body) throw new Error(`The entry ${entry.id} reads otherwise in this backup than where it was kept.`)
    if (there) continue
    await trx('ledger_entries').insert({
      id: entry.id,
      kind: entry.kind,
      subject: entry.subject,
      division_code: entry.division,
      body,
      leaf_hash: leafHash,
      payload_hash: entry.payload ? Buffer.from(entry.payload, 'hex') : null,
      at: new Date(entry.at),
      recorded_at: new Date(entry.recordedAt),
      trace_id: NO_TRACE,
    })
  }
}

/** By the SHA-256 of its text, as the entries name it; the caller reckons it. One that is there stays. */
export async function insertPayload(trx: Knex.Transaction, hash: Buffer, body: string): Promise<void> {
  await trx('ledger_payloads').insert({ hash, body }).onConflict('hash').ignore()
}

/** A number that the ledger has seen is not given again, although the tender behind it is gone. */
export async function passTenderNumber(trx: Knex.Transaction, given: { divisionCode: string; year: number; count: number }): Promise<void> {
  await trx.raw(
    `insert into tender_numbers (division_code, year, last) values (?, ?, ?)
     on conflict (division_code, year) do update set last = greatest(tender_numbers.last, excluded.last)`,
    [given.divisionCode, given.year, given.count],
  )
}

/** Whoever was signed in signs in again: a session that was ended after the backup must not live again with it. */
export async function endAllSessions(trx: Knex.Transaction, at: Date): Promise<number> {
  return trx('sessions').whereNull('revoked_at').update({ revoked_at: at })
}
