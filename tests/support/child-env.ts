import { fileURLToPath } from 'node:url'

/**
 * All that a process which a test starts sees of the environment, to which each adds its own.
 * Node strips the types of some three hundred files at each start; kept, it is done once for all of them.
 */
export const CHILD_ENV: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  NODE_ENV: 'production',
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)),
}
