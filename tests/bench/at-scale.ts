import { paths } from '#app/paths.ts'
import { buildIfStale } from '../../bin/build-if-stale.ts'
import { LISTED_VERSIONS, PAST_DECISIONS } from './filling.ts'
import { layGround } from './ground.ts'
import { readyGuard } from './guard.ts'
import { measureInTurns, type Figure } from './pairs.ts'
import { serve, type Served } from './served.ts'
import { aligned, rowsOf } from './table.ts'

/** What a decision may do at least, and how long the slowest may take, beside the same statements sent by a bare handler. */
const GOAL = 0.8
const SLOWEST = 2
const WARM = 3_000

const began = Date.now()
await buildIfStale({ onStart: () => console.log('Building the pages …') })
const ground = await layGround()
const servers: Served[] = []
try {
  const env = { DATABASE_URL: ground.url, DATA_DIR: ground.dataDir, KEYRING: ground.keyring, DEMO: 'true' }
  const start = async (...args: Parameters<typeof serve>) => {
    const served = await serve(...args)
    servers.push(served)
    return served
  }
  const guard = await readyGuard(ground, env, { full: true })
  console.log(`Filled in ${Math.round((Date.now() - began) / 1000)} s. Measuring …`)
  const product = await start('product', 'app/server.ts', { env, ready: '/readyz' })
  const bare = await start('bare guard, prepared', 'tests/bench/bare-guard.ts', { env, args: [guard.scriptFile, 'prepared'] })
  const plain = await start('bare guard', 'tests/bench/bare-guard.ts', { env, args: [guard.scriptFile] })
  const asked = { path: paths.api.decisions(), request: guard.request }
  const decisions = await measureInTurns(
    [
      { name: 'bare Node handler, same SQL, both kept prepared', served: bare, ...asked },
      { name: 'guard decision', served: product, ...asked },
      { name: 'bare Node handler, same SQL sent plainly', served: plain, ...asked },
    ],
    { rounds: 8, seconds: 4, warm: WARM },
  )
  const list = paths.api.catalogue({ division: '220100', on: '2026-06-01' })
  const { headers } = await fetch(product.url + list)
  const lists = await measureInTurns(
    [
      { name: 'first page of a list, 200', served: product, path: list },
      { name: 'the same by its ETag, 304', served: product, path: list, request: { headers: { 'if-none-match': headers.get('etag')! } }, answers: '3xx' },
    ],
    { rounds: 4, seconds: 3 },
  )
  print(decisions, lists)
} finally {
  await Promise.all(servers.map((served) => served.stop()))
  await ground.clear()
}

function print(decisions: Figure[], lists: Figure[]): void {
  const number = (count: number) => count.toLocaleString('en')
  const [, guard, plain] = decisions as [Figure, Figure, Figure]
  const besidePlain = guard.ratio / plain.ratio
  const [, unchanged] = lists as [Figure, Figure]
  const verdict = (kept: boolean) => (kept ? 'kept' : 'MISSED')
  console.log(`\nGuard decisions, 10 connections, ${number(LISTED_VERSIONS)} listed versions and ${number(PAST_DECISIONS)} past decisions\n${aligned(rowsOf(decisions))}`)
  console.log(`\nThe list of a day over the API\n${aligned(rowsOf(lists))}`)
  console.log(`\nThroughput beside the bare handler that keeps its statements prepared too: ${guard.ratio.toFixed(2)}, goal ${GOAL} or more: ${verdict(guard.ratio >= GOAL)}.`)
  console.log(`Beside the one that sends them plainly, as pg does by itself: ${besidePlain.toFixed(2)}, goal ${GOAL} or more: ${verdict(besidePlain >= GOAL)}.`)
  console.log(`Slowest of a hundred (p99) beside the bare handler's: ${guard.p99Ratio.toFixed(2)}, limit ${SLOWEST}: ${verdict(guard.p99Ratio <= SLOWEST)}.`)
  console.log(`An unchanged list is answered ${unchanged.ratio.toFixed(1)} times as often as a list that is sent. All of it took ${Math.round((Date.now() - began) / 1000)} s.`)
}
