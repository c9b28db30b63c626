import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import type { Point } from '#db/points.ts'
import type { Chance } from './chance.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const MORTAL = path.join(ROOT, 'tests/faults/harness/mortal.ts')
const NEVER = 1e9

type Role = 'web' | 'worker'
const SCRIPTS: Record<Role, string> = { web: 'app/server.ts', worker: 'app/worker.ts' }
/** Where each role may die, and after how many passings at most: so that it dies soon, and not always at the first. */
const DEATHS: Record<Role, readonly [Point, number][]> = {
  web: [['told', 60], ['before-commit', 60], ['after-commit', 60]],
  worker: [['told', 3], ['before-commit', 3], ['after-commit', 3], ['leaves-appended', 2], ['sequenced', 2], ['handed-over', 3]],
}

export type Killed = { role: Role; point: Point }
export type Crew = {
  addresses: readonly string[]
  killed: readonly Killed[]
  log: () => string
  /** From now on nobody dies: who lives is ended and started again without an order. */
  calm: () => Promise<void>
  stop: () => Promise<void>
}

/** What was started, and whether it is to be started again when it ends. */
type Member = { role: Role; env: Record<string, string>; order: number; child?: ChildProcess; ended?: Promise<void> }

/**
 * Starts webs and workers that die at their points and are started again at once, each time with another order.
 *
 * @param most no more than so many are killed; whoever is started after that lives
 */
export function startCrew({ env, ports, workers, most, chance }: { env: NodeJS.ProcessEnv; ports: readonly number[]; workers: number; most: number; chance: Chance }): Crew {
  const killed: Killed[] = []
  const orders: Record<Role, number> = { web: chance.below(DEATHS.web.length), worker: chance.below(DEATHS.worker.length) }
  let [log, calm, stopped, under] = ['', false, false, 0]

  function start(member: Member): void {
    const isMortal = !calm && killed.length + under < most
    if (isMortal) under += 1
    const [point, longest] = DEATHS[member.role][orders[member.role]++ % DEATHS[member.role].length]!
    const child = spawn(process.execPath, [MORTAL, SCRIPTS[member.role], point, String(isMortal ? 1 + chance.below(longest) : NEVER)], { cwd: ROOT, env: { ...env, ...member.env }, stdio: ['pipe', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += text))
    member.child = child
    member.ended = new Promise((resolve) =>
      child.once('exit', (code, signal) => {
        if (isMortal) under -= 1
        if (signal === 'SIGKILL') killed.push({ role: member.role, point })
        else if (!stopped && !calm) log += `\n{"level":60,"msg":"a ${member.role} ended by itself with ${code}"}\n`
        if (!stopped) start(member)
        resolve()
      }),
    )
  }

  const members: Member[] = [...ports.map((port): Member => ({ role: 'web', env: { PORT: String(port) }, order: 0 })), ...Array.from({ length: workers }, (): Member => ({ role: 'worker', env: {}, order: 0 }))]
  members.forEach(start)
  const endAll = () =>
    Promise.all(members.map(({ child, ended }) => {
      child?.kill('SIGTERM')
      return ended
    }))
  return {
    addresses: ports.map((port) => `http://127.0.0.1:${port}`),
    killed,
    log: () => log,
    async calm() {
      calm = true
      await endAll()
    },
    async stop() {
      stopped = true
      await endAll()
    },
  }
}
