import fs from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { makeKeyringFile, newKeyring } from '#app/domain/ledger/keyring.server.ts'
import { test } from '#tests/support/database.ts'
import { makeCheckout, nothingIsLeftOf, npmRun, npmStart, processesOf, removeCheckout, until, type Launched } from '#tests/support/launched.ts'

const NOBODY = { uid: 65534, gid: 65534 }
const ROOT = path.resolve(import.meta.dirname, '../..')
let folder: string

beforeAll(() => {
  folder = makeCheckout()
})
afterEach(() => {
  for (const { pid } of processesOf(folder)) process.kill(pid, 'SIGKILL')
})
afterAll(() => removeCheckout(folder))

const pidOf = (name: string) => processesOf(folder).find((one) => one.name === name)?.pid
/** Asked once: a process that is just ending is there at the first look and gone at the second. */
const isAnother = (name: string, crashed: number) => ![undefined, crashed].includes(pidOf(name))
const isHealthy = async ({ address }: Launched) => (await fetch(`${address}/healthz`)).ok

test('npm start says in one line where it is and who can sign in, and TERM of npm ends all of it', async () => {
  const started = await npmStart(folder)
  expect(await isHealthy(started)).toBe(true)
  const names = processesOf(folder).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['launcher', 'web', 'worker', 'database', 'case system']))
  const [, beside] = /a case system is at (http:\/\/\S+)/.exec(started.output())!
  expect(await until(() => fetch(beside!).then(({ ok }) => ok, () => false), 60_000, started.output)).toBe(true)

  const demo = JSON.parse(fs.readFileSync(path.join(folder, 'data/demo.json'), 'utf8'))
  expect([demo.baseUrl, demo.caseSystem]).toEqual([started.address, beside])
  // The judge who can be played comes with the town's year, which is not told here.
  expect(new Set(demo.accounts.map((account: { role: string }) => account.role))).toEqual(new Set(['owner', 'authority', 'agency', 'regulator', 'operator']))
  expect(demo.apiClient).toMatchObject({ id: expect.any(String), secret: expect.any(String), scopes: expect.arrayContaining(['guard:decide']), authority: expect.stringMatching(/^[0-9A-Z]{18}$/) })
  for (const secret of ['demo.json', 'keyring.json', 'database-passwords.json']) expect(fs.statSync(path.join(folder, 'data', secret)).mode & 0o077, secret).toBe(0)

  started.npm.kill('SIGTERM')
  await started.ended
  await nothingIsLeftOf(folder)
})

test('a second start is quick, keeps the accounts, and INT of npm ends all of it', async () => {
  const before = JSON.parse(fs.readFileSync(path.join(folder, 'data/demo.json'), 'utf8'))
  const started = await npmStart(folder)
  console.log(`The second start took ${started.took} ms.`)
  expect(JSON.parse(fs.readFileSync(path.join(folder, 'data/demo.json'), 'utf8')).accounts).toEqual(before.accounts)
  started.npm.kill('SIGINT')
  await started.ended
  await nothingIsLeftOf(folder)
})

test('KILL of the launcher lets web and worker leave, and the next start adopts the database', async () => {
  const first = await npmStart(folder)
  const database = Math.min(...processesOf(folder).filter(({ name }) => name === 'database').map(({ pid }) => pid))
  process.kill(pidOf('launcher')!, 'SIGKILL')
  await first.ended
  await until(() => processesOf(folder).every(({ name }) => name === 'database'))
  expect(processesOf(folder).length).toBeGreaterThan(0)

  const second = await npmStart(folder)
  expect(processesOf(folder).map(({ pid }) => pid)).toContain(database)
  expect(await isHealthy(second)).toBe(true)
  second.npm.kill('SIGTERM')
  await second.ended
  await nothingIsLeftOf(folder)
})

test('a web or a case system that crashes is started again, the marketplace goes on meanwhile, and KILL of npm leaves nothing running', async () => {
  const started = await npmStart(folder)
  const web = pidOf('web')!
  process.kill(web, 'SIGKILL')
  await until(async () => isAnother('web', web) && (await isHealthy(started).catch(() => false)))
  expect(started.output()).toContain('The web ended with SIGKILL; it is started again')
  const system = await until(() => pidOf('case system'))
  process.kill(system, 'SIGKILL')
  await until(() => isAnother('case system', system))
  expect(started.output()).toContain('The case system ended with SIGKILL; it is started again')
  expect(await isHealthy(started)).toBe(true)
  started.npm.kill('SIGKILL')
  await started.ended
  await nothingIsLeftOf(folder)
})

