import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { logVerifier, parseCheckpoint, readNote, signersOf, type Checkpoint } from '#app/domain/ledger/note.ts'
import { logOrigin, signingKey, type Keyring } from '#app/domain/ledger/keyring.ts'
import type { Sent, Story } from './bidding.ts'
import type { Violation } from './checks.ts'

/** Reads the checkpoint that is given out, again and again, as a witness does. A note that our key did not sign is kept as a violation. */
export function watchLedger(addresses: readonly string[], keyring: Keyring): { seen: Checkpoint[]; violations: Violation[]; stop: () => Promise<void> } {
  const seen: Checkpoint[] = []
  const violations: Violation[] = []
  const verifier = logVerifier(logOrigin(keyring), signingKey(keyring, 'checkpoint').publicKey)
  let stopped = false
  const watching = (async () => {
    for (let turn = 0; !stopped; turn++, await sleep(150)) {
      const text = await fetch(`${addresses[turn % addresses.length]}/ledger/checkpoint`, { signal: AbortSignal.timeout(2_000) }).then(async (answer) => (answer.ok ? answer.text() : null), () => null)
      if (text === null || stopped) continue
      const note = readNote(text)
      const checkpoint = parseCheckpoint(note.text)
      if (signersOf(note, [verifier]).length === 0) violations.push({ check: 'ledger', what: `a checkpoint over ${checkpoint.size} entries was given out unsigned` })
      if (checkpoint.size !== seen.at(-1)?.size || !checkpoint.root.equals(seen.at(-1)!.root)) seen.push(checkpoint)
    }
  })()
  return { seen, violations, stop: async () => void ((stopped = true), await watching) }
}

/** A number as it stands in a text: not a piece of a hash, a key or a longer number. */
const NUMBERS = /(?<![0-9A-Za-z+/_-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![0-9A-Za-z+/_-])|(?<![0-9A-Za-z+/_.-])\d{5,}(?:\.\d+)?(?![0-9A-Za-z+/_-])/g

/** What may hide a text: bytes as PostgreSQL prints them, and base64. */
const BYTES = /\\x([0-9a-f]{10,})/g
const BASE64 = /[0-9A-Za-z+/]{16,}={0,2}/g

/** Which of these prices a text names, as fen, as yuan, or as yuan with commas; in bytes and base64 too. */
export function pricesIn(text: string, sent: readonly Sent[]): Sent[] {
  const forms = new Map(sent.flatMap((each) => [String(each.fen), (each.fen / 100).toFixed(2), String(each.fen / 100)].map((form) => [form, each] as const)))
  const hidden = [...[...text.matchAll(BYTES)].map(([, hex]) => Buffer.from(hex!, 'hex')), ...(text.match(BASE64) ?? []).map((piece) => Buffer.from(piece, 'base64'))].map((bytes) => bytes.toString('latin1'))
  return [text, ...hidden].flatMap((each) => each.match(NUMBERS) ?? []).flatMap((found) => forms.get(found.replaceAll(',', '')) ?? [])
}

/**
 * Dumps every table in one snapshot and looks for prices of tenders that were not opened in it.
 *
 * @returns how many prices were looked for, and what was found where
 */
export async function searchDump(db: Knex, story: Pick<Story, 'sent'>): Promise<{ looked: number; violations: Violation[] }> {
  return db.transaction(async (trx) => {
    const opened = new Set(await trx('tender_openings').join('tenders', 'tenders.id', 'tender_openings.tender_id').pluck('number'))
    const secret = story.sent.filter(({ tender }) => !opened.has(tender))
    if (secret.length === 0) return { looked: 0, violations: [] }
    const { rows: tables } = await trx.raw<{ rows: { name: string }[] }>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`)
    const violations: Violation[] = []
    for (const { name } of tables) {
      const { rows } = await trx.raw<{ rows: { text: string | null }[] }>(`select string_agg(to_jsonb(row)::text, ' ') as text from ${name} row`)
      for (const { tender, fen } of pricesIn(rows[0]!.text ?? '', secret)) violations.push({ check: 'secret', what: `${name} names the price of ${fen} fen of ${tender} before it was opened` })
    }
    return { looked: secret.length, violations }
  }, { isolationLevel: 'repeatable read' })
}
