import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { makeKeyringFile } from '#app/domain/ledger/keyring.server.ts'
import { parseCheckpoint, readNote } from '#app/domain/ledger/note.ts'
import { connect, databaseClock } from '#db/client.ts'
import { joinCluster } from '#db/embedded.ts'
import { CHILD_ENV } from '#tests/support/child-env.ts'
import { runCommand } from '#tests/support/commands.ts'
import { makeDatabase, test as base, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { until } from '#tests/support/launched.ts'
import { quietPort } from '#tests/support/port.ts'
import { startSite } from '#tests/support/site.ts'
import { aTender, KEYRING, withBidders, type Stage } from '#tests/support/tenders.ts'
import { besideThenSwap } from '../../bin/backup/beside.ts'
import { fetchBytes, look } from '../../bin/witness/look.ts'
import { mirror } from '../../bin/witness/mirror.ts'
import { WitnessStore } from '../../bin/witness/store.ts'

const BACKUP_PASSPHRASE = 'what the drill is locked with'
const PAPER = Buffer.from('a paper that an agency showed')
const HASH = createHash('sha256').update(PAPER).digest('hex')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan drill '))
const at = (...names: string[]) => path.join(folder, ...names)
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

type Before = { backup: string; first: Stage; second: Stage; sizeAtBackup: number; sizeAtEnd: number; session: string }

/** A marketplace that was backed up, went on for a while, and is lost. A witness saw it at both times. */
const test = base.extend('before', { scope: 'file' }, async ({}, { onCleanup }): Promise<Before> => {
  makeKeyringFile(at('keyring.json'), KEYRING)
  const site = await startSite({ worker: true, env: { KEYRING: at('keyring.json') } })
  onCleanup(site.stop)
  const { database, config } = site
  fs.mkdirSync(path.join(config.dataDir, 'files', HASH.slice(0, 2)), { recursive: true })
  fs.writeFileSync(path.join(config.dataDir, 'files', HASH.slice(0, 2), HASH), PAPER)
  const make = actingOn(database.app)
  const witnessed = async (store: WitnessStore) => {
    await until(async () => (await database.owner('ledger_pending').select()).length === 0)
    const size = await look({ site: site.address, name: 'w.example', store, keys: [], say: () => {} })
    await mirror(site.address, store, fetchBytes)
    return size
  }

  const first = await aTender(database, make)
  await withBidders(database, make, first, 2)
  const session = (await database.owner('sessions').insert({ id: first.tender.id, token_hash: Buffer.alloc(32), account_id: first.owner.accountId, user_agent: '', created_at: new Date(), last_seen_at: new Date(), rotated_at: new Date(), expires_at: new Date('2999-01-01') }).returning('id'))[0].id as string
  const sizeAtBackup = await witnessed(new WitnessStore(at('early')))
  const env = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, DATA_DIR: config.dataDir, KEYRING: at('keyring.json') }
  expect((await runCommand('bin/backup.ts', ['--to', at('backups')], env)).output).toContain('never written in clear')
  const taken = await runCommand('bin/backup.ts', ['--to', at('backups'), '--keep', '1'], { ...env, BACKUP_PASSPHRASE })
  expect(taken.output).toContain('Backed up to')
  const backup = /Backed up to (.+)\n/.exec(taken.output)![1]!

  const second = await aTender(database, make)
  const sizeAtEnd = await witnessed(new WitnessStore(at('late')))
  expect(sizeAtEnd).toBeGreaterThan(sizeAtBackup)
  return { backup, first, second, sizeAtBackup, sizeAtEnd, session }
})

function actingOn(db: TestDatabase['app']): (member: Member) => TestContext {
  return (actor) => ({ db, actor, clock: databaseClock as TestContext['clock'], keyring: KEYRING, traceId: '0'.repeat(31) + '1' })
}

