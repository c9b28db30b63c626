import { normalise } from './normalise.ts'

/** Why a body was not read: the status, and the code of the sentence that explains it. */
export type Unreadable = { status: 400 | 413 | 415; code: `guard.${string}` }
type Plain = null | boolean | number | string | Plain[] | { [name: string]: Plain }
export type JsonObject = { [name: string]: Plain }

const MOST_BYTES = 1024 * 1024
const DEEPEST = 24

/** Reads one JSON object; its texts are normalised as a form's are, so that no control sign reaches a rule or the database. */
export async function readJson(request: Request): Promise<{ body: JsonObject } | { unreadable: Unreadable }> {
  if (!/^application\/json(\s*;|$)/i.test(request.headers.get('content-type') ?? '')) return { unreadable: { status: 415, code: 'guard.not-json' } }
  const bytes = Buffer.from(await request.arrayBuffer())
  if (bytes.byteLength > MOST_BYTES) return { unreadable: { status: 413, code: 'guard.too-large' } }
  let read: Plain
  try {
    read = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Plain
  } catch {
    return { unreadable: { status: 400, code: 'guard.malformed-json' } }
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return { unreadable: { status: 400, code: 'guard.not-an-object' } }
  try {
    return { body: cleaned(read, 0) as JsonObject }
  } catch (error) {
    if (error === TOO_DEEP) return { unreadable: { status: 400, code: 'guard.json-too-deep' } }
    if (error === TOO_GREAT) return { unreadable: { status: 400, code: 'guard.malformed-json' } }
    throw error
  }
}

const TOO_DEEP = new Error('The JSON is nested too deeply.')
/** `1e999` is a number to the grammar and none to a program: canonical JSON cannot say it. */
const TOO_GREAT = new Error('The JSON holds a number beyond all numbers.')

function cleaned(value: Plain, depth: number): Plain {
  if (typeof value === 'string') return normalise(wellFormed(value))
  if (typeof value === 'number' && !Number.isFinite(value)) throw TOO_GREAT
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEEPEST) throw TOO_DEEP
  const entries = Object.entries(value).map(([name, inner]) => [normalise(wellFormed(name)), cleaned(inner, depth + 1)] as const)
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)
}

/** Half of a surrogate pair is no character: UTF-8 cannot hold it, nor can canonical JSON. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}
