import fs from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/**
 * Reads published vectors that lie beside the checkout and are not ours to copy.
 *
 * @param file e.g. `merkle-rfc6962/roots.json`; JSON is parsed, anything else is answered as text
 * @returns null, after saying so loudly, where the folder is absent: then the test skips
 */
export function sharedData<T = unknown>(file: string): T | null {
  const text = sharedText(file)
  return text === null ? null : (JSON.parse(text) as T)
}

export function sharedText(file: string): string | null {
  const place = FOLDER + file
  if (fs.existsSync(place)) return fs.readFileSync(place, 'utf8')
  console.warn(`SKIPPED: the published vectors ${file} are not here. Expected at ${place}`)
  return null
}
