import { runByOwnNode } from './own-node.mjs'

/** `npm run bench -- scale` measures the full database alone, `npm run bench -- bids` the last minute of a tender, `-- exchange` the check of the national tables. */
const PARTS = { scale: 'tests/bench/at-scale.ts', bids: 'tests/bench/bids-alone.ts', exchange: 'tests/bench/exchange-alone.ts' }

await runByOwnNode(PARTS[process.argv[2]] ?? 'tests/bench/bench.ts')
