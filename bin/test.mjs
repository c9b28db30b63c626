import { runByOwnNode } from './own-node.mjs'

await runByOwnNode('bin/run-tests.ts')
