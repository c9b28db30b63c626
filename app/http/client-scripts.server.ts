import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { theConfig } from '#app/config.server.ts'

type Manifest = Record<string, { file: string }>

/** Remix moves Vite's manifest here. */
const MANIFEST = new URL('../../build/.vite/client-manifest.json', import.meta.url)

let manifest: Manifest | undefined

/**
 * The address of a small browser script for a page without the runtime. In development Vite serves the source itself.
 *
 * @param source below the checkout, as vite.config.ts names it
 */
export function clientScript(source: string): string {
  if (theConfig().environment === 'development') return `/${source}`
  manifest ??= JSON.parse(readFileSync(fileURLToPath(MANIFEST), 'utf8')) as Manifest
  return `/${manifest[source]!.file}`
}
