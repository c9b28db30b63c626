import type { Knex } from 'knex'
import type { CatalogueVersion } from '#app/domain/catalogue/catalogue.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import { chainOf } from '#app/domain/divisions/division.ts'

type Row = { division_code: string; number: number; effective_on: Day; note: string; adopted_at: Date; adopted_by: string | null; ledger_entry_id: string; follows_division: string | null; follows_number: number | null }

/** How many versions each list of a division's chain has, nearest first. Any change to any of them changes this. */
export async function versionMarks(db: Database, divisionCode: string): Promise<{ divisionCode: string; number: number }[]> {
  const rows = await db<Row>('catalogue_versions').whereIn('division_code', chainOf(divisionCode)).groupBy('division_code').orderBy('division_code', 'desc').select('division_code').max({ number: 'number' })
  return (rows as { division_code: string; number: number }[]).map((row) => ({ divisionCode: row.division_code, number: row.number }))
}

/** The number of the version that holds on a day in the nearest list of the chain; 0 where there was no list yet. */
export async function versionOn(db: Database, divisionCode: string, on: Day): Promise<number> {
  const row = await db<Row>('catalogue_versions')
    .whereIn('division_code', chainOf(divisionCode))
    .where('effective_on', '<=', on)
    .orderBy([{ column: 'division_code', order: 'desc' }, { column: 'number', order: 'desc' }])
    .first('number')
  return row?.number ?? 0
}

/** Every version of one division's list, newest first, with how many wordings began and ended with it. */
export async function listVersions(db: Database, divisionCode: string, limit = 1000): Promise<(CatalogueVersion & { begun: number; ended: number; followsName: string | null })[]> {
  const rows = await db<Row>('catalogue_versions as version')
    .where('version.division_code', divisionCode)
    .orderBy('number', 'desc')
    .limit(limit)
    .select('version.*')
    .select({
      followsName: db('divisions').select('name').whereRaw('divisions.code = version.follows_division'),
      begun: db('listings').count().whereRaw('listings.division_code = version.division_code and since_version = version.number'),
      ended: db('listings').count().whereRaw('listings.division_code = version.division_code and until_version = version.number'),
    })
  return (rows as (Row & { begun: number; ended: number; followsName: string | null })[]).map((row) => ({ ...toVersion(row), begun: row.begun, ended: row.ended, followsName: row.followsName }))
}

/**
 * Takes the one pen with which a division's list is written, until the transaction ends. Who writes a list also writes those below
 * it, and reads those above: so the pens above are shared, and whoever holds one whole has those below to itself.
 *
 * @returns the number that the next version will carry
 */
export async function lockCatalogue(trx: Knex.Transaction, divisionCode: string): Promise<number> {
  for (const above of chainOf(divisionCode).slice(1).reverse()) await trx.raw(`select pg_advisory_xact_lock_shared(hashtextextended('catalogue:' || ?, 0))`, [above])
  await trx.raw(`select pg_advisory_xact_lock(hashtextextended('catalogue:' || ?, 0))`, [divisionCode])
  return (await nextVersions(trx, [divisionCode])).get(divisionCode)!
}

/** The numbers that the next versions of some lists will carry, by division. */
export async function nextVersions(db: Database, divisionCodes: readonly string[]): Promise<Map<string, number>> {
  const rows = (await db<Row>('catalogue_versions').whereIn('division_code', divisionCodes).groupBy('division_code').select('division_code').max({ number: 'number' })) as { division_code: string; number: number }[]
  return new Map(divisionCodes.map((code) => [code, (rows.find((row) => row.division_code === code)?.number ?? 0) + 1]))
}

/** After {@link lockCatalogue}, which gave the number; its key refuses one twice. `follows` is null where nobody above made it necessary, `adoptedBy` where no person adopted it. */
export async function insertVersion(trx: Knex.Transaction, version: CatalogueVersion): Promise<void> {
  await trx<Row>('catalogue_versions').insert({
    division_code: version.divisionCode,
    number: version.number,
    effective_on: version.effectiveOn,
    note: version.note,
    adopted_at: version.adoptedAt,
    adopted_by: version.adoptedBy,
    ledger_entry_id: version.ledgerEntryId,
    follows_division: version.follows?.divisionCode ?? null,
    follows_number: version.follows?.number ?? null,
  })
}

function toVersion(row: Row): CatalogueVersion {
  return {
    divisionCode: row.division_code,
    number: row.number,
    effectiveOn: row.effective_on,
    note: row.note,
    adoptedAt: row.adopted_at,
    adoptedBy: row.adopted_by,
    ledgerEntryId: row.ledger_entry_id,
    follows: row.follows_division === null ? null : { divisionCode: row.follows_division, number: row.follows_number! },
  }
}

/** Has a proposal been adopted in this division, so that its list changes by proposals alone? */
export async function hasAdoptedProposal(trx: Knex.Transaction, divisionCode: string): Promise<boolean> {
  return (await trx('list_adoptions').where({ division_code: divisionCode }).first('proposal_id')) !== undefined
}
