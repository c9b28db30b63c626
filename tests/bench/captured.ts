import { randomBytes, randomUUID } from 'node:crypto'
import type { Knex } from 'knex'

/** One statement as the product sent it. */
export type Statement = { sql: string; values: unknown[] }

type Encoded = null | number | boolean | string | { bytes: string } | { instant: string } | { list: unknown[] }

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const LONGEST_KEY = 200

/** Records every statement that a pool sends while `work` runs. */
export async function statementsOf(db: Knex, work: () => Promise<unknown>): Promise<Statement[]> {
  const seen: Statement[] = []
  const listen = ({ sql, bindings }: { sql: string; bindings?: unknown[] }) => void seen.push({ sql: positional(sql), values: bindings ?? [] })
  db.on('query', listen)
  try {
    await work()
  } finally {
    db.off('query', listen)
  }
  return seen
}

/** Uuids and hashes that only this capture holds: each request must have its own. Those that stand in both are rows that were there before. */
export function freshOf(statements: readonly Statement[], again: readonly Statement[]): string[] {
  const keys = (list: readonly Statement[]) => new Set(list.flatMap(({ values }) => values.flatMap(keysIn)))
  const others = keys(again)
  return [...keys(statements)].filter((key) => !others.has(key))
}

export function keysIn(value: unknown): string[] {
  if (Buffer.isBuffer(value)) return [value.toString('hex')]
  return typeof value === 'string' && value.length <= LONGEST_KEY ? (value.match(UUID) ?? []) : []
}

/** Makes the same values with new uuids and hashes for the fresh ones. Long documents are sent as they were. */
export function renewer(statements: readonly Statement[], fresh: readonly string[]): () => Statement[] {
  const isFresh = new Set(fresh)
  const constant = statements.map(({ values }) => values.map((value) => !keysIn(value).some((key) => isFresh.has(key))))
  return () => {
    const now = new Map(fresh.map((key) => [key, key.includes('-') ? randomUUID() : randomBytes(key.length / 2).toString('hex')]))
    const renew = (value: unknown) => (Buffer.isBuffer(value) ? Buffer.from(now.get(value.toString('hex'))!, 'hex') : (value as string).replace(UUID, (uuid) => now.get(uuid) ?? uuid))
    return statements.map(({ sql, values }, at) => ({ sql, values: values.map((value, place) => (constant[at]![place] ? value : renew(value))) }))
  }
}

export function encode(statements: readonly Statement[]): string {
  const one = (value: unknown): Encoded => {
    if (Buffer.isBuffer(value)) return { bytes: value.toString('base64') }
    if (value instanceof Date) return { instant: value.toISOString() }
    if (Array.isArray(value)) return { list: value }
    return (value ?? null) as Encoded
  }
  return JSON.stringify(statements.map(({ sql, values }) => ({ sql, values: values.map(one) })))
}

export function decode(text: string): Statement[] {
  const one = (value: Encoded) => {
    if (value === null || typeof value !== 'object') return value
    if ('bytes' in value) return Buffer.from(value.bytes, 'base64')
    if ('instant' in value) return new Date(value.instant)
    return value.list
  }
  return (JSON.parse(text) as { sql: string; values: Encoded[] }[]).map(({ sql, values }) => ({ sql, values: values.map(one) }))
}

/** Knex tells its own question marks where PostgreSQL is sent numbered ones. */
function positional(sql: string): string {
  let number = 0
  return sql.replace(/\\\?|\?/g, (sign) => (sign === '?' ? `$${(number += 1)}` : '?'))
}

/** One of several, by chance. */
export function anyOf<T>(several: readonly T[]): T {
  return several[Math.floor(Math.random() * several.length)]!
}
