import autocannon, { type Options } from 'autocannon'
import type { Served } from './served.ts'

/** What is asked of a server again and again. */
export type Load = { name: string; served: Served; path: string; request?: NonNullable<Options['requests']>[number]; /** 2xx unless told. */ answers?: '2xx' | '3xx' }

/** `cpu` is the server's processor time for one request, in milliseconds: it moves little however busy the machine is. */
export type Figure = { name: string; perSecond: number; p50: number; p99: number; cpu: number; before: number; after: number; ratio: number; p99Ratio: number }

const CONNECTIONS = 10
const WARM_SECONDS = 2

/**
 * Measures several loads in turn, round after round, so that what else the machine does falls on all of them alike.
 * The first is what the others are compared with: a ratio is taken within its round, and the middle one counts.
 *
 * @param seconds of each single measurement
 * @param warm how many requests each server answers first: what is not compiled yet costs twice as much, and a server runs for weeks
 */
export async function measureInTurns(loads: readonly [Load, ...Load[]], { rounds, seconds, warm }: { rounds: number; seconds: number; warm?: number }): Promise<Figure[]> {
  const before = loads.map(({ served }) => served.megabytes())
  for (const load of loads) {
    // The first one loads the pages, and may take longer than a short measurement.
    await fetch(load.served.url + load.path).then((answer) => answer.arrayBuffer())
    await run(load, warm ? { amount: warm } : { duration: WARM_SECONDS })
  }
  const seen = loads.map(() => [] as { perSecond: number; p50: number; p99: number; cpu: number; ratio: number; p99Ratio: number }[])
  for (let round = 0; round < rounds; round++) {
    const order = loads.map((_, place) => place)
    if (round % 2) order.reverse()
    const results = []
    for (const place of order) results[place] = await run(loads[place]!, { duration: seconds })
    const reference = results[0]!
    results.forEach((result, place) => seen[place]!.push({ ...result, ratio: result.perSecond / reference.perSecond, p99Ratio: result.p99 / reference.p99 }))
  }
  return loads.map(({ name, served }, place) => {
    const middle = (what: 'perSecond' | 'p50' | 'p99' | 'cpu' | 'ratio' | 'p99Ratio') => median(seen[place]!.map((result) => result[what]))
    return { name, perSecond: middle('perSecond'), p50: middle('p50'), p99: middle('p99'), cpu: middle('cpu'), ratio: middle('ratio'), p99Ratio: middle('p99Ratio'), before: before[place]!, after: served.megabytes() }
  })
}

async function run({ name, served, path, request = {}, answers = '2xx' }: Load, long: { duration: number } | { amount: number }) {
  const cpuBefore = served.cpuMilliseconds()
  const result = await autocannon({ url: served.url, connections: CONNECTIONS, ...long, requests: [{ ...request, path }] })
  // A server that refuses is fast; such a figure would be a lie.
  const good = result[answers]
  const failed = result.errors + result.timeouts + result['1xx'] + result['2xx'] + result['3xx'] + result['4xx'] + result['5xx'] - good
  if (failed > 0 || good === 0) throw new Error(`${name}: ${failed} of ${failed + good} answers were not a ${answers}.`)
  return { perSecond: good / result.duration, p50: result.latency.p50, p99: result.latency.p99, cpu: ((served.cpuMilliseconds() ?? NaN) - (cpuBefore ?? NaN)) / good }
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
