import type { Database } from '#app/domain/context.ts'
import { chainOf, levelOf, parentCodeOf, type Division, type Level } from '#app/domain/divisions/division.ts'

type Row = { code: string; name: string; level: Level; parent_code: string | null }

/** Where the marketplace is open. A demo marketplace counts some periods in seconds, and its pages say so. */
export type Marketplace = { divisionCode: string; divisionName: string; openedOn: string; demo: boolean }

/** By the six digits of GB/T 2260; undefined for a place that nobody has written down here. */
export async function findDivision(db: Database, code: string): Promise<Division | undefined> {
  const row = await db<Row>('divisions').where({ code }).first()
  return row && toDivision(row)
}

/** Which of these codes are divisions. */
export async function listKnownDivisions(db: Database, codes: readonly string[]): Promise<Set<string>> {
  return new Set(await db('divisions').whereIn('code', [...new Set(codes)]).pluck('code'))
}

/** The names of these divisions, by code and in the order of the codes. */
export async function listDivisionNames(db: Database, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await db<Row>('divisions').whereIn('code', [...new Set(codes)]).orderBy('code').select('code', 'name')
  return new Map(rows.map(({ code, name }) => [code, name]))
}

/** The divisions right below one, by code. */
export async function listDivisionsBelow(db: Database, code: string): Promise<Division[]> {
  const rows = await db<Row>('divisions').where({ parent_code: code }).orderBy('code')
  return rows.map(toDivision)
}

/** The marketplace that a division belongs to; without one, the first that was opened here. */
export async function findMarketplace(db: Database, divisionCode?: string): Promise<Marketplace | undefined> {
  const row = await db('marketplaces')
    .join('divisions', 'divisions.code', 'marketplaces.division_code')
    .modify((query) => divisionCode !== undefined && query.whereIn('division_code', chainOf(divisionCode)).orderBy('division_code', 'desc'))
    .orderBy(['opened_on', 'division_code'])
    .first<{ division_code: string; name: string; opened_on: string; demo: boolean } | undefined>('division_code', 'name', 'opened_on', 'demo')
  return row && { divisionCode: row.division_code, divisionName: row.name, openedOn: row.opened_on, demo: row.demo }
}

/** Opens a marketplace. False where one is open in this division already; of two at once one waits for the other. */
export async function insertMarketplace(db: Database, { divisionCode, openedOn, demo }: Omit<Marketplace, 'divisionName'>): Promise<boolean> {
  const opened = await db('marketplaces').insert({ division_code: divisionCode, opened_on: openedOn, demo }).onConflict('division_code').ignore().returning('division_code')
  return opened.length === 1
}

/** Writes divisions that are not there yet and renames those whose name has changed; provinces first. */
export async function saveDivisions(db: Database, named: readonly (readonly [code: string, name: string])[]): Promise<void> {
  const rows = named.map(([code, name]) => ({ code, name, level: levelOf(code), parent_code: parentCodeOf(code) }))
  for (const level of ['province', 'city', 'county'] as const) {
    const ofLevel = rows.filter((row) => row.level === level)
    for (let from = 0; from < ofLevel.length; from += 1000) {
      const query = db<Row>('divisions').insert(ofLevel.slice(from, from + 1000)).onConflict('code').merge(['name'])
      await query.whereRaw('divisions.name is distinct from excluded.name')
    }
  }
}

function toDivision(row: Row): Division {
  return { code: row.code, name: row.name, level: row.level, parentCode: row.parent_code }
}
