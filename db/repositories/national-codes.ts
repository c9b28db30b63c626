import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import { chainOf } from '#app/domain/divisions/division.ts'
import type { CodeKind } from '#app/domain/exchange/national-code.ts'

type Key = { divisionCode: string; kind: CodeKind; key: string }

/** The code that holds in a division: the nearest that is named, and of one place the last. Null where none is, or it was taken back. */
export async function findNationalCode(db: Database, { divisionCode, kind, key }: Key): Promise<string | null> {
  const row = await db('national_codes')
    .whereIn('division_code', chainOf(divisionCode))
    .where({ kind, key })
    .orderBy([{ column: 'division_code', order: 'desc' }, { column: 'ordinal', order: 'desc' }])
    .first<{ code: string } | undefined>('code')
  return row?.code || null
}

export type NamedCode = { kind: CodeKind; key: string; name: string; code: string; namedAt: Date }

/** Every code that holds in a division, with the name of what has it. */
export async function listNationalCodes(db: Database, divisionCode: string): Promise<NamedCode[]> {
  const latest = db('national_codes').distinctOn('kind', 'key').whereIn('division_code', chainOf(divisionCode)).orderBy(['kind', 'key', { column: 'division_code', order: 'desc' }, { column: 'ordinal', order: 'desc' }]).as('named')
  return db
    .from(latest)
    .whereNot('named.code', '')
    .orderBy(['named.kind', 'named.key'])
    .select({ kind: 'named.kind', key: 'named.key', code: 'named.code', namedAt: 'named.named_at' })
    .select(db.raw(`coalesce(case when named.kind = 'item' then (select item.name from approval_items item where item.code = named.key) else (select listings.name from listings where listings.code = named.key order by listings.in_force_from desc limit 1) end, named.key) as name`))
}

/** One row more; an empty code takes the last one back. */
export async function insertNationalCode(trx: Knex.Transaction, { divisionCode, kind, key, code, at, by }: Key & { code: string; at: Date; by: string | null }): Promise<void> {
  await trx('national_codes').insert({ division_code: divisionCode, kind, key, code, named_at: at, named_by: by })
}

/**
 * In SQL: the approval item that the named codes mean in a place. A code counts where it is the one that {@link findNationalCode} finds for
 * its item; one that two items have means neither. Read by the index of codes.
 *
 * @param codes and `chain` SQL of text arrays
 */
export function itemOfNationalCode(codes: string, chain: string): string {
  return `(select case when count(distinct named.key) = 1 then min(named.key) end from ${itemsOfNationalCode(codes, chain)})`
}

/** In SQL: the rows `named` whose item has one of the codes in a place, as {@link itemOfNationalCode} counts them. */
export function itemsOfNationalCode(codes: string, chain: string): string {
  return `national_codes named
    where named.kind = 'item' and named.code = any (${codes}) and named.division_code = any (${chain})
      and not exists (select from national_codes nearer where nearer.kind = 'item' and nearer.key = named.key and nearer.division_code = any (${chain})
        and (nearer.division_code, nearer.ordinal) > (named.division_code, named.ordinal))`
}

/** In SQL: the code that holds for a key in a division, as {@link findNationalCode} finds it. */
export function nationalCodeOf(kind: CodeKind, key: string, division: string): string {
  return `(select nullif(named.code, '') from national_codes named
    where named.kind = '${kind}' and named.key = ${key} and named.division_code in (${division}, left(${division}, 4) || '00', left(${division}, 2) || '0000')
    order by named.division_code desc, named.ordinal desc limit 1)`
}
