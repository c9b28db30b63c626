import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { leaveTestCluster } from '#tests/support/cluster.ts'
import { buildIfStale } from './build-if-stale.ts'
import { whenAskedToStop } from './lifeline.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const VITEST = path.join(ROOT, 'node_modules/vitest/vitest.mjs')
/** Settings of whoever runs the tests; a test must come to the same end whatever they are. */
const NOT_OURS = /^(DATABASE_|DATA_DIR$|DEMO$|HOST$|PORT$|PUBLIC_URL$|KEYRING$|TRUST_PROXY$|LOG_LEVEL$|NODE_ENV$|STOP_WITH_STDIN$)/

const running = new Set<ChildProcess>()
let stopping = false
whenAskedToStop(() => {
  stopping = true
  for (const child of running) child.kill('SIGTERM')
  if (!running.size) process.exit(1)
})

const asked = process.argv.slice(2)
const results = await runAll()
await leaveTestCluster()
const sum = (name: 'passed' | 'failed') => results.reduce((total, result) => total + result[name], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(stopping || sum('failed') > 0 || results.some(({ code }) => code !== 0) ? 1 : 0)

type Result = { passed: number; failed: number; code: number }

async function runAll(): Promise<Result[]> {
  // A test that needs the pages builds them by itself; a whole run builds them before anything is measured.
  if (asked.length) return [await vitest(asked)]
  try {
    await buildIfStale({ onStart: () => console.log('Building the pages …') })
  } catch (error) {
    console.error((error as Error).message)
    return [{ passed: 0, failed: 1, code: 1 }]
  }
  const computing = vitest(['domain', 'db', 'apart', 'faults'].flatMap((project) => ['--project', project]))
  // Sites and journeys wait for clocks seven eighths of the time: four files at once, each with a site and a database of its own, while others compute.
  const waiting = vitest(['--project', 'site', '--project', 'e2e', '--fileParallelism', '--maxWorkers=4'], computing)
  return Promise.all([computing, waiting])
}

/** Runs vitest. What it says is kept until the run `before` it has said everything, so that two at once can be read. */
async function vitest(args: string[], before?: Promise<unknown>): Promise<Result> {
  const report = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan-tests-')), 'report.json')
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_OURS.test(name))) as NodeJS.ProcessEnv
  const child = spawn(process.execPath, [VITEST, 'run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], { cwd: ROOT, env, stdio: before ? ['inherit', 'pipe', 'pipe'] : 'inherit' })
  running.add(child)
  const kept: Buffer[] = []
  let say = (said: Buffer): unknown => kept.push(said)
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (said) => say(said))
  const ended = new Promise<number>((resolve) => {
    child.on('error', () => resolve(1))
    child.on('close', (status) => resolve(status ?? 1))
  })
  await before
  say = (said) => process.stdout.write(said)
  kept.forEach(say)
  const code = await ended
  running.delete(child)
  const { numPassedTests: passed = 0, numFailedTests = 0, numFailedTestSuites = 0 } = readReport(report)
  fs.rmSync(path.dirname(report), { recursive: true, force: true })
  // A file that does not load, or an error outside every test, fails the run without a failed test.
  const failed = numFailedTests || numFailedTestSuites || (code === 0 ? 0 : 1)
  return { passed, failed, code }
}

function readReport(file: string): { numPassedTests?: number; numFailedTests?: number; numFailedTestSuites?: number } {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {}
}
