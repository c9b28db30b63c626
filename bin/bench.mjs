import { runByOwnNode } from './own-node.mjs'

await runByOwnNode('tests/bench/bench.ts')
