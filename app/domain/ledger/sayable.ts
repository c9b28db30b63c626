import type { Json } from './canonical.ts'
import type { StoredEntry } from './entry.ts'

/** What a sentence about an entry may use: its subject, and its facts as texts, those one step down as `draw.winner`. */
export type Sayable = Record<string, string>

/** Lists, nulls and what lies deeper are left out. A fact named `subject` gives way to the entry's own. */
export function sayable({ subject, facts }: Pick<StoredEntry, 'subject' | 'facts'>): Sayable {
  const said: Sayable = {}
  const say = (name: string, value: Json | undefined) => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') said[name] = String(value)
  }
  for (const [name, value] of Object.entries(facts)) {
    say(name, value)
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) for (const [inner, innerValue] of Object.entries(value)) say(`${name}.${inner}`, innerValue)
  }
  return { ...said, subject }
}
