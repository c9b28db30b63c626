import { ensureInstalled } from './own-node.mjs'

await ensureInstalled()
