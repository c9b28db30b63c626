import type { Knex } from 'knex'
import type { Listing, ListingDetails, ListingRules, Nature, Stage } from '#app/domain/catalogue/listing.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import { chainOf, prefixOf } from '#app/domain/divisions/division.ts'

export type ListingRow = {
  id: string
  division_code: string
  code: string
  name: string
  aliases: string[]
  category_code: string | null
  nature: Nature
  approval_items: string[]
  stages: Stage[]
  rules: ListingRules
  details: ListingDetails
  in_force_from: Day
  in_force_until: Day | null
  since_version: number
  until_version: number | null
  removed: boolean
}

export type Wanted = { code: string; divisionCode: string; on: Day }

/** What a reader may narrow the list by. `words` are looked for in code, name, aliases and the approval item as worded. */
export type ListingFilters = { words?: string; category?: string; stage?: string; authority?: string; nature?: string; approvalItem?: string }

/** The wording in force on a day: the division's own, else its city's, else its province's. */
export async function findListing(db: Database, wanted: Wanted): Promise<Listing | undefined> {
  const row = await inForce(db, wanted.divisionCode, wanted.on).where('code', wanted.code).orderByRaw('division_code desc').first()
  return row && !row.removed ? toListing(row) : undefined
}

/** The same of some codes at once; a code without a wording in force is left out. */
export async function findListings(db: Database, { codes, divisionCode, on }: Omit<Wanted, 'code'> & { codes: readonly string[] }): Promise<Listing[]> {
  const rows = (await inForce(db, divisionCode, on).whereIn('code', codes).distinctOn('code').select('*').orderBy('code').orderByRaw('division_code desc')) as ListingRow[]
  return rows.filter(({ removed }) => !removed).map(toListing)
}

/** The wording of {@link findListing}, held against retirement until the transaction ends. Publications share the hold; adopting and retiring wait for it. */
export async function lockListing(trx: Knex.Transaction, wanted: Wanted): Promise<Listing | undefined> {
  const row = await inForce(trx, wanted.divisionCode, wanted.on).where('code', wanted.code).orderByRaw('division_code desc').forShare().first()
  return row && !row.removed ? toListing(row) : undefined
}

/** One wording by its own id, in force or not. */
export async function findWording(db: Database, id: string): Promise<Listing | undefined> {
  const row = await db<ListingRow>('listings').where({ id }).first()
  return row && toListing(row)
}

/**
 * The list that holds in a division on a day, ordered by code. Where city and county word the same code, the county's stands.
 *
 * @param after the last code of the page before
 * @returns at most `limit` listings
 */
export async function listListings(
  db: Database,
  { divisionCode, on, filters = {}, after, limit }: { divisionCode: string; on: Day; filters?: ListingFilters; after?: string; limit: number },
): Promise<Listing[]> {
  const standing = inForce(db, divisionCode, on).distinctOn('code').select('*').orderBy('code').orderByRaw('division_code desc')
  const rows = await db<ListingRow>(standing.as('standing'))
    .where('removed', false)
    .modify((query) => narrow(query, filters))
    .modify((query) => after !== undefined && query.where('code', '>', after))
    .orderBy('code')
    .limit(limit)
  return (rows as ListingRow[]).map(toListing)
}

/** Every wording that a code has had in a division or above it, newest first; not those that were replaced before their first day. */
export async function listWordings(db: Database, { code, divisionCode }: Omit<Wanted, 'on'>): Promise<Listing[]> {
  const rows = await db<ListingRow>('listings').where({ code }).whereIn('division_code', chainOf(divisionCode)).whereRaw('in_force_from is distinct from in_force_until').orderBy([{ column: 'in_force_from', order: 'desc' }, { column: 'id' }])
  return rows.map(toListing)
}

/** Every wording of some codes in a division's list, in those above it and those below it; its own and those below are held for change. Ask for the catalogue's lock first. */
export async function lockWordings(trx: Knex.Transaction, { codes, divisionCode }: { codes: readonly string[]; divisionCode: string }): Promise<Listing[]> {
  const ofCodes = () => trx<ListingRow>('listings').whereIn('code', codes).orderBy([{ column: 'code' }, { column: 'division_code' }, { column: 'in_force_from' }, { column: 'id' }])
  const above = await ofCodes().whereIn('division_code', chainOf(divisionCode).slice(1))
  const within = await ofCodes().whereLike('division_code', `${prefixOf(divisionCode)}%`).forUpdate()
  return [...above, ...within].map(toListing)
}

