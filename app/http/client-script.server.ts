import { existsSync, readFileSync } from 'node:fs'
import { theConfig } from '#app/config.server.ts'

/** Remix moves Vite's manifest of the browser's files here (vite.config.ts asks to keep it). */
const MANIFEST = new URL('../../build/.vite/client-manifest.json', import.meta.url)

let built: Record<string, { file: string } | undefined> | undefined

/**
 * The address of a small script of the browser; in development Vite serves the source itself.
 *
 * @param source its path from the root, as `vite.config.ts` lists it
 * @returns null where the build has no such script: the page then goes without
 */
export function clientScript(source: string): string | null {
  if (theConfig().environment === 'development') return `/${source}`
  built ??= existsSync(MANIFEST) ? (JSON.parse(readFileSync(MANIFEST, 'utf8')) as typeof built) : {}
  const file = built?.[source]?.file
  return file ? `/${file}` : null
}
