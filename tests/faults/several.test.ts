import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { addressOf } from '#app/config.server.ts'
import { connect } from '#db/client.ts'
import { handOver, type OutboxReader } from '#db/repositories/outbox.ts'
import { until } from '#tests/support/launched.ts'
import { startSite, type Site } from '#tests/support/site.ts'
import { Visitor } from '#tests/support/visitor.ts'
import { quietPort } from '#tests/support/port.ts'
import { untilReady } from '../../bin/address.ts'
import { look } from '../../bin/witness/look.ts'
import { WitnessStore } from '../../bin/witness/store.ts'

const APPLICATION_SECONDS = 7
const DRAW_DELAY_SECONDS = 2
/** A reader that only this test has, so that the workers' own cannot take its events. */
const READER = 'drill' as OutboxReader

test('two webs and two workers at one database: a session is good at both, each step of a tender happens once, and a killed worker is not missed', async ({ onTestFinished }) => {
  const site = await startSite({ demo: true })
  onTestFinished(site.stop)
  const [{ older }] = (await site.database.owner('outbox').max({ older: 'id' })) as [{ older: number | null }]
  await site.database.owner('outbox_readers').insert({ name: READER })
  const second = await anotherWeb(site)
  const workers = [site.start('app/worker.ts'), site.start('app/worker.ts')]
  const reading = readTwice(site)
  onTestFinished(reading.stop)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan witness '))
  onTestFinished(() => fs.rmSync(folder, { recursive: true }))
  const seen = (address: string) => look({ site: address, name: 'w.example', store: new WitnessStore(folder), keys: [], say: () => {} })
  await setPeriods(site)

  const owner = await signedIn(site, second, 'owner')
  const agencies = await Promise.all(['agency1', 'agency2', 'agency3', 'agency4'].map((name) => signedIn(site, second, name)))
  const { code } = await site.database.owner('projects').join('credentials', 'credentials.account_id', 'projects.registered_by').where('sign_in_name', 'owner').first('code')
  const drafted = await owner.first.post(`/owner/tenders/new?project=${code}&service=R28`, { projectCode: code, listingCode: 'R28', method: 'random', title: '绿园厂房水土保持方案', requirements: '编制报告书，成果两份。', serviceDays: '20', ceiling: '85000' })
  // Two clicks at once, one at each web: one publication.
  const published = await Promise.all([owner.first.post(drafted.location!, { act: 'publish' }), owner.second.post(drafted.location!, { act: 'publish' })])
  const page = published[0].location!.split('?')[0]!
  expect(published[1].location!.split('?')[0]).toBe(page)
  const before = await until(() => seen(site.address).catch(() => 0))

  const bid = { act: 'submit', contribution: '', commitment: 'yes' }
  const answers = await Promise.all(agencies.flatMap(({ first, second: other }) => [first.post(`${page}/bid`, bid), other.post(`${page}/bid`, bid)]))
  for (const { status, text } of answers) expect(status, text.slice(0, 300)).toBeLessThan(500)
  expect((await agencies[3]!.second.submit(`${page}/bid`, { act: 'withdraw' })).text).toContain('报名已撤回')
  expect((await agencies[3]!.first.get(page)).status).toBe(200)

  const db = site.database.owner
  const number = page.split('/').at(-1)!
  const { id } = await db('tenders').where({ number }).first('id')
  await until(async () => db('tender_closings').where({ tender_id: id }).first('tender_id'), 30_000, site.log)
  workers[0]!.kill('SIGKILL')
  await until(async () => db('awards').where({ tender_id: id }).first('tender_id'), 30_000, site.log)
  await until(async () => (await db('ledger_pending').select()).length === 0)

  for (const table of ['tender_closings', 'draw_pools', 'draws', 'awards']) expect(await db(table).where({ tender_id: id }), table).toHaveLength(1)
  const standing = await db('bids').where({ tender_id: id }).whereNull('replaced_at').whereNull('withdrawn_at')
  expect(standing).toHaveLength(3)
  const told = (await db('ledger_entries').where({ subject: number }).select<{ kind: string }[]>('kind')).map(({ kind }) => kind)
  for (const kind of ['tender.published', 'tender.closed', 'pool.frozen', 'draw.drawn', 'award.made']) expect(told.filter((one) => one === kind), kind).toHaveLength(1)
  expect(await seen(second)).toBeGreaterThan(before)
  const twice = await db('ledger_leaves').groupBy('leaf_hash').having(db.raw('count(*) > 1')).select('leaf_hash')
  expect(twice).toEqual([])
  const events = (await db('outbox').where('id', '>', older ?? 0).orderBy('id').select<{ id: number }[]>('id')).map((event) => event.id)
  expect(events.length).toBeGreaterThanOrEqual(3)
  await until(() => reading.read.length >= events.length)
  expect([...reading.read].sort((one, other) => one - other)).toEqual(events)
  expect(site.log()).not.toContain('"level":50')
})

async function anotherWeb(site: Site): Promise<string> {
  const port = await quietPort()
  const web = site.start('app/server.ts', { PORT: String(port) })
  const address = addressOf('127.0.0.1', port)
  if (!(await untilReady(address, { within: 30_000, isAlive: () => web.exitCode === null }))) throw new Error(site.log().slice(-2000))
  return address
}

/** Somebody who signed in at the first web, and is at both with the one cookie, as behind a proxy that shares the load. */
async function signedIn(site: Site, second: string, signInName: string): Promise<{ first: Visitor; second: Visitor }> {
  const first = site.visitor()
  await first.signIn(signInName, site.demo!.accounts.find(({ signIn }) => signIn.name === signInName)!.signIn.password)
  const other = new Visitor(second)
  for (const [name, value] of first.cookies) other.cookies.set(name, value)
  expect((await other.get('/account/sessions')).status).toBe(200)
  return { first, second: other }
}

async function setPeriods({ database }: Site): Promise<void> {
  const say = (name: string, n: number) => database.owner('policy_parameters').where({ division_code: '220100', name }).update({ value: JSON.stringify({ n, unit: 's' }) })
  await say('application', APPLICATION_SECONDS)
  await say('drawDelay', DRAW_DELAY_SECONDS)
}

/** Two processes' worth of one reader, each with a pool of its own; one in four hand-overs fails after its work. */
function readTwice({ config }: Site): { read: number[]; stop: () => Promise<void> } {
  const read: number[] = []
  let stopped = false
  const loops = [0, 1].map(async () => {
    const db = connect(config.databaseUrl, 'app', { most: 2 })
    for (let round = 0; !stopped; round++) {
      const taken: number[] = []
      const done = await handOver(db, READER, 1, async (_, events) => {
        taken.push(...events.map(({ id }) => id))
        await sleep(5)
        if (round % 4 === 3) throw new Error('this reader broke')
      }).then(() => true, () => false)
      if (done) read.push(...taken)
      await sleep(30)
    }
    await db.destroy()
  })
  return { read, stop: async () => void ((stopped = true), await Promise.all(loops)) }
}
