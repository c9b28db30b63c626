import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { buildIfStale } from '../../bin/build-if-stale.ts'
import { paths } from '#app/paths.ts'
import { kilobytes, SCRIPT_LIMITS, weighPage, weighRuntime, type PageWeight } from '#tests/support/page-weight.ts'
import { measureBids } from './bids.ts'
import { measureExchange } from './exchange.ts'
import { measureDraws } from './draws.ts'
import { layGround } from './ground.ts'
import { readyGuard } from './guard.ts'
import { measureInTurns } from './pairs.ts'
import { measureSearch } from './search.ts'
import { serve, type Served } from './served.ts'
import { print, type Weight } from './table.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const began = Date.now()
const say = (line: string) => console.log(line)

await buildIfStale({ onStart: () => say('Building the pages …') })
buildEmptyPage()
const ground = await layGround()
const servers: Served[] = []
try {
  const env = { DATABASE_URL: ground.url, DATA_DIR: ground.dataDir, KEYRING: ground.keyring, DEMO: 'true' }
  const start = async (...args: Parameters<typeof serve>) => {
    const served = await serve(...args)
    servers.push(served)
    return served
  }
  const guard = await readyGuard(ground, env)
  const product = await start('product', 'app/server.ts', { env, ready: '/readyz' })
  const empty = await start('empty page', 'tests/bench/empty/server.ts')
  const bare = await start('bare guard', 'tests/bench/bare-guard.ts', { env, args: [guard.scriptFile] })
  const barePrepared = await start('bare guard, prepared', 'tests/bench/bare-guard.ts', { env, args: [guard.scriptFile, 'prepared'] })

  say('Measuring pages …')
  const pages = await measureInTurns(
    [
      { name: 'empty Remix page', served: empty, path: '/' },
      { name: 'list page', served: product, path: paths.catalogue() },
      { name: 'home page', served: product, path: paths.home() },
    ],
    { rounds: 3, seconds: 4 },
  )
  say('Measuring the guard …')
  const decisions = await measureInTurns(
    [
      { name: 'bare Node handler, same SQL', served: bare, path: paths.api.decisions(), request: guard.request },
      { name: 'the same, kept prepared', served: barePrepared, path: paths.api.decisions(), request: guard.request },
      { name: 'guard decision', served: product, path: paths.api.decisions(), request: guard.request },
    ],
    { rounds: 4, seconds: 4 },
  )
  say('Drawing …')
  const draws = measureDraws()
  say('Taking ten thousand bids …')
  const bids = await measureBids(ground)
  say('Searching …')
  const searches = await measureSearch(ground)
  say('Checking the national tables …')
  const exchange = await measureExchange(ground)
  print({ pages, decisions, decisionsBefore: guard.decisionsBefore, draws, bids, searches, exchange, weights: await weigh(product.url), seconds: Math.round((Date.now() - began) / 1000) })
} finally {
  await Promise.all(servers.map((served) => served.stop()))
  await ground.clear()
}
// In a process of its own, as the pool and the configuration of this one belong to the database that is gone.
say('Filling a database with the lists and decisions of years …')
const atScale = spawnSync(process.execPath, [path.join(import.meta.dirname, 'at-scale.ts')], { stdio: 'inherit' })
process.exitCode = atScale.status ?? 1

/** A page that only shows as the browser gets it, and what the build would send to one that asks for the runtime. */
async function weigh(url: string): Promise<Weight[]> {
  const kept = async (name: string, limit: number, weighing: Promise<PageWeight>) => {
    const { script, style, html } = await weighing
    return { name, limit, script: kilobytes(script), style: kilobytes(style), html: kilobytes(html) }
  }
  const shown = (at: string) => fetch(url + at).then(async (answer) => weighPage(url + at, await answer.text()))
  return Promise.all([
    kept('list page', SCRIPT_LIMITS.shows, shown(paths.catalogue())),
    kept('home page', SCRIPT_LIMITS.shows, shown(paths.home())),
    kept('the runtime, on a page that asks for it', SCRIPT_LIMITS.runtime, weighRuntime(url)),
  ])
}

function buildEmptyPage(): void {
  const built = spawnSync(process.execPath, [path.join(ROOT, 'node_modules/.bin/remix'), 'vite:build', '-c', 'tests/bench/empty/vite.config.ts'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production' },
    encoding: 'utf8',
  })
  if (built.status !== 0) throw new Error(`The empty page could not be built.\n${built.stderr}`)
}
