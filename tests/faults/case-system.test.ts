import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test as base } from 'vitest'
import { brokenWire, type WireMode } from '#tests/support/broken-wire.ts'
import { demandForm, newCaseForm, startCaseSystem, type CaseSystemState } from '#tests/support/case-system.ts'
import { until } from '#tests/support/launched.ts'
import { startSite, type Site } from '#tests/support/site.ts'
import { keepIntents } from '../outside/case-system/intents.ts'
import { openMarket } from '../outside/case-system/market.ts'
import { misbehave } from '../outside/case-system/misbehaviour.ts'
import { refresh, takeOver } from '../outside/case-system/office.ts'
import { openStore } from '../outside/case-system/state.ts'
import { signatureOf } from '../outside/case-system/webhooks.ts'

const test = base.extend('site', { scope: 'file' }, async ({}, { onCleanup }) => {
  const site = await startSite({ demo: true })
  onCleanup(site.stop)
  return site
})

/** The first case that was spoken of: a subscription is an intent without one. */
const numberIn = ({ intents }: CaseSystemState) => intents.find(({ caseNumber }) => caseNumber !== null)!.caseNumber

/** What the marketplace has of a case: one of each, whatever happened on the way. */
async function atTheMarket({ database }: Site, number: string) {
  const db = database.owner
  const cases = await db('cases').where({ number }).select('id')
  const told = await db('ledger_entries').whereIn('subject', cases.map(({ id }) => id)).where({ kind: 'case.registered' })
  const demands = await db('guard_decisions').where({ case_number: number }).select('id', 'document')
  const asked = demands.map(({ document }) => (typeof document === 'string' ? JSON.parse(document) : document).demand.demanded as { text?: string })
  // The case's list of documents is a demand too, for the one service in it.
  return { cases: cases.length, registered: told.length, listed: asked.filter(({ text }) => text === undefined).length, demands: asked.flatMap(({ text }) => text ?? []).sort() }
}

/** A line of the table in docs/reliability.md. */
async function measured(site: Site, what: string, { numbers, asked }: { numbers: string[]; asked: number }): Promise<void> {
  const here = await Promise.all(numbers.map((number) => atTheMarket(site, number)))
  const demands = here.flatMap((one) => one.demands)
  const cases = here.reduce((sum, one) => sum + one.cases, 0)
  console.log(`| ${what} | ${numbers.length} | ${cases} | ${asked} | ${demands.length} | ${asked - new Set(demands).size} | ${demands.length - new Set(demands).size} |`)
}

test.for([
  ['before its call', 'before'],
  ['after its call, before it has written the answer down', 'after'],
])('a case system that dies %s has one case and one demand at either side, though its officer pressed again', async ([, crash], { site, onTestFinished }) => {
  const system = await startCaseSystem({ baseUrl: site.address, apiClient: site.demo!.apiClient })
  onTestFinished(system.stop)
  const opening = newCaseForm()
  await system.post('/misbehave', { crash: crash! })
  // Where its call waits for a busy marketplace it says so first, and dies when it tries again.
  expect(['gone', 503]).toContain(await system.post('/cases', opening))
  await system.ended()
  await system.restart()
  expect(await system.post('/cases', opening)).toBe(303)
  const opened = await system.saidAll()
  const number = numberIn(opened)
  expect(opened.cases.filter(({ caseNumber }) => caseNumber === number)).toHaveLength(1)
  expect(opened.intents.filter(({ caseNumber }) => caseNumber === number).map(({ kind, answer }) => [kind, answer!.status])).toEqual([['project', expect.any(Number)], ['case', 201]])

  const asking = demandForm(`采伐区调查 ${randomUUID()}`)
  await system.post('/misbehave', { crash: crash! })
  expect(['gone', 503]).toContain(await system.post(`/cases/${number}/demands`, asking))
  await system.ended()
  await system.restart()
  expect(await system.post(`/cases/${number}/demands`, asking)).toBe(303)
  await system.saidAll()
  expect(await atTheMarket(site, number)).toEqual({ cases: 1, registered: 1, listed: 1, demands: [asking.demanded] })
  await measured(site, `killed ${crash === 'before' ? 'before its call' : 'after its call, before it wrote the answer down'}; its officer pressed again`, { numbers: [number], asked: 1 })
  const page = await (await fetch(`${system.address()}/cases/${number}`)).text()
  for (const said of ['不得要求', '优化营商环境条例', '节能报告']) expect(page).toContain(said)
})

