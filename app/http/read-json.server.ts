import { saidTwice } from './said-twice.ts'
import { normalise } from './normalise.ts'

/** Why a body was not read: the status, and the code of the sentence that explains it. */
export type Unreadable = { status: 400 | 413 | 415; code: `${'guard' | 'api'}.${string}`; pointer?: string }
type Plain = null | boolean | number | string | Plain[] | { [name: string]: Plain }
export type JsonObject = { [name: string]: Plain }

const MOST_BYTES = 1024 * 1024
const DEEPEST = 24
const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** Reads one JSON object; its texts are normalised as a form's are, so that no control sign reaches a rule or the database. */
export async function readJson(request: Request): Promise<{ body: JsonObject } | { unreadable: Unreadable }> {
  if (!/^application\/json(\s*;|$)/i.test(request.headers.get('content-type') ?? '')) return { unreadable: { status: 415, code: 'guard.not-json' } }
  const bytes = await request.bytes()
  if (bytes.byteLength > MOST_BYTES) return { unreadable: { status: 413, code: 'guard.too-large' } }
  let [text, read] = ['', null as Plain]
  try {
    text = UTF8.decode(bytes)
    read = JSON.parse(text) as Plain
  } catch {
    return { unreadable: { status: 400, code: 'guard.malformed-json' } }
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return { unreadable: { status: 400, code: 'guard.not-an-object' } }
  const pointer = saidTwice(text)
  if (pointer !== null) return { unreadable: { status: 400, code: 'api.name-twice', pointer: pointer.toWellFormed() } }
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

/** Half of a surrogate pair is no character: UTF-8 cannot hold it, nor can canonical JSON. A name is no text: one that only looks like a field's stays unknown. */
function cleaned(value: Plain, depth: number): Plain {
  if (typeof value === 'string') return normalise(value.toWellFormed())
  if (typeof value === 'number' && !Number.isFinite(value)) throw TOO_GREAT
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEEPEST) throw TOO_DEEP
  if (Array.isArray(value)) return value.map((inner) => cleaned(inner, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toWellFormed(), cleaned(inner, depth + 1)]))
}
