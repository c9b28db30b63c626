import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const LIBRARIES = ['libnss3.so', 'libnspr4.so', 'libexpat.so.1']
/** Under this name the package also unpacks the libraries that a bare system lacks. */
const BARE_SYSTEM = 'AWS_Lambda_nodejs24.x'

export type Chromium = { executable: string; env: Record<string, string> }

/**
 * The browser that npm brought, unpacked once for this version and this user; `CHROMIUM_PATH` wins.
 * It is unpacked by a process of its own, because the package reads TMPDIR and its own variables when imported.
 */
export function findChromium(): Chromium {
  if (process.env.CHROMIUM_PATH) return { executable: process.env.CHROMIUM_PATH, env: {} }
  if (process.arch !== 'x64') throw new Error('npm brings a browser for x64 only. Set CHROMIUM_PATH to a Chromium of your own.')
  const bare = !hasLibraries()
  const { version } = JSON.parse(fs.readFileSync(manifest(), 'utf8')) as { version: string }
  const folder = path.join(ROOT, 'node_modules/.cache', `chromium-${version}-${process.getuid?.()}${bare ? '-bare' : ''}`)
  if (!fs.existsSync(folder)) unpack(folder, bare)
  const libraries = { LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'), FONTCONFIG_PATH: path.join(folder, 'fonts') }
  return { executable: path.join(folder, 'chromium'), env: bare ? libraries : {} }
}

function unpack(folder: string, bare: boolean): void {
  // Two threads of one run may unpack at once, and have one process id.
  const beside = `${folder}.${randomUUID()}`
  fs.mkdirSync(beside, { recursive: true })
  const script = `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`
  const env: NodeJS.ProcessEnv = { ...process.env, TMPDIR: beside, ...(bare && { AWS_EXECUTION_ENV: BARE_SYSTEM }) }
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, env, stdio: 'pipe' })
  try {
    fs.renameSync(beside, folder)
  } catch {
    // Another run unpacked it meanwhile.
    fs.rmSync(beside, { recursive: true, force: true })
  }
}

function hasLibraries(): boolean {
  try {
    const known = execFileSync('ldconfig', ['-p'], { encoding: 'utf8', env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` } })
    return LIBRARIES.every((library) => known.includes(library))
  } catch {
    return false
  }
}

function manifest(): string {
  return path.join(path.dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../package.json')
}
