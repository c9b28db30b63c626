// Plain JavaScript for the machine's Node: it runs before anything is installed.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import * as nodeModule from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

const MODULES = path.join(ROOT, 'node_modules')
const OWN_NODE = path.join(MODULES, '.bin/node')
const OLDEST = [22, 18]
/** Node strips the types of some three hundred files at each start; kept, the second start takes half the time. */
const COMPILED = path.join(MODULES, '.cache/compiled')

/**
 * Installs what the lock file names if that has not happened yet, then runs a script by the Node that came with it.
 * That Node reads TypeScript, so everything after this file is written in it.
 *
 * @param {string} script below the checkout, e.g. `bin/serve.ts`
 */
export async function runByOwnNode(script) {
  const unfollow = followParent()
  await ensureInstalled()
  process.env.NODE_COMPILE_CACHE ??= COMPILED
  if (isOwnNode()) {
    nodeModule.enableCompileCache?.(process.env.NODE_COMPILE_CACHE)
    unfollow()
    process.argv[1] = path.join(ROOT, script)
    return import(new URL(`../${script}`, import.meta.url).href)
  }
  const node = fs.existsSync(OWN_NODE) ? OWN_NODE : process.execPath
  const code = await finished(spawn(node, [path.join(ROOT, script), ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, LAUNCHED_BY: String(process.pid) } }))
  process.exit(code)
}

function isOwnNode() {
  if (!fs.existsSync(OWN_NODE)) {
    const [major, minor] = process.versions.node.split('.').map(Number)
    if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return true
    console.error(`npm brought no Node for ${process.platform}-${process.arch}, and ${process.version} is older than ${OLDEST.join('.')}. Install a newer Node.`)
    process.exit(1)
  }
  // The install may have replaced the very file that runs this.
  return fs.existsSync(process.execPath) && fs.realpathSync(OWN_NODE) === fs.realpathSync(process.execPath)
}

/**
 * npm keeps a list of what it installed; every package that is not optional must be there in the locked version.
 *
 * @param {string} root the checkout
 */
export function isInstalled(root) {
  const modules = path.join(root, 'node_modules')
  // Whoever made node_modules a link keeps it elsewhere, and `npm ci` would empty that place.
  if (fs.lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return true
  const installed = packagesIn(path.join(modules, '.package-lock.json'))
  if (!installed) return false
  const wanted = Object.entries(packagesIn(path.join(root, 'package-lock.json')) ?? {}).filter(([place, { optional, peer }]) => place !== '' && !optional && !peer)
  return wanted.every(([place, { version }]) => installed[place]?.version === version)
}

/** @returns {Record<string, { version: string, optional?: boolean, peer?: boolean }> | undefined} */
function packagesIn(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).packages : undefined
}

/** Installs what the lock file names unless it is there. */
export async function ensureInstalled() {
  if (!isInstalled(ROOT)) await install()
}

async function install() {
  console.log('Installing what package-lock.json names …')
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : ['npm']
  const code = await finished(spawn(npm[0], [...npm.slice(1), ...args], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] }))
  if (code !== 0) {
    console.error(`The installation failed: run \`npm ${args.join(' ')}\` to see why.`)
    process.exit(code)
  }
}

/** @type {import('node:child_process').ChildProcess | undefined} */
let current

/** Waits for a child and hands it every request to stop. */
function finished(child) {
  current = child
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.on('exit', (code, signal) => {
      current = undefined
      resolve(code ?? (signal ? 1 : 0))
    })
  })
}

/**
 * npm killed with KILL tells nobody, so the parent is asked for each second while this process waits for a child.
 * The last process of the chain does the same for itself (bin/lifeline.ts).
 */
function followParent() {
  const parent = process.ppid
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const stop = () => (current ? current.kill('SIGTERM') : process.exit(1))
  for (const signal of signals) process.on(signal, stop)
  const watch = setInterval(() => process.ppid !== parent && stop(), 1000)
  watch.unref()
  return () => {
    for (const signal of signals) process.off(signal, stop)
    clearInterval(watch)
  }
}
