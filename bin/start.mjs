import { runByOwnNode } from './own-node.mjs'

await runByOwnNode('bin/serve.ts')
