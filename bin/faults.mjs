import { runByOwnNode } from './own-node.mjs'

await runByOwnNode('tests/faults/harness/run.ts')
