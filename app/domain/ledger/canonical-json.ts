/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** A text that stands between quotes as it is: no sign of it is escaped, and none is half of a pair. */
const PLAIN = /^[ !\x23-\x5b\x5d-\ud7ff\ue000-\uffff]*$/

/**
 * Writes a value as canonical JSON (RFC 8785): one value, one text, so that it can be hashed and signed. Names stand in the order of
 * their UTF-16 units; numbers and texts are spelled as ECMAScript spells them; what JSON cannot say is left out of objects.
 *
 * @throws when the value is not JSON at all: `undefined`, a number that is not finite, half a surrogate pair
 */
export function canonical(value: unknown): string {
  const text = written(value)
  if (text === undefined) throw new TypeError('Only JSON has a canonical form.')
  return text
}

function written(value: unknown): string | undefined {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('JSON has no such number.')
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => written(item) ?? 'null').join(',')}]`
  if ('toJSON' in value && typeof value.toJSON === 'function') return written(value.toJSON())
  let members = ''
  for (const name of Object.keys(value).sort()) {
    const said = written((value as Record<string, unknown>)[name])
    if (said !== undefined) members += `${members && ','}${quoted(name)}:${said}`
  }
  return `{${members}}`
}

function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  if (!text.isWellFormed()) throw new TypeError('Half a surrogate pair is no text.')
  return JSON.stringify(text)
}
