const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/g

/** One level of the text: the names that an object has had, or the place in a list. */
type Level = { names: Set<string>; name: string; awaitsName: boolean } | { place: number }

/**
 * Where a JSON text says a name of an object for the second time, as a JSON pointer; null where it never does. `JSON.parse` takes the
 * last one silently, and two programs that each take another have read two documents.
 *
 * @param text what `JSON.parse` has read without a fault; read once, from left to right
 */
export function saidTwice(text: string): string | null {
  const levels: Level[] = []
  for (const [token] of text.matchAll(TOKEN)) {
    const level = levels.at(-1)
    if (token === '{') levels.push({ names: new Set(), name: '', awaitsName: true })
    else if (token === '[') levels.push({ place: 0 })
    else if (token === '}' || token === ']') levels.pop()
    else if (token === ',') {
      if (level && 'place' in level) level.place += 1
      else if (level) level.awaitsName = true
    } else if (level && 'names' in level && level.awaitsName) {
      level.name = JSON.parse(token) as string
      level.awaitsName = false
      if (level.names.has(level.name)) return levels.map(stepOf).join('')
      level.names.add(level.name)
    }
  }
  return null
}

function stepOf(level: Level): string {
  return `/${'place' in level ? level.place : level.name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
