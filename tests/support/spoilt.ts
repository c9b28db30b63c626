import { normalise } from '#app/http/normalise.ts'

/**
 * What a field takes, so that it can be spoilt: a text of so many signs, a code (number, day, name of a thing) that only few texts
 * are, a choice among given values, a list of such choices, a tick, a password, its repetition, or the name by which somebody signs in.
 */
export type Kind = 'text' | 'code' | 'choice' | 'list' | 'tick' | 'password' | 'again' | 'login'

/** A field with a value that is good, and how people type the same. `late` is what only the verb can know, once all else is right. */
export type FormField = { kind: Kind; good: string; typed?: string; most?: number; optional?: boolean; late?: boolean }

/** Half of a sign beyond the basic plane, as bytes that no encoder of ours would make. */
const HALF = '\uD800'

/** The one way to spoil what only the verb can judge. */
export const LATE = 'what nobody knows'

/** Every way of spoiling: what the field is sent as, or null where this does it no harm. */
export const SPOILINGS: Record<string, (field: FormField) => string | string[] | null> = {
  nothing: ({ optional, kind }) => (optional || kind === 'again' ? null : kind === 'list' || kind === 'tick' ? [] : ''),
  absent: ({ optional }) => (optional ? null : []),
  twice: ({ kind, good }) => (kind === 'list' ? null : [good, good]),
  'too long': ({ kind, most = 0, late }) => (late || kind === 'again' ? null : kind === 'login' || kind === 'password' ? 'x1y2'.repeat(500) : kind === 'text' ? '水'.repeat(most + 1) : '９'.repeat(400)),
  pictures: (field) => (isAnything(field) ? null : `${field.good}😀`),
  'signs of one machine': (field) => (isAnything(field) ? null : `${field.good}\uE000`),
  'half a sign': (field) => (isAnything(field) ? null : `${field.good}${HALF}`),
  'signs that turn the line': (field) => (isAnything(field) ? null : `${field.good}\u202E`),
  'a name that every object has': (field) => (isAnything(field) || field.kind === 'text' ? null : '__proto__'),
  [LATE]: ({ late }) => (late ? '__proto__' : null),
}

/** May anything stand in the field, as far as the form alone can tell? */
function isAnything({ kind, late }: FormField): boolean {
  return late || kind === 'login' || kind === 'password' || kind === 'again'
}

/** A form's body as bytes in a URL's way; lists are sent as the same field again. */
export function bodyOf(fields: Record<string, string | string[]>): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${value.split(HALF).map(encodeURIComponent).join('%ED%A0%80')}`).join('&')
}

/** What a page has to hold of a sent value: the first of a list, as the door made it readable. Half a sign becomes three marks, one for each byte. */
export function shownOf(value: string | string[]): string {
  return normalise([value].flat()[0] ?? '').replaceAll(HALF, '\uFFFD\uFFFD\uFFFD')
}