/** The same, only read. */
export async function listWordingsAround(db: Database, { codes, divisionCode }: { codes: readonly string[]; divisionCode: string }): Promise<Listing[]> {
  const rows = await db<ListingRow>('listings').whereIn('code', codes).where((around) => around.whereIn('division_code', chainOf(divisionCode)).orWhereLike('division_code', `${prefixOf(divisionCode)}%`))
  return rows.map(toListing)
}

/** Wordings of new versions, under the catalogue's lock; none is fine. What they stand in place of is ended by {@link saveEnding} first. */
export async function insertListings(trx: Knex.Transaction, listings: readonly Listing[]): Promise<void> {
  if (listings.length) await trx<ListingRow>('listings').insert(listings.map(toRow) as never)
}

/** Ends a wording. Nothing else of a wording ever changes. */
export async function saveEnding(trx: Knex.Transaction, { id, inForceUntil, untilVersion }: Pick<Listing, 'id' | 'inForceUntil' | 'untilVersion'>): Promise<void> {
  await trx<ListingRow>('listings').where({ id }).update({ in_force_until: inForceUntil, until_version: untilVersion })
}

/** `stands` in SQL; the two are walked together by one test. */
function inForce(db: Database, divisionCode: string, on: Day) {
  return db<ListingRow>('listings')
    .whereIn('division_code', chainOf(divisionCode))
    .where('in_force_from', '<=', on)
    .where((ending) => ending.whereNull('in_force_until').orWhere('in_force_until', '>', on))
}

/** Narrows a query over listings; each filter is a condition of its own, so that a screen can count what another choice would find. */
function narrow(query: Knex.QueryBuilder, filters: ListingFilters): void {
  for (const { sql, bindings } of Object.values(conditionsOf(filters))) query.whereRaw(sql, bindings)
}

type SqlCondition = { sql: string; bindings: string[] }

/** The filters as SQL over the columns of `listings`. An absent filter holds for every row. */
export function conditionsOf({ words, category, stage, authority, nature, approvalItem }: ListingFilters): Record<'words' | 'category' | 'stage' | 'authority' | 'nature' | 'approvalItem', SqlCondition> {
  const any = { sql: 'true', bindings: [] }
  const one = (sql: string, value: string | undefined): SqlCondition => (value ? { sql, bindings: [value] } : any)
  return {
    words: conditionOfWords(words?.split(/\s+/).filter(Boolean) ?? []),
    category: one('starts_with(category_code, ?)', category),
    stage: one('? = any (stages)', stage),
    authority: one('approval_items && array(select code from approval_items where authority = ?)', authority),
    nature: one('nature = ?', nature),
    approvalItem: one('? = any (approval_items)', approvalItem),
  }
}

/** Every word must stand somewhere: in the name, the code, an alias, the approval item as worded, or the initials of its kind's pinyin. */
function conditionOfWords(words: readonly string[]): SqlCondition {
  const places = `(name like ? or code like upper(?) or lower(array_to_string(aliases, ' ')) like lower(?) or details ->> 'approvalItem' like ?
    or category_code in (select code from categories where initials like lower(?)))`
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)
  return { sql: ['true', ...words.map(() => places)].join(' and '), bindings: patterns.flatMap((pattern) => Array<string>(5).fill(pattern)) }
}

/** A whole row of `listings`, read here or in a view. `removed` is there only where a lower division does without the service; days stay text. */
export function toListing(row: ListingRow): Listing {
  return {
    id: row.id,
    divisionCode: row.division_code,
    code: row.code,
    name: row.name,
    aliases: row.aliases,
    categoryCode: row.category_code,
    nature: row.nature,
    approvalItems: row.approval_items,
    stages: row.stages,
    rules: row.rules,
    details: row.details,
    inForceFrom: row.in_force_from,
    inForceUntil: row.in_force_until,
    sinceVersion: row.since_version,
    untilVersion: row.until_version,
    ...(row.removed && { removed: true }),
  }
}

function toRow(listing: Listing) {
  return {
    id: listing.id,
    division_code: listing.divisionCode,
    code: listing.code,
    name: listing.name,
    aliases: listing.aliases,
    category_code: listing.categoryCode,
    nature: listing.nature,
    approval_items: listing.approvalItems,
    stages: listing.stages,
    rules: JSON.stringify(listing.rules),
    details: JSON.stringify(listing.details),
    in_force_from: listing.inForceFrom,
    in_force_until: listing.inForceUntil,
    since_version: listing.sinceVersion,
    until_version: listing.untilVersion,
    removed: listing.removed ?? false,
  }
}