test('everything said twice at once is one thing', async ({ site, onTestFinished }) => {
  const system = await startCaseSystem({ baseUrl: site.address, apiClient: site.demo!.apiClient })
  onTestFinished(system.stop)
  await system.post('/misbehave', { twice: 'yes' })
  const opening = newCaseForm({ projectCode: '2026-220106-47-03-900002' })
  await Promise.all([system.post('/cases', opening), system.post('/cases', opening)])
  const number = numberIn(await system.saidAll())
  const asked = Array.from({ length: 5 }, () => demandForm(`现场照片鉴定 ${randomUUID()}`))
  await Promise.all(asked.flatMap((form) => [system.post(`/cases/${number}/demands`, form), system.post(`/cases/${number}/demands`, form)]))
  await system.saidAll()
  expect(await atTheMarket(site, number)).toEqual({ cases: 1, registered: 1, listed: 1, demands: asked.map(({ demanded }) => demanded).sort() })
  await measured(site, 'says everything twice at once', { numbers: [number], asked: asked.length })
})

test('through a line that cuts, loses and delays, and an outage of minutes, every demand arrives once, each case’s in order', async ({ site, onTestFinished }) => {
  const wire = await brokenWire(site.address)
  onTestFinished(wire.stop)
  // A hundredth of every wait: three seconds are five minutes.
  const system = await startCaseSystem({ baseUrl: wire.address, apiClient: site.demo!.apiClient, pace: 0.01 })
  onTestFinished(system.stop)
  const openings = Array.from({ length: 4 }, (_, place) => newCaseForm({ projectCode: `2026-220106-47-03-91000${place + 1}` }))
  for (const opening of openings) expect(await system.post('/cases', opening)).toBe(303)
  const numbers = openings.map(({ form }, place) => [form, place] as const)
  const opened = await system.saidAll()
  const cases = numbers.map(([form]) => opened.intents.find(({ id }) => id === form)!.caseNumber)

  const modes: WireMode[] = ['well', 'lost', 'cut', 'slow', 'lost']
  let calls = 0
  wire.set(() => modes[calls++ % modes.length]!)
  const asked = cases.flatMap((number) => Array.from({ length: 6 }, (_, place) => ({ number, ...demandForm(`${place} 补充说明 ${randomUUID()}`) })))
  const sending = asked.map(({ number, ...form }) => system.post(`/cases/${number}/demands`, form))
  await sleep(500)
  wire.set('cut')
  await sleep(3_000)
  expect((await system.state()).pending).toBeGreaterThan(0)
  wire.set(() => modes[calls++ % modes.length]!)
  await Promise.all(sending)
  const { intents } = await system.saidAll()
  expect(intents.some(({ tried }) => tried > 3)).toBe(true)
  for (const number of cases) {
    const mine = asked.filter((one) => one.number === number).map(({ demanded }) => demanded)
    expect(await atTheMarket(site, number)).toEqual({ cases: 1, registered: 1, listed: 1, demands: mine.sort() })
    const inOrder = await site.database.owner('guard_decisions').where({ case_number: number }).whereRaw(`cast(document as jsonb) -> 'demand' -> 'demanded' -> 'text' is not null`).orderBy('decided_at').pluck('id')
    expect(inOrder).toEqual(intents.filter(({ kind, caseNumber }) => kind === 'demand' && caseNumber === number).map(({ answer }) => answer!.body.id))
  }
  await measured(site, 'a line that loses, cuts and delays, and an outage of five minutes', { numbers: cases as string[], asked: asked.length })
})

