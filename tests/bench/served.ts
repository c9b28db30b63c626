import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { quietPort } from '#tests/support/port.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const STARTS_WITHIN = 20_000

/** A server in a process of its own, so that the load's work is not counted as the server's. */
export type Served = {
  name: string
  url: string
  megabytes: () => number
  /** Processor time used until now; null where the system does not tell. */
  cpuMilliseconds: () => number | null
  stop: () => Promise<void>
}

/**
 * Starts a script that listens on `PORT` and waits until it answers.
 *
 * @param ready the path that answers 200 once it can be measured
 */
export async function serve(name: string, script: string, { env = {}, ready = '/', args = [] }: { env?: Record<string, string>; ready?: string; args?: string[] } = {}): Promise<Served> {
  const port = await quietPort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [...profiling(name), path.join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: url, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  for (const since = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (child.exitCode !== null) throw new Error(`${name} ended with status ${child.exitCode} before it answered.`)
    if (Date.now() - since > STARTS_WITHIN) throw new Error(`${name} did not answer within ${STARTS_WITHIN / 1000} s.`)
    const answer = await fetch(url + ready).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.ok) break
  }
  return {
    name,
    url,
    megabytes: () => Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024),
    cpuMilliseconds: () => cpuOf(child.pid!),
    async stop() {
      child.kill('SIGTERM')
      await ended
      process.off('exit', kill)
    },
  }
}

const TICK = 10

/** User and system time of a process as Linux counts it, in hundredths of a second. */
function cpuOf(pid: number): number | null {
  if (!fs.existsSync('/proc/self/stat')) return null
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK
}

/** `BENCH_PROFILE=<folder>` leaves a CPU profile of each server there, to be opened in a browser's tools. */
function profiling(name: string): string[] {
  const folder = process.env['BENCH_PROFILE']
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name.replaceAll(/\W+/g, '-')}.cpuprofile`] : []
}
