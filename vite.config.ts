import { readdirSync } from 'node:fs'
import path from 'node:path'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin, type Rollup } from 'vite'
import { denyImports } from 'vite-env-only'
import remixConfig from './remix.config.js'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

/**
 * The server's build holds the pages and all below them, and beside the pages, in a file of its own, what the server's
 * entrance takes of the house: both share one module, one pool and one `Refusal` (docs/decisions/066).
 */
const house: Plugin = {
  name: 'house',
  apply: (_config, { command, isSsrBuild }) => command === 'build' && Boolean(isSsrBuild),
  buildStart() {
    this.emitFile({ type: 'chunk', id: 'app/http/edge.server.ts', fileName: 'edge.js', preserveSignature: 'strict' })
  },
  /** What a module says of its own place stays true in a bundle. */
  resolveImportMeta(property, { moduleId, chunkId }) {
    if (property !== 'url') return null
    const place = path.posix.relative(path.posix.dirname(path.posix.join('build/server', chunkId)), path.relative(import.meta.dirname, moduleId))
    return `new URL(${JSON.stringify(place)}, import.meta.url).href`
  },
}

/** What the browser may never bundle. Only the build bundles; in development Remix reads server files through the same door to find their styles. */
const SERVER_ONLY = { files: ['db/**', 'search/**', '**/*.server.ts'], specifiers: ['knex', 'pg', /^node:/] }

/** The small scripts of pages without the runtime; `clientScript` finds what the build named them. */
const CLIENT_SCRIPTS = ['app/client/live-auction.ts', 'app/client/seal-bid.ts', 'app/client/opening-key.ts', 'app/client/release-shares.ts', 'app/client/suggest.ts', 'app/client/witness.ts', ...readdirSync('app/client').filter((name) => /^verify-(.+-)?(zh|en)\.ts$|^verify-library\.ts$/.test(name)).map((name) => `app/client/${name}`)]

/**
 * What every page that verifies loads is one file: pieces by which parts share what would weigh more than the parts
 * (tests/site/verifier-sizes.test.ts).
 */
function inOneFile(id: string, { getModuleInfo }: Rollup.ManualChunkMeta): string | undefined {
  const [seen, waiting] = [new Set<string>(), [id]]
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    if (seen.has(module)) continue
    seen.add(module)
    waiting.push(...(getModuleInfo(module)?.importers ?? []))
  }
  return id.endsWith('/bin/verify/periods.ts') || ['zh', 'en'].every((locale) => [...seen].some((module) => module.endsWith(`/app/client/verify-${locale}.ts`))) ? 'verifier' : undefined
}

/** What few browsers or few files need has copies of the modules of hashes of its own, so that those of all pages stay small. */
const APART = /\/bin\/verify\/library\.ts$|@noble\/(curves|ed25519)\/|\?apart$/

const apart: Plugin = {
  name: 'apart',
  enforce: 'pre',
  apply: 'build',
  async resolveId(source, importer) {
    if (!importer || !APART.test(importer)) return null
    const found = await this.resolve(source, importer.replace('?apart', ''), { skipSelf: true })
    return found?.id.includes('@noble/hashes') ? `${found.id}?apart` : found
  },
}

export default defineConfig(({ isSsrBuild, command }) => ({
  plugins: [tailwindcss(), apart, command === 'build' && denyImports({ client: SERVER_ONLY }), remix(remixConfig), house],
  // Every browser that the build is for has fields of classes; without this each becomes a call.
  esbuild: { supported: { 'class-field': true } },
  build: {
    manifest: true,
    rollupOptions: isSsrBuild ? {} : { input: CLIENT_SCRIPTS, output: { manualChunks: inOneFile } },
  },
}))
