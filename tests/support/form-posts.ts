import { test as base } from './world.ts'
import type { FormRow } from './form-row.ts'
import { formsOf } from './form-table.ts'
import { rawRequest, type RawAnswer } from './raw-request.ts'
import type { Site } from './site.ts'
import { bodyOf } from './spoilt.ts'

export type Sent = Record<string, string | string[]>
type Options = { language?: 'zh' | 'en'; cookie?: string; path?: string }

/** The product with its people and every form filled in. */
export const test = base.extend('forms', { scope: 'file' }, ({ site, world }) => formsOf(site, world))

/** What every request may write: who was there, how often somebody tried, what was kept of a form. */
const TRACES = ['service_spells', 'sessions', 'rate_limits', 'kept_forms', 'registration_drafts']

export function goodOf({ fields }: FormRow): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, { good }]) => [name, good]))
}

/** The same as people type it, with their blanks and wide digits. */
export function typedOf({ fields }: FormRow): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, { good, typed }]) => [name, typed ?? good]))
}

/** Sends a form as a browser without scripts does. */
export function post(site: Site, row: FormRow, sent: Sent, { language = 'zh', cookie = row.cookie ?? '', path = row.path }: Options = {}): Promise<RawAnswer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', 'accept-language': language, origin: site.address, 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }) }
  return rawRequest(site.address, { method: 'POST', path, headers, body: bodyOf(sent) })
}

/** How many rows each table has, traces left out. */
export async function rowsOf({ database }: Site): Promise<Record<string, number>> {
  const tables: { tablename: string }[] = await database.owner('pg_tables').where({ schemaname: 'public' }).whereNotIn('tablename', TRACES).select('tablename')
  const { rows } = await database.owner.raw(tables.map(({ tablename }) => `select '${tablename}' as name, count(*)::int as count from "${tablename}"`).join(' union all '))
  return Object.fromEntries((rows as { name: string; count: number }[]).map(({ name, count }) => [name, count]))
}

/** How many rows one table has; none if none is named. */
export async function rowsIn({ database }: Site, table: string | undefined): Promise<number> {
  return table ? Number((await database.owner(table).count().first())!.count) : 0
}

/** A few at a time, as people come. */
export async function each<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all]
  await Promise.all(Array.from({ length: 6 }, async () => { for (let one = waiting.shift(); one; one = waiting.shift()) await work(one) }))
}
