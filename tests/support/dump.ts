import type { Knex } from 'knex'

/** A price that somebody sealed, in fen, and the tender for which it was. */
export type Sent = { tender: string; fen: number }
/** Words of an unfinished or a committed score sheet, and the tender for which they were written. */
export type Written = { tender: string; words: string }
type Violation = { check: 'secret'; what: string }

/** A number as it stands in a text: not a piece of a hash, a key or a longer number. */
const NUMBERS = /(?<![0-9A-Za-z+/_-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![0-9A-Za-z+/_-])|(?<![0-9A-Za-z+/_.-])\d{5,}(?:\.\d+)?(?![0-9A-Za-z+/_-])/g

/** What may hide a text: bytes as PostgreSQL prints them, and base64. */
const BYTES = /\\x([0-9a-f]{10,})/g
const BASE64 = /[0-9A-Za-z+/]{16,}={0,2}/g

/** Which of these prices a text names, as fen, as yuan, or as yuan with commas; in bytes and base64 too. */
export function pricesIn(text: string, sent: readonly Sent[]): Sent[] {
  const forms = new Map(sent.flatMap((each) => [String(each.fen), (each.fen / 100).toFixed(2), String(each.fen / 100)].map((form) => [form, each] as const)))
  return readingsOf(text).flatMap((each) => each.match(NUMBERS) ?? []).flatMap((found) => forms.get(found.replaceAll(',', '')) ?? [])
}

/** A text and what hides in it. */
function readingsOf(text: string): string[] {
  const hidden = [...[...text.matchAll(BYTES)].map(([, hex]) => Buffer.from(hex!, 'hex')), ...(text.match(BASE64) ?? []).map((piece) => Buffer.from(piece, 'base64'))]
  return [text, ...hidden.map((bytes) => bytes.toString('latin1'))]
}

/**
 * Dumps every table in one snapshot and looks for prices of tenders that were not opened in it, and for words of score sheets that were not shown.
 *
 * @returns how many prices and words were looked for, and what was found where
 */
export async function searchDump(db: Knex, { sent, written = [] }: { sent: readonly Sent[]; written?: readonly Written[] }): Promise<{ looked: number; violations: Violation[] }> {
  return db.transaction(async (trx) => {
    const opened = new Set(await trx('tender_openings').join('tenders', 'tenders.id', 'tender_openings.tender_id').pluck('number'))
    const secret = sent.filter(({ tender }) => !opened.has(tender))
    const shown = new Set(await trx('sheet_reveals').join('tenders', 'tenders.id', 'sheet_reveals.tender_id').pluck('number'))
    const unshown = written.filter(({ tender }) => !shown.has(tender))
    if (secret.length + unshown.length === 0) return { looked: 0, violations: [] }
    const violations: Violation[] = []
    for await (const { table, text } of tablesOf(trx)) {
      for (const { tender, fen } of pricesIn(text, secret)) violations.push({ check: 'secret', what: `${table} names the price of ${fen} fen of ${tender} before it was opened` })
      const readings = unshown.length ? readingsOf(text) : []
      for (const { tender, words } of unshown) if (readings.some((each) => each.includes(words))) violations.push({ check: 'secret', what: `${table} names the words ${words} of a score sheet of ${tender} before it was shown` })
    }
    return { looked: secret.length + unshown.length, violations }
  }, { isolationLevel: 'repeatable read' })
}

/** Every table there is, by what the database itself says, each with all of its rows as one text. */
export async function* tablesOf(db: Knex): AsyncGenerator<{ table: string; text: string }> {
  const { rows: tables } = await db.raw<{ rows: { name: string }[] }>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`)
  for (const { name } of tables) {
    const { rows } = await db.raw<{ rows: { text: string | null }[] }>(`select string_agg(to_jsonb(row)::text, ' ') as text from ${name} row`)
    yield { table: name, text: rows[0]!.text ?? '' }
  }
}
