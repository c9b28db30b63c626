import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { makeKeyringFile } from '#app/domain/ledger/keyring.server.ts'
import { testApart as test } from '#tests/support/database.ts'
import { aTender, contextsOf, KEYRING, setPeriods, withBidders } from '#tests/support/tenders.ts'

const PATIENCE = 30_000

test('the worker survives its database going away, awards the tender afterwards, and stops when asked', async ({ database, context }) => {
  await setPeriods(database.owner, { application: { n: 2, unit: 's' }, drawDelay: { n: 1, unit: 's' } })
  const line = await openLine(database.url)
  const folder = mkdtempSync(path.join(tmpdir(), 'worker-'))
  makeKeyringFile(path.join(folder, 'keyring.json'), KEYRING)
  const worker = startWorker(line.url, folder)
  try {
    await until(() => worker.said('keeps its rounds'))
    line.cut()
    const make = contextsOf(context, { real: true })
    const stage = await aTender(database, make)
    await withBidders(database, make, stage, 3)
    await until(() => worker.said('The round failed'))
    await sleep(3000)
    expect(await database.owner('tender_closings').where({ tender_id: stage.tender.id })).toHaveLength(0)
    line.restore()
    await until(async () => (await database.owner('awards').where({ tender_id: stage.tender.id })).length === 1)
    expect(worker.said('The round runs again')).toBe(true)
    worker.process.kill('SIGTERM')
    await until(() => worker.process.exitCode !== null)
    expect(worker.process.exitCode).toBe(0)
    expect(worker.said('has stopped')).toBe(true)
  } finally {
    worker.process.kill('SIGKILL')
    line.close()
    rmSync(folder, { recursive: true })
  }
})

test('the worker leaves when its launcher dies', async ({ database }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'worker-'))
  makeKeyringFile(path.join(folder, 'keyring.json'), KEYRING)
  const worker = startWorker(database.url, folder)
  try {
    await until(() => worker.said('keeps its rounds'))
    worker.process.stdin!.end()
    await until(() => worker.process.exitCode !== null)
    expect(worker.process.exitCode).toBe(0)
  } finally {
    worker.process.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  }
})

function startWorker(url: string, folder: string): { process: ChildProcess; said: (words: string) => boolean } {
  const env = { ...process.env, DATABASE_URL: url, DATA_DIR: folder, STOP_WITH_STDIN: 'true', NODE_ENV: 'test' as const, LOG_LEVEL: 'info' }
  const child = spawn(process.execPath, ['app/worker.ts'], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
  return { process: child, said: (words) => said.includes(words) }
}

/** A line to the database that can be cut and mended, as a network or a restart does it. */
async function openLine(url: string): Promise<{ url: string; cut: () => void; restore: () => void; close: () => void }> {
  const target = new URL(url)
  const host = target.searchParams.get('host')
  const open = new Set<net.Socket>()
  let isCut = false
  const server = net.createServer((socket) => {
    if (isCut) return void socket.destroy()
    const peer = host?.startsWith('/') ? net.connect(`${host}/.s.PGSQL.${target.port || 5432}`) : net.connect(Number(target.port), target.hostname)
    for (const [one, other] of [[socket, peer], [peer, socket]] as const) {
      open.add(one)
      one.on('error', () => other.destroy()).on('close', () => (open.delete(one), other.destroy()))
      one.pipe(other)
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const through = new URL(url)
  through.searchParams.delete('host')
  through.hostname = '127.0.0.1'
  through.port = String((server.address() as net.AddressInfo).port)
  const cut = () => {
    isCut = true
    for (const socket of open) socket.destroy()
  }
  return { url: through.href, cut, restore: () => void (isCut = false), close: () => (cut(), server.close()) }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(100)) if (await holds()) return
  throw new Error('This did not happen in time.')
}
