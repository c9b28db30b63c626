import type { Fault } from './findings.ts'
import type { Sentences } from './sentences.ts'

/**
 * The first name that some object of a JSON text holds twice. Programs differ over which of the two counts, so such a file
 * could show one winner and prove another. `__proto__` counts as held already: some programs drop it unseen.
 *
 * @param text JSON that parses
 */
export function repeatedName(text: string): string | undefined {
  const open: (Set<string> | null)[] = []
  for (const [sign, string, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (sign === '{') open.push(new Set(['__proto__']))
    else if (sign === '[') open.push(null)
    else if (sign === '}' || sign === ']') open.pop()
    else if (string && colon) {
      const name = JSON.parse(string) as string
      const names = open.at(-1)
      if (names?.has(name)) return name
      names?.add(name)
    }
  }
  return undefined
}

/** What a JSON text holds, or the fault that makes it no text to check. */
export function parseStrictly(text: string, say: Sentences): { value?: unknown; fault?: Fault } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { fault: { field: '', wrong: say.json.none((error as Error).message) } }
  }
  const twice = repeatedName(text)
  return twice === undefined ? { value } : { fault: { field: `/${twice}`, wrong: say.json.twice } }
}