test('when the database is killed everything ends and says so, and the next start has all data', async () => {
  const first = await npmStart(folder)
  const postmaster = Number(fs.readFileSync(path.join(folder, 'data/postgres/postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(postmaster, 'SIGKILL')
  expect(await first.ended).not.toBe(0)
  expect(first.output()).toContain('The database has ended by itself.')
  await nothingIsLeftOf(folder)
  const second = await npmStart(folder)
  expect(await isHealthy(second)).toBe(true)
  second.npm.kill('SIGTERM')
  await second.ended
  await nothingIsLeftOf(folder)
})

test('when the port is taken the next free one is used and said aloud, and Ctrl-C in the terminal ends all of it', async () => {
  const squatter = createServer().listen(0, '127.0.0.1')
  const taken = await until(() => (squatter.address() as { port: number } | null)?.port)
  const started = await npmStart(folder, { PORT: String(taken) })
  expect(started.output()).toContain(`Port ${taken} is taken`)
  expect(Number(new URL(started.address).port)).toBeGreaterThan(taken)
  expect(Number(/case system is at http:\/\/127\.0\.0\.1:(\d+)/.exec(started.output())![1])).toBeGreaterThan(Number(new URL(started.address).port))
  expect(await isHealthy(started)).toBe(true)
  squatter.close()

  const again = npmRun(folder, ['start'])
  expect(await again.ended).not.toBe(0)
  expect(again.output()).toContain(`already runs from ${path.join(folder, 'data')} at ${started.address}`)
  expect(await isHealthy(started)).toBe(true)
  process.kill(-started.npm.pid!, 'SIGINT')
  await started.ended
  await nothingIsLeftOf(folder)
})

test('with DATABASE_URL nothing embedded starts and nothing of the demo exists', async ({ database }) => {
  const own = path.join(folder, 'production')
  makeKeyringFile(path.join(own, 'keyring.json'), newKeyring({ origin: 'market.example' }))
  const started = await npmStart(folder, { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, DATA_DIR: own })
  expect(await isHealthy(started)).toBe(true)
  for (const none of ['database', 'case system']) expect(processesOf(folder).map(({ name }) => name)).not.toContain(none)
  expect(fs.existsSync(path.join(own, 'demo.json'))).toBe(false)
  expect(await database.owner('demo_people').select()).toEqual([])
  expect(await database.owner('credentials').select()).toEqual([])
  started.npm.kill('SIGTERM')
  await started.ended
  await nothingIsLeftOf(folder)
})

test('a configuration that cannot be read is said in words', async () => {
  const started = npmRun(folder, ['start'], { PORT: 'three thousand' })
  expect(await started.ended).not.toBe(0)
  expect(started.output()).toMatch(/The configuration cannot be read\. PORT: /)
  await nothingIsLeftOf(folder)
})

test.each([
  ['a folder that cannot be made', { DATA_DIR: '/etc/hosts/x' }, /The folder of DATA_DIR cannot be used/],
  ['a deployment without its keys', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DATA_DIR: 'no-keys' }, /There is no keyring at .*no-keys\/keyring\.json\. Make one with "npm run keys -- make --origin /],
])('%s is said once, before anything is started', async (_, env, sentence) => {
  const started = npmRun(folder, ['start'], env)
  expect(await started.ended).not.toBe(0)
  expect(started.output()).toMatch(sentence)
  expect(started.output()).not.toContain('it is started again')
  await nothingIsLeftOf(folder)
})

test('an ordinary user starts it as well as root', async ({ skip }) => {
  if (process.getuid?.() !== 0) skip('These tests already run as an ordinary user.')
  const stat = fs.statSync(path.join(ROOT, 'node_modules'))
  const reachable = [...parents(ROOT), path.join(ROOT, 'node_modules')].every((place) => fs.statSync(place).mode & 0o001)
  if (!reachable || stat.uid === NOBODY.uid) skip('Nobody but root reaches the installed packages here.')
  const theirs = makeCheckout({ user: NOBODY })
  try {
    const started = await npmStart(theirs, {}, NOBODY)
    expect(await isHealthy(started)).toBe(true)
    expect(fs.statSync(path.join(theirs, 'data/keyring.json')).uid).toBe(NOBODY.uid)
    started.npm.kill('SIGTERM')
    await started.ended
    await nothingIsLeftOf(theirs)
  } finally {
    for (const { pid } of processesOf(theirs)) process.kill(pid, 'SIGKILL')
    removeCheckout(theirs)
  }
})

function parents(place: string): string[] {
  const above = path.dirname(place)
  return above === place ? [place] : [place, ...parents(above)]
}
