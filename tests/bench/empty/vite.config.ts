import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'
import remixConfig from '../../../remix.config.js'

/** The least that Remix can serve, built beside the product and never a page of it: what a page of ours is measured against. */
export default defineConfig({
  plugins: [
    remix({
      appDirectory: 'tests/bench/empty',
      buildDirectory: 'node_modules/.cache/bench-empty',
      ignoredRouteFiles: ['**/*'],
      future: remixConfig.future,
      routes: (defineRoutes) => defineRoutes((route) => route('/', 'index.tsx', { index: true })),
    }),
  ],
})