test('a backup is checked without restoring: whole, its seal right, the keyring nowhere in clear, no byte changed', async ({ before }) => {
  const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
  const whole = await runCommand('bin/backup.ts', ['--check', at('backups')], { ...env, BACKUP_PASSPHRASE })
  expect(whole).toMatchObject({ code: 0, output: expect.stringContaining(`a ledger of ${before.sizeAtBackup} entries, and its seal is right`) })
  const seed = KEYRING.drawSeed.toString('base64')
  const texts = fs.readdirSync(before.backup, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(json|txt)$/.test(name))
  expect(texts).toContain('keyring.locked.json')
  for (const name of texts) expect(fs.readFileSync(path.join(before.backup, name), 'utf8')).not.toContain(seed)

  const copy = at('changed')
  fs.cpSync(before.backup, copy, { recursive: true })
  const part = path.join(copy, 'files', HASH.slice(0, 2), HASH)
  fs.writeFileSync(part, 'A paper that an agency showed')
  const restore = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DATA_DIR: at('never'), BACKUP_PASSPHRASE }
  const changed = await runCommand('bin/restore.ts', ['--from', copy, '--nothing-later'], restore)
  expect(changed).toMatchObject({ code: 1, output: expect.stringContaining(`does not match its manifest: files/${HASH.slice(0, 2)}/${HASH} is not what was written`) })
  fs.writeFileSync(part, PAPER)
  const manifest = path.join(copy, 'manifest.json')
  fs.writeFileSync(manifest, fs.readFileSync(manifest, 'utf8').replace('"waiting": 0', '"waiting": 1'))
  expect(await runCommand('bin/restore.ts', ['--from', copy, '--nothing-later'], restore)).toMatchObject({ code: 1, output: expect.stringContaining('somebody changed the manifest') })
  expect(fs.existsSync(at('never'))).toBe(false)
})

test('the drill: restored into a new place the ledger refuses to fork, and with what a witness kept it continues', async ({ before }) => {
  const env = { DATA_DIR: at('new'), BACKUP_PASSPHRASE, DEMO: 'false' }
  const restore = (...more: string[]) => runCommand('bin/restore.ts', ['--from', at('backups'), ...more], env)
  expect(await restore()).toMatchObject({ code: 1, output: expect.stringContaining('Nobody here can say whether checkpoints were given out after this backup') })
  // A witness that kept checkpoints and no entries can say that going on would fork, and cannot help.
  fs.mkdirSync(at('bare'))
  fs.copyFileSync(at('late', 'checkpoint'), at('bare', 'checkpoint'))
  const refused = await restore('--tiles', at('bare'), '--nothing-later')
  expect(refused.code).toBe(1)
  expect(refused.output).toContain(`A checkpoint over ${before.sizeAtEnd} entries was given out, and this backup ends at ${before.sizeAtBackup}: going on from here would fork the log.`)
  expect(refused.output).toContain('--tiles')
  const restored = await restore('--tiles', at('late'))
  expect(restored.output).toContain(`the ledger goes on after ${before.sizeAtEnd} entries`)
  expect(restored.output).toContain(`tender.published  ${before.second.number}`)

  const launcher = spawn(process.execPath, ['bin/serve.ts'], { env: { ...CHILD_ENV, ...env, PORT: String(await quietPort()), LOG_LEVEL: 'info' }, stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [launcher.stdout, launcher.stderr]) stream.on('data', (text) => (said += text))
  const pools: TestDatabase['app'][] = []
  try {
    const address = await until(() => /Mingdan is at (http:\S+)/.exec(said)?.[1], 40_000, () => said)
    const cluster = (await joinCluster(at('new')))!
    const [app, owner] = [connect(cluster.webUrl('mingdan'), 'app'), connect(cluster.ownerUrl('mingdan'), 'owner')]
    pools.push(app, owner)
    const third = await aTender({ app, owner } as TestDatabase, actingOn(app))
    await until(async () => (await owner('ledger_pending').select()).length === 0)
    expect(Number(third.number.slice(-6))).toBe(Number(before.second.number.slice(-6)) + 1)
    // Both the checkpoint from before the backup and the one from after it are proved to be beginnings of the new one.
    for (const store of ['early', 'late']) expect(await look({ site: address, name: 'w.example', store: new WitnessStore(at(store)), keys: [], say: () => {} })).toBeGreaterThan(before.sizeAtEnd)
    expect(await owner('bids').count({ n: '*' }).first()).toMatchObject({ n: 2 })
    expect(await owner('sessions').where({ id: before.session }).first()).toMatchObject({ revoked_at: expect.any(Date) })
    expect(fs.readFileSync(at('new', 'files', HASH.slice(0, 2), HASH))).toEqual(PAPER)
    expect(await (await fetch(`${address}/ledger/stories/${before.second.number}`)).text()).toContain(before.second.number)
  } finally {
    await Promise.all(pools.map((pool) => pool.destroy()))
    launcher.kill('SIGTERM')
    await new Promise((ended) => launcher.once('exit', ended))
  }
})

test('a database that holds something is named before it is destroyed, and where nothing was given out the ledger says on whose word', async ({ before, database }) => {
  const env = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, DATA_DIR: at('other'), BACKUP_PASSPHRASE }
  const refused = await runCommand('bin/restore.ts', ['--from', before.backup, '--nothing-later'], env)
  expect(refused).toMatchObject({ code: 1, output: expect.stringMatching(/restoring would destroy \d+ ledger entries/) })
  const restored = await runCommand('bin/restore.ts', ['--from', before.backup, '--nothing-later', '--force'], env)
  expect(restored).toMatchObject({ code: 0, output: expect.stringContaining(`the ledger goes on after ${before.sizeAtBackup} entries`) })
  const entry = await database.owner('ledger_entries').where({ kind: 'ledger.restored' }).first()
  expect(JSON.parse(entry.body).facts).toMatchObject({ size: before.sizeAtBackup, broughtBack: 0, checkedAgainst: ['operator'] })
  expect(parseCheckpoint(fs.readFileSync(at('other', 'ledger-kept.txt'), 'utf8')).size).toBe(before.sizeAtBackup)
  const stored = parseCheckpoint(readNote(fs.readFileSync(at('early', 'checkpoints', String(before.sizeAtBackup).padStart(12, '0')), 'utf8')).text)
  expect(parseCheckpoint(fs.readFileSync(at('other', 'ledger-kept.txt'), 'utf8')).root).toEqual(stored.root)
  // The roles have their rights again in the tables that were made anew.
  expect(await database.app('tenders').whereNotNull('number').select('number')).toEqual([{ number: before.first.number }])
  await expect(database.app('ledger_leaves').delete()).rejects.toThrow(/permission denied/)
})

