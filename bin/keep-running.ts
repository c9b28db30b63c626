import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..')
const SECOND = 1000
const STOP_WITHIN = 12 * SECOND
const LONGEST_PAUSE = 30 * SECOND
const HEALTHY_AFTER = 60 * SECOND
const MOST_CRASHES = 5

export type Kept = { name: string; stop: () => Promise<void> }

export type Keeping = {
  name: string
  script: string
  args?: readonly string[]
  env: NodeJS.ProcessEnv
  /** Where its output goes; without it, to ours. */
  logFile?: string
  say: (line: string) => void
  /** Called when it crashed so often that another try makes no sense. */
  giveUp: (why: string) => void
}

/**
 * Runs one of our processes and starts it again when it crashes, each time after a longer pause.
 * It leads a process group of its own, so that Ctrl-C reaches only us and the order of stopping is ours;
 * its standard input is a pipe from us, so that it leaves by itself when we are killed.
 */
export function keepRunning({ name, script, args = [], env, logFile, say, giveUp }: Keeping): Kept {
  let child: ChildProcess
  let stopping = false
  let crashes = 0
  let pause: NodeJS.Timeout | undefined

  function start(): void {
    const began = Date.now()
    const log = logFile ? openLog(logFile) : undefined
    child = spawn(process.execPath, [path.join(ROOT, script), ...args], { cwd: ROOT, env, detached: true, stdio: ['pipe', log ?? 'inherit', log ?? 'inherit'] })
    if (log !== undefined) fs.closeSync(log)
    child.stdin?.on('error', () => {})
    child.on('exit', (code, signal) => {
      if (stopping) return
      crashes = Date.now() - began > HEALTHY_AFTER ? 1 : crashes + 1
      const how = signal ?? `status ${code}`
      if (crashes >= MOST_CRASHES) return giveUp(`The ${name} ended ${crashes} times, the last time with ${how}.${endOf(logFile)}`)
      const wait = Math.min(500 * 2 ** (crashes - 1), LONGEST_PAUSE)
      say(`The ${name} ended with ${how}; it is started again in ${wait / SECOND} s.`)
      pause = setTimeout(start, wait)
    })
  }

  function stop(): Promise<void> {
    stopping = true
    clearTimeout(pause)
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
    return new Promise((resolve) => {
      const forced = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN)
      child.once('exit', () => {
        clearTimeout(forced)
        resolve()
      })
      child.kill('SIGTERM')
    })
  }

  start()
  return { name, stop }
}

const LARGEST_LOG = 10 * 1024 * 1024

function openLog(file: string): number {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG) fs.renameSync(file, `${file}.1`)
  return fs.openSync(file, 'a', 0o600)
}

export function endOf(logFile: string | undefined): string {
  if (!logFile || !fs.existsSync(logFile)) return ''
  return ` The end of ${logFile}:\n${fs.readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-12).join('\n')}`
}
