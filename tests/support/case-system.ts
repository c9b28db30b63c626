import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { CHILD_ENV } from './child-env.ts'
import { until } from './launched.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

type Intent = { id: string; kind: string; caseNumber: string; tried: number; answer: { status: number; body: Record<string, never> } | null }
export type CaseSystemState = { cases: { caseNumber: string; materials: unknown[] }[]; intents: Intent[]; heard: { id: string; subject: string }[]; pending: number }
export type CaseSystem = {
  home: string
  address: () => string
  state: () => Promise<CaseSystemState>
  /** Sends a form of its desk as a browser does; the status, or `gone` where it died or was away. */
  post: (path: string, form: Record<string, string>) => Promise<number | 'gone'>
  /** Resolves when it has ended, by itself or by somebody's hand. */
  ended: () => Promise<void>
  restart: () => Promise<void>
  /** Waits until everything that was to be said has been said. */
  saidAll: () => Promise<CaseSystemState>
  stop: () => Promise<void>
}

/** Starts the case system of tests/outside as a process of its own. @param webhook what it would have got by subscribing */
export async function startCaseSystem({ baseUrl, apiClient, pace = 0.02, port = 0, webhook = null }: { baseUrl: string; port?: number; apiClient: { id: string; secret: string; authority: string }; pace?: number; webhook?: { id: string; secret: string; url: string } | null }): Promise<CaseSystem> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan case system '))
  const settings = path.join(home, 'settings.json')
  fs.writeFileSync(settings, JSON.stringify({ baseUrl, apiClient }))
  if (webhook) fs.writeFileSync(path.join(home, 'state.json'), JSON.stringify({ webhook }))
  let child: ChildProcess
  let output = ''
  let address = ''
  async function restart(): Promise<void> {
    output = ''
    child = spawn(process.execPath, [path.join(ROOT, 'tests/outside/case-system/main.ts'), '--settings', settings, '--home', home, '--pace', String(pace), '--port', String(port)], { env: { ...CHILD_ENV, STOP_WITH_STDIN: 'true' }, stdio: ['pipe', 'pipe', 'pipe'] })
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => (output += text))
    address = await until(() => /case system is at (\S+)/.exec(output)?.[1], 60_000, () => output)
  }
  const state = async () => (await fetch(`${address}/state.json`)).json() as Promise<CaseSystemState>
  const ended = () => new Promise<void>((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve() : child.once('exit', () => resolve())))
  await restart()
  return {
    home,
    address: () => address,
    state,
    post: async (to, form) => fetch(address + to, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' }).then(({ status }) => status, () => 'gone' as const),
    ended,
    restart,
    saidAll: () => until(async () => { const now = await state().catch(() => null); return now?.pending === 0 ? now : null }, 60_000, () => output),
    stop: async () => {
      child.kill('SIGKILL')
      await ended()
      fs.rmSync(home, { recursive: true, force: true })
    },
  }
}

export const newCaseForm = (more: Record<string, string> = {}) => ({ form: randomUUID(), projectCode: '2026-220106-47-03-900001', projectName: '示例车间', applicantName: '长春示例制造有限公司', approvalItem: 'A05', service: 'R04', material: '固定资产投资项目节能报告', ...more })
export const demandForm = (demanded: string) => ({ form: randomUUID(), demanded })
