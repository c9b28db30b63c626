import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { withoutSettings } from '#tests/support/child-env.ts'
import { leaveTestCluster } from '#tests/support/cluster.ts'
import { whenAskedToStop } from './lifeline.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const VITEST = path.join(ROOT, 'node_modules/vitest/vitest.mjs')

let running: ChildProcess | undefined
let stopping = false
whenAskedToStop(() => {
  stopping = true
  if (!running) process.exit(1)
  running.kill('SIGTERM')
})

const { passed, failed, code } = await vitest(process.argv.slice(2))
await leaveTestCluster()
console.log(`${passed} passed, ${failed} failed`)
process.exit(stopping || failed > 0 || code !== 0 ? 1 : 0)

type Result = { passed: number; failed: number; code: number }

async function vitest(args: string[]): Promise<Result> {
  const report = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan-tests-')), 'report.json')
  const env = withoutSettings(process.env)
  const child = spawn(process.execPath, [VITEST, 'run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], { cwd: ROOT, env, stdio: 'inherit' })
  running = child
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(1))
    child.on('close', (status) => resolve(status ?? 1))
  })
  running = undefined
  const { numPassedTests: passed = 0, numFailedTests = 0, numFailedTestSuites = 0 } = readReport(report)
  fs.rmSync(path.dirname(report), { recursive: true, force: true })
  // A file that does not load, or an error outside every test, fails the run without a failed test.
  const failed = numFailedTests || numFailedTestSuites || (code === 0 ? 0 : 1)
  return { passed, failed, code }
}

function readReport(file: string): { numPassedTests?: number; numFailedTests?: number; numFailedTestSuites?: number } {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {}
}
