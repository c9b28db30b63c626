import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { FileOrder } from './tests/support/file-order.ts'

// The machine's Node may be older than vitest; the one that npm brought is not. So it is run again by that one.
if (Number(process.versions.node.split('.')[0]) < 22) {
  const node = fileURLToPath(new URL('node_modules/.bin/node', import.meta.url))
  const { status } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' })
  process.exit(status ?? 1)
}

/** Only what hangs is cut off: on a busy machine a test may take many times what it takes on a quiet one, and that decides nothing. */
const PATIENCE = { testTimeout: 1_200_000, hookTimeout: 600_000, expect: { poll: { timeout: 60_000 } } }
/** Tests that put something in a module's place need modules of their own; all others share what a worker has loaded, which halves their time. */
export const APART = ['tests/bin/verify-beacon.test.ts', 'tests/bin/verify-crypto.test.ts', 'tests/db/accounts-sessions.test.ts', 'tests/db/drand.test.ts', 'tests/db/guard-api.test.ts', 'tests/db/one-round-of-faults.test.ts', 'tests/routes/one-query.test.ts']
const together = { isolate: false, pool: 'threads' as const, exclude: APART }
const withDatabase = { globalSetup: ['tests/support/cluster.ts'] }
const withTown = { globalSetup: [...withDatabase.globalSetup, 'tests/support/town.ts'] }

/**
 * Remix's plugin must not be loaded here, so this file stands beside vite.config.ts and replaces it.
 * `domain` needs nothing, `db` and `apart` a database a file, `site` a server, `e2e` a browser, `faults` whole processes.
 */
export default defineConfig({
  test: {
    // Sites and journeys wait for clocks some of the time: two cores have work for three, and a fourth only takes turns.
    maxWorkers: 3,
    sequence: { sequencer: FileOrder },
    ...PATIENCE,
    // Whoever runs the tests may have a database of their own in the environment: no test may see it.
    env: { NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: '', DATABASE_OWNER_URL: '', DATA_DIR: '', DEMO: '' },
    reporters: ['default'],
    passWithNoTests: false,
    projects: [
      { extends: true, test: { name: 'domain', include: ['tests/{domain,bin,http,ui}/**/*.test.{ts,tsx}', 'tests/*.test.ts'], ...together } },
      { extends: true, test: { name: 'db', include: ['tests/{db,search,routes}/**/*.test.{ts,tsx}'], ...together, ...withDatabase } },
      { extends: true, test: { name: 'apart', include: APART, ...withDatabase } },
      { extends: true, test: { name: 'site', include: ['tests/site/**/*.test.ts'], ...together, ...withTown } },
      { extends: true, test: { name: 'faults', include: ['tests/faults/**/*.test.ts'], ...withDatabase } },
      // A browser that shares two cores may miss a moment once; what the product does wrong it does twice.
      { extends: true, test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], retry: 1, ...together, ...withTown } },
    ],
  },
})
