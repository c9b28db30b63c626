import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { Beacon } from '#app/domain/draw/draw.ts'
import type { Reading } from '#app/domain/draw/reading.ts'

export type TakenBeacon = { tenderId: string; beacon: Beacon; coveredAt: Date; takenAt: Date; broughtBy: string | null; ledgerEntryId: string | null }
export type ReadingRow = Reading & { id: string; tenderId: string; attempt: number; accountId: string; organisationId: string; duty: string; readAt: Date; ledgerEntryId: string }

/** Keeps the one value of a tender; whoever comes second changes nothing. */
export async function insertBeacon(trx: Knex.Transaction, { tenderId, beacon, coveredAt, takenAt, broughtBy, ledgerEntryId }: TakenBeacon): Promise<boolean> {
  const row = { tender_id: tenderId, beacon: JSON.stringify(beacon), covered_at: coveredAt, taken_at: takenAt, brought_by: broughtBy, ledger_entry_id: ledgerEntryId }
  return (await trx('tender_beacons').insert(row).onConflict('tender_id').ignore().returning('tender_id')).length === 1
}

/** The value that decides, once it was taken from outside; undefined before, and for a tender whose value is the ledger's own. `broughtBy` is null for a lottery, `ledgerEntryId` for a network. */
export async function findBeaconOf(db: Database, tenderId: string): Promise<TakenBeacon | undefined> {
  const row = await db('tender_beacons').where({ tender_id: tenderId }).first()
  return row && { tenderId, beacon: row.beacon, coveredAt: row.covered_at, takenAt: row.taken_at, broughtBy: row.brought_by, ledgerEntryId: row.ledger_entry_id }
}

/** After the tender's lock: one officer reads once in each attempt, and the key refuses a second. What it reads is secret until the other's is there. */
export async function insertReading(trx: Knex.Transaction, row: ReadingRow): Promise<void> {
  await trx('lottery_readings').insert({
    id: row.id, tender_id: row.tenderId, attempt: row.attempt, account_id: row.accountId, organisation_id: row.organisationId, duty: row.duty,
    issue: row.issue, drawn_on: row.day, numbers: JSON.stringify(row.numbers), pause: row.pause, read_at: row.readAt, ledger_entry_id: row.ledgerEntryId,
  })
}

/** What officers have read for a tender, the first reading first. */
export async function listReadings(db: Database, tenderId: string): Promise<ReadingRow[]> {
  const rows = await db('lottery_readings').where({ tender_id: tenderId }).orderBy([{ column: 'attempt' }, { column: 'read_at' }, { column: 'id' }])
  return rows.map((row) => ({
    id: row.id, tenderId, attempt: row.attempt, accountId: row.account_id, organisationId: row.organisation_id, duty: row.duty,
    issue: row.issue, day: row.drawn_on, numbers: row.numbers, pause: row.pause, readAt: row.read_at, ledgerEntryId: row.ledger_entry_id,
  }))
}
