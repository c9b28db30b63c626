import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withoutSettings } from './child-env.ts'
import { quietPort } from './port.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const COPIED = ['app', 'bin', 'build', 'db', 'public', 'search', 'tests/outside', 'package.json', 'package-lock.json', 'remix.config.js', 'tsconfig.json', 'vite.config.ts']

/** A checkout of its own in a folder of mode 0700 with a space in its path; the installed packages are shared. */
export function makeCheckout({ user }: { user?: { uid: number; gid: number } } = {}): string {
  const top = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan start '))
  const folder = path.join(top, 'my checkout')
  fs.mkdirSync(folder)
  for (const name of COPIED) if (fs.existsSync(path.join(ROOT, name))) fs.cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true, preserveTimestamps: true })
  if (user) giveTo(top, user)
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
  return folder
}

/** Before the link to the packages is made: they are everybody's. */
function giveTo(top: string, { uid, gid }: { uid: number; gid: number }): void {
  for (const entry of ['', ...fs.readdirSync(top, { recursive: true, encoding: 'utf8' })]) fs.lchownSync(path.join(top, entry), uid, gid)
}

export function removeCheckout(folder: string): void {
  fs.rmSync(path.dirname(folder), { recursive: true, force: true })
}

export type Launched = {
  npm: ChildProcess
  address: string
  /** Everything printed until now, both streams. */
  output: () => string
  /** How many milliseconds until the line with the address. */
  took: number
  /** Resolves when npm has ended. */
  ended: Promise<number | null>
}

/** Runs `npm start` as a person would, and waits for the line with the address. */
export async function npmStart(folder: string, env: Record<string, string> = {}, user?: { uid: number; gid: number }): Promise<Launched> {
  const began = Date.now()
  const { npm, output, ended } = npmRun(folder, ['start'], { PORT: String(await quietPort()), ...env }, user)
  const address = await Promise.race([
    until(() => /Mingdan is at (http:\/\/[^\s]+)/.exec(output())?.[1], 120_000, () => output()),
    ended.then((code) => Promise.reject(new Error(`npm start ended with ${code}: ${output()}`))),
  ])
  return { npm, address, output, took: Date.now() - began, ended }
}

/** Runs npm in a process group of its own, as a shell does. */
export function npmRun(folder: string, args: string[], env: Record<string, string> = {}, user?: { uid: number; gid: number }) {
  const clean = Object.fromEntries(Object.entries(withoutSettings(process.env)).filter(([name]) => !/^(npm_|VITEST|NODE_|LAUNCHED|TEST)/i.test(name)))
  const home = user ? { HOME: folder, npm_config_cache: path.join(folder, 'npm-cache') } : {}
  const npm = spawn('npm', args, { cwd: folder, env: { ...clean, PORT: '0', NODE_ENV: 'production', DEMO_SCALE: '0', ...home, ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'], ...user })
  let text = ''
  for (const stream of [npm.stdout!, npm.stderr!]) stream.on('data', (data) => (text += data))
  const ended = new Promise<number | null>((resolve) => npm.on('exit', (code) => resolve(code)))
  return { npm, output: () => text, ended }
}

type Running = { pid: number; name: 'npm' | 'launcher' | 'web' | 'worker' | 'database' | 'case system' | 'other' }

/** Every process that works in a folder or was started from it: nothing may be left of a start that ended. */
export function processesOf(folder: string): Running[] {
  const found: Running[] = []
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      if (!command || !(command.includes(folder) || fs.readlinkSync(`/proc/${pid}/cwd`).startsWith(folder))) continue
      found.push({ pid: Number(pid), name: nameOf(command) })
    } catch {
      // It ended while it was looked at.
    }
  }
  return found
}

function nameOf(command: string): Running['name'] {
  if (/postgres/.test(command)) return 'database'
  if (/app\/server\.ts/.test(command)) return 'web'
  if (/app\/worker\.ts/.test(command)) return 'worker'
  if (/tests\/outside\/case-system/.test(command)) return 'case system'
  if (/bin\/(start\.mjs|serve\.ts)/.test(command)) return 'launcher'
  return /\bnpm\b/.test(command) ? 'npm' : 'other'
}

/** Asks again and again until there is an answer. */
export async function until<T>(ask: () => T | Promise<T>, within = 60_000, explain: () => string = () => ''): Promise<NonNullable<T>> {
  for (const began = Date.now(); Date.now() - began < within; ) {
    const answer = await ask()
    if (answer) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`Nothing came within ${within} ms. ${explain()}`)
}

export async function nothingIsLeftOf(folder: string): Promise<void> {
  await until(() => processesOf(folder).length === 0, 60_000, () => `Still running: ${JSON.stringify(processesOf(folder))}`)
}
