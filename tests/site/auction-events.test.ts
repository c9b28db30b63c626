import http from 'node:http'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { paths } from '#app/paths.ts'
import { databaseClock } from '#db/client.ts'
import { openContext } from '#tests/support/browser.ts'
import type { TestContext } from '#tests/support/database.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import { aTender, type Stage } from '#tests/support/tenders.ts'

const MOST_OF_ONE = 20
const BEAT = 15_000

const test = standingSite({})
const narrow = standingSite({ env: { AUCTION_STREAMS: '2' } })

const contexts = ({ database, config }: Site) => {
  const keyring = openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false })
  return (actor: Member) => ({ db: database.app, actor, clock: databaseClock, keyring, traceId: '0'.repeat(32) }) as unknown as TestContext
}

type Line = { status: number; headers: http.IncomingHttpHeaders; text: () => string; ended: Promise<void>; hangUp: () => void }

/** One reader of the stream, and what it has read so far. */
function listen(site: Site, { number }: Stage, headers: Record<string, string> = {}): Promise<Line> {
  return new Promise((resolve, reject) => {
    const request = http.get(`${site.address}/tenders/${number}/auction/events`, { headers, agent: false }, (answer) => {
      let read = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (read += chunk)).on('error', () => {})
      const ended = new Promise<void>((end) => answer.once('close', () => end()))
      resolve({ status: answer.statusCode!, headers: answer.headers, text: () => read, ended, hangUp: () => request.destroy() })
    })
    request.once('error', reject)
  })
}

async function said(line: Line, what: RegExp, within = 5000): Promise<string> {
  await expect.poll(line.text, { timeout: within, interval: 50 }).toMatch(what)
  return what.exec(line.text())![1]!
}

test('a stream says the state at once, says nothing twice, keeps its line open, and ends with the auction', async ({ site }) => {
  const make = contexts(site)
  const stage = await aTender(site.database, make, { method: 'live-auction' })
  const first = await listen(site, stage)
  expect([first.status, first.headers['content-type'], first.headers['cache-control'], first.headers['x-accel-buffering']]).toEqual([200, 'text/event-stream; charset=utf-8', 'no-store', 'no'])
  const id = await said(first, /id: (0-before-\S+)\nevent: auction\ndata: \{.+\}\n\n/)
  expect(first.text()).toMatch(/^retry: 2000\n\n/)

  // A reader that comes back with what it has heard is told of changes alone, and of those the next one.
  const back = await listen(site, stage, { 'Last-Event-ID': id })
  const stale = await listen(site, stage, { 'Last-Event-ID': '7-running-1-0' })
  expect(await said(stale, /id: (\S+)/)).toBe(id)
  await said(back, /(: still here)\n\n/, BEAT + 5000)
  expect(back.text()).toBe('retry: 2000\n\n: still here\n\n')
  await cancelTender(make(stage.owner), { number: stage.number, reason: '项目调整，不再需要。' })
  for (const line of [first, back, stale]) {
    expect(await said(line, /id: (0-over-\S+)/)).toMatch(/^0-over-0-/)
    await line.ended
    expect(line.text()).toMatch(/event: end\ndata: \{\}\n\n$/)
  }
  expect((await listen(site, stage)).status).toBe(204)
})

test('one address has so many streams and no more; one that hangs up makes room', async ({ site }) => {
  const stage = await aTender(site.database, contexts(site), { method: 'live-auction' })
  const lines = await Promise.all(Array.from({ length: MOST_OF_ONE }, () => listen(site, stage)))
  expect(new Set(lines.map(({ status }) => status))).toEqual(new Set([200]))
  const refused = await listen(site, stage)
  expect([refused.status, refused.headers['retry-after']]).toEqual([503, '10'])
  lines[0]!.hangUp()
  await expect.poll(async () => {
    const line = await listen(site, stage)
    line.hangUp()
    return line.status
  }, { timeout: 60_000, interval: 200 }).toBe(200)
  for (const { hangUp } of lines) hangUp()
})

narrow('a full house refuses a stream, and its reader has the page that loads itself again, with scripts and without', async ({ site, browser }) => {
  const stage = await aTender(site.database, contexts(site), { method: 'live-auction' })
  const lines = [await listen(site, stage), await listen(site, stage)]
  expect(lines.map(({ status }) => status)).toEqual([200, 200])
  const refused = await listen(site, stage)
  expect([refused.status, refused.headers['retry-after'], refused.headers['cache-control']]).toEqual([503, '10', 'no-store'])
  const address = `${site.address}${paths.auction(stage.number)}`
  expect((await site.visitor().get(paths.auction(stage.number))).text).toContain('<meta http-equiv="refresh" content="5"/>')

  const reader = await (await openContext(browser)).newPage()
  let loads = 0
  reader.on('framenavigated', () => (loads += 1))
  await reader.goto(address)
  await expect.poll(() => loads, { timeout: 60_000 }).toBeGreaterThan(1)
  // As soon as somebody leaves the page has a stream, and stands still.
  lines[0]!.hangUp()
  await reader.waitForResponse((answer) => answer.url().endsWith('/events') && answer.status() === 200, { timeout: 60_000 })
  const before = loads
  await reader.waitForTimeout(7_000)
  expect(loads - before).toBeLessThanOrEqual(0)
  await reader.context().close()
  lines[1]!.hangUp()
})
