import { runByOwnNode } from './own-node.mjs'

// `npm run bench -- scale` measures the full database alone.
await runByOwnNode(process.argv[2] === 'scale' ? 'tests/bench/at-scale.ts' : 'tests/bench/bench.ts')
