import { fileURLToPath } from 'node:url'
import { VARIABLES } from '#app/config.server.ts'

/**
 * All that a process which a test starts sees of the environment, to which each adds its own.
 * Node strips the types of some three hundred files at each start; kept, it is done once for all of them.
 */
export const CHILD_ENV: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  NODE_ENV: 'production',
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)),
}

/** The environment of whoever runs the tests without their settings: a test comes to the same end whatever these are. */
export function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !VARIABLES.includes(name) && name !== 'BACKUP_PASSPHRASE')) as NodeJS.ProcessEnv
}
