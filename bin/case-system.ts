import fs from 'node:fs'
import path from 'node:path'
import { addressOf } from '#app/config.server.ts'
import { holdPortFrom } from './address.ts'
import { keepRunning, type Kept } from './keep-running.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
/** It stands for somebody else's program: it is started by its path, and a copy of the product without its tests has none. */
const SCRIPT = 'tests/outside/case-system/main.ts'

export type CaseSystem = { address: string; start: () => Promise<Kept> }

/**
 * Takes a port for the demo's case system, the next free one after the marketplace's. It is told what `demo.json` says and
 * nothing of the environment: no database, no key. Whatever becomes of it, the marketplace goes on.
 *
 * @returns null where there is none to start
 */
export async function findCaseSystem({ dataDir, host, after, logFile, say }: { dataDir: string; host: string; after: number; logFile?: string; say: (line: string) => void }): Promise<CaseSystem | null> {
  if (!fs.existsSync(path.join(ROOT, SCRIPT))) return null
  try {
    const { port, release } = await holdPortFrom(after + 1, host)
    const args = ['--settings', path.join(dataDir, 'demo.json'), '--home', path.join(dataDir, 'case-system'), '--host', host, '--port', String(port)]
    const start = async () => {
      await release()
      return keepRunning({ name: 'case system', script: SCRIPT, args, env: { PATH: process.env.PATH, NODE_ENV: 'production', STOP_WITH_STDIN: 'true' }, logFile, say, giveUp: (why) => say(`${why} The marketplace goes on without it.`) })
    }
    return { address: addressOf(host, port), start }
  } catch (error) {
    say(`The case system has no port and is not started (${(error as Error).message}).`)
    return null
  }
}