test('a forced restore that fails leaves the old database standing, and one that succeeds clears what a killed one left', async ({ before }) => {
  const full = await makeDatabase()
  try {
    const env = { DATABASE_URL: full.url, DATABASE_OWNER_URL: full.ownerUrl, DATA_DIR: at('full'), BACKUP_PASSPHRASE }
    const restore = () => runCommand('bin/restore.ts', ['--from', before.backup, '--nothing-later', '--force'], env)
    const named = async (db: TestDatabase['owner']) => (await db('pg_database').where('datname', 'like', `${full.name}%`).pluck('datname')).toSorted()
    await full.owner('accounts').insert({ id: before.first.tender.id, display_name: '还在', locale: 'zh', created_at: new Date() })
    // What a backup holds is checked before; so it is the last step that fails here, after everything was loaded.
    const failed = await restore()
    expect(failed).toMatchObject({ code: 1, output: expect.stringContaining('Somebody is still connected to this database. It stands as it was') })
    expect(failed.output).toContain('database  tenders')
    expect(await full.owner('accounts').where({ display_name: '还在' }).count({ n: '*' }).first()).toMatchObject({ n: 1 })
    expect(await named(full.owner)).toEqual([full.name])
    expect(fs.existsSync(at('full', 'ledger-kept.txt'))).toBe(false)
    // One that breaks while it is filled, as a full disk would break it.
    await expect(besideThenSwap(full.ownerUrl, () => Promise.reject(new Error('The disk is full.')))).rejects.toThrow('The disk is full.')
    expect(await named(full.owner)).toEqual([full.name])

    await full.owner.raw(`create database ${full.name}_restoring`)
    await full.owner.destroy()
    expect(await restore()).toMatchObject({ code: 0, output: expect.stringContaining(`the ledger goes on after ${before.sizeAtBackup} entries`) })
    full.owner.initialize()
    expect(await named(full.owner)).toEqual([full.name])
    expect(await full.owner('accounts').where({ display_name: '还在' })).toEqual([])
    expect(await full.app('tenders').whereNotNull('number').select('number')).toEqual([{ number: before.first.number }])
  } finally {
    await full.drop()
  }
})
