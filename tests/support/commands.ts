import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CHILD_ENV } from './child-env.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Runs one of our commands to its end, with an environment of its own, and gives everything it printed. */
export function runCommand(script: string, args: readonly string[], env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, env: { ...CHILD_ENV, LOG_LEVEL: 'silent', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}
