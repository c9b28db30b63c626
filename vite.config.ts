import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { denyImports } from 'vite-env-only'
import remixConfig from './remix.config.js'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

/**
 * Everything below the pages is run by Node from its source, so that the server's entrance and the pages
 * share one module, one pool and one `Refusal` (docs/decisions/002).
 */
const BELOW_THE_PAGES = [/^#(db|search)\//, /^#app\/(domain|http|config|words|paths)/]

/** What the browser may never bundle. Only the build bundles; in development Remix reads server files through the same door to find their styles. */
const SERVER_ONLY = { files: ['db/**', 'search/**', '**/*.server.ts'], specifiers: ['knex', 'pg', /^node:/] }

/** The small scripts of pages without the runtime; `clientScript` finds what the build named them. */
const CLIENT_SCRIPTS = ['app/client/live-auction.ts', 'app/client/seal-bid.ts', 'app/client/opening-key.ts', 'app/client/release-shares.ts', 'app/client/suggest.ts', 'app/client/witness.ts', 'app/client/verify-zh.ts', 'app/client/verify-en.ts', 'app/client/verify-prices.ts', 'app/client/verify-auction.ts', 'app/client/verify-shortlist.ts', 'app/client/verify-merit.ts', 'app/client/verify-direct.ts', 'app/client/verify-receipt.ts', 'app/client/verify-consistency.ts', 'app/client/verify-witnesses.ts', 'app/client/verify-outside-zh.ts', 'app/client/verify-outside-en.ts']

export default defineConfig(({ isSsrBuild, command }) => ({
  plugins: [tailwindcss(), command === 'build' && denyImports({ client: SERVER_ONLY }), remix(remixConfig)],
  build: {
    manifest: true,
    rollupOptions: isSsrBuild ? { external: BELOW_THE_PAGES } : { input: CLIENT_SCRIPTS },
  },
}))
