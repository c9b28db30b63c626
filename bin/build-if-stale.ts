import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { withLock } from './with-lock.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const STAMP = path.join(ROOT, 'build/.stamp')
const MADE_OF = ['app', 'db', 'search', 'bin/verify', 'package.json', 'remix.config.js', 'vite.config.ts', 'tsconfig.json', 'package-lock.json']

/** Builds the pages unless the last build was made of exactly these sources. Answers whether it built. */
export async function buildIfStale({ onStart = () => {} }: { onStart?: () => void } = {}): Promise<boolean> {
  if (isBuiltFrom(hashOf(MADE_OF))) return false
  onStart()
  return build({ shown: false, unlessDone: true })
}

/**
 * Builds the pages and stamps the build with what it was made of. Two builds take turns.
 *
 * @param shown whether the bundler's own output is printed
 * @param unlessDone whether somebody else's build of the same sources, waited for, is enough
 */
export async function build({ shown, unlessDone = false }: { shown: boolean; unlessDone?: boolean }): Promise<boolean> {
  return withLock(path.join(ROOT, 'node_modules/.cache/build.lock'), async () => {
    const sources = hashOf(MADE_OF)
    if (unlessDone && isBuiltFrom(sources)) return false
    fs.rmSync(STAMP, { force: true })
    const { code, output } = await run('remix', ['vite:build'], shown)
    if (code !== 0) throw new Error(`The build failed.\n${output.slice(-3000)}`)
    fs.writeFileSync(STAMP, sources)
    return true
  })
}

function isBuiltFrom(sources: string): boolean {
  return fs.existsSync(path.join(ROOT, 'build/server/index.js')) && fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === sources
}

/** One hash over the names and contents of files and folders below the checkout. */
export function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) for (const file of filesBelow(path.join(ROOT, part))) hash.update(`${path.relative(ROOT, file)}\0`).update(fs.readFileSync(file))
  return hash.digest('hex')
}

function filesBelow(place: string): string[] {
  const stat = fs.statSync(place, { throwIfNoEntry: false })
  if (!stat) return []
  if (stat.isFile()) return [place]
  const entries = fs.readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.map((entry) => path.join(entry.parentPath, entry.name)).sort()
}

function run(command: string, args: string[], shown: boolean): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [path.join(ROOT, 'node_modules/.bin', command), ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // Whoever stops in the middle of a build takes the build along.
  const end = () => child.kill('SIGKILL')
  process.on('exit', end)
  return new Promise((resolve, reject) => {
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        output += text
        if (shown) process.stdout.write(text)
      })
    }
    child.on('error', reject)
    child.on('close', (code) => {
      process.off('exit', end)
      resolve({ code, output })
    })
  })
}