test('a message is believed by its signature within five minutes, written down once however often it comes, and waits while the system is down', async ({ site, onTestFinished }) => {
  const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`
  const system = await startCaseSystem({ baseUrl: site.address, apiClient: site.demo!.apiClient, webhook: { id: 'w', secret, url: 'set by hand' } })
  onTestFinished(system.stop)
  const message = (id: string, { ago = 0, by = secret, sent = true } = {}) => {
    const timestamp = String(Math.floor(Date.now() / 1000) - ago)
    const body = JSON.stringify({ specversion: '1.0', id, type: 'marketplace.tender.awarded.v1', subject: 'LY-2026-0001', time: new Date().toISOString(), data: {} })
    const headers: Record<string, string> = sent ? { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,AAAA ${signatureOf({ id, timestamp, body }, by)}` } : {}
    return fetch(`${system.address()}/hooks`, { method: 'POST', body, headers: { 'content-type': 'application/cloudevents+json', ...headers } }).then(({ status }) => status, () => 'gone')
  }
  expect(await message('m-1')).toBe(204)
  expect(await message('m-1')).toBe(204)
  expect([await message('m-2', { ago: 240 }), await message('m-3', { ago: 360 }), await message('m-4', { ago: -360 }), await message('m-5', { by: 'whsec_AAAA' }), await message('m-6', { sent: false })]).toEqual([204, 401, 401, 401, 401])
  await system.post('/misbehave', { late: '1' })
  const began = Date.now()
  expect(await Promise.all([message('m-7'), message('m-7')])).toEqual([204, 204])
  expect(Date.now() - began).toBeGreaterThan(950)
  await system.post('/misbehave', { late: '0', down: '2' })
  expect(await message('m-8')).toBe('gone')
  await until(async () => (await message('m-8')) === 204)
  await system.post('/misbehave', { crash: 'now' })
  await system.ended()
  await system.restart()
  expect(await message('m-8')).toBe(204)
  expect((await system.state()).heard.map(({ id }) => id)).toEqual(['m-1', 'm-2', 'm-7', 'm-8'])
})

test('a case system that lost its state takes over what the marketplace knows of its office', async ({ site, onTestFinished }) => {
  const system = await startCaseSystem({ baseUrl: site.address, apiClient: site.demo!.apiClient })
  onTestFinished(system.stop)
  const seeded = await site.database.owner('cases').join('organisations', 'organisations.id', 'cases.authority_id').where({ uscc: site.demo!.apiClient.authority }).pluck('number')
  expect(seeded.length).toBeGreaterThanOrEqual(3)
  await until(async () => (await system.state()).cases.length >= seeded.length)
  expect((await system.state()).cases.map(({ caseNumber }) => caseNumber)).toEqual(expect.arrayContaining(seeded))
})

test('a case that was taken over is written back with all that the marketplace said of it when its result lands', async ({ site, onTestFinished }) => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan taken over '))
  const store = openStore(home)
  const real = openMarket({ baseUrl: site.address, apiClient: site.demo!.apiClient }, misbehave())
  const intents = keepIntents(store, real, { pace: 0.02, onAnswer: () => {} })
  onTestFinished(() => (intents.stop(), fs.rmSync(home, { recursive: true })))
  await takeOver(store, real)
  const found = store.state.cases.find(({ materials }) => materials.some((one) => one.state === 'lacking' && (one as unknown as { guard: unknown }).guard))!
  const { code: material } = found.materials.find(({ state, source }) => state === 'lacking' && source === 'service')!
  // The demo has no result that was accepted: one of them is said by a marketplace that is the real one in all else.
  const said: Record<string, object> = { services: { items: [{ material, deliverable: { id: 'D1', name: '成果', acceptedAt: '2026-11-27T10:00:00Z' } }] }, D1: { file: null, handover: '当面交接' } }
  const market: typeof real = { ...real, call: async (call) => { const own = said[call.path.split('/').at(-1)!]; return own ? { status: 200, body: own as Record<string, unknown>, headers: new Headers(), bytes: Buffer.alloc(0) } : real.call(call) } }
  await refresh(store, intents, market, found.caseNumber)
  const put = store.state.intents.find(({ kind }) => kind === 'case')!
  expect((await intents.settled(put.id, 60_000)).answer).toMatchObject({ status: 200, body: { caseNumber: found.caseNumber, materials: expect.arrayContaining([expect.objectContaining({ code: material, state: 'submitted' })]) } })
})
