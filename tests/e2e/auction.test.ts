import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, vi } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { paths } from '#app/paths.ts'
import { databaseClock } from '#db/client.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { passTo } from '#tests/support/passing-time.ts'
import { offering, setPeriods } from '#tests/support/tenders.ts'
import { Person } from './person.ts'
import { DESK, PHONE, signedIn, staged, test } from './sealed-stage.ts'

test('two bidders quote against one another, one with scripts and one without, and the bundle verifies', { timeout: 240_000 }, async ({ site, browser }) => {
  await setPeriods(site.database.owner, { application: { n: 600, unit: 's' }, drawDelay: { n: 1, unit: 's' }, auctionDelay: { n: 8, unit: 's' }, auctionRound: { n: 120, unit: 's' }, lowQuoteExplanation: { n: 1, unit: 's' }, publicity: { n: 600, unit: 's' }, decline: { n: 1, unit: 's' } })
  const stage = await staged(site, { method: 'live-auction' })
  const { as, number } = stage
  const [one, two] = (await Promise.all(['甲', '乙'].map((name) => offering(site.database.owner, stage.listing, { name: `长春${name}测绘有限公司` })))) as [Member, Member]
  for (const member of [one, two]) await submitBid(as(member), { number, contribution: '' })
  const sequence = makeSequencer({ db: site.database.ledger, keyring: as(stage.owner).keyring, clock: databaseClock, log: { warn: () => {} } })
  const reach = (state: string, within: number) => vi.waitFor(async () => {
    await attendTender(as(stage.owner), stage.tender)
    await sequence()
    expect(statusAt((await findTender(site.database.owner, stage.tender))!, await databaseClock.read(site.database.owner))).toBe(state)
  }, { timeout: within, interval: 300 })
  await site.passDeadline(number)
  await reach('frozen', 30_000)

  const desk = await signedIn(site, browser, one, DESK)
  const phone = await signedIn(site, browser, two, PHONE)
  const watcher = await Person.at(browser, site.address, 'visitor', DESK)
  await watcher.open(paths.auction(number))
  expect(await watcher.text()).toContain(watcher.words.auction.phases.before)
  await watcher.look('auction-before')
  await reach('auction', 30_000)
  // Nobody touches the page: the stream says that the first round has begun.
  await watcher.page.waitForFunction((text) => document.querySelector('main')!.textContent!.includes(text), watcher.words.auction.roundOf(1, 3))

  await desk.open(paths.quote(number))
  await desk.fill({ price: '50,000.01' })
  await desk.press(desk.words.auction.submit)
  expect(await desk.text()).toContain(desk.words.auction.refusals['over-ceiling'])
  expect(await desk.page.locator('[name="price"]').inputValue()).toBe('50,000.01')
  await desk.fill({ price: '48,000' })
  await desk.press(desk.words.auction.submit)
  expect(await desk.text()).toContain(desk.words.auction.done.title)
  await desk.look('quoted')
  const best = (person: Person) => person.page.locator('[data-part="best"]')
  await vi.waitFor(async () => expect(await best(watcher).innerText()).toBe(watcher.words.auction.yuan('48,000.00')), { timeout: 5_000 })
  // Half typed, while the other one quotes: the figures move beside the form, and what was typed stays.
  await desk.fill({ price: '47,2' })

  await phone.open(paths.quote(number))
  expect(await phone.page.locator('meta[http-equiv="refresh"]').count()).toBe(0)
  await phone.look('quote-form')
  await phone.fill({ price: '47000' })
  await phone.press(phone.words.auction.submit)
  expect(await phone.text()).toContain(phone.words.auction.rankOf(1))
  await vi.waitFor(async () => expect(await best(desk).innerText()).toBe(desk.words.auction.yuan('47,000.00')), { timeout: 5_000 })
  expect(await desk.page.locator('[data-part="rank"]').innerText()).toBe(desk.words.auction.rankOf(2))
  expect(await desk.page.locator('[name="price"]').inputValue()).toBe('47,2')
  await phone.open(paths.auction(number))
  expect(await phone.page.locator('meta[http-equiv="refresh"]').count()).toBe(1)
  await phone.look('auction-running')
  await watcher.look('auction-running')
  for (const person of [watcher, phone]) expect((await person.text()) + (await person.page.content())).not.toContain(one.uscc)

  await passTo(site.database.owner, (await site.database.owner('tender_auctions').where({ tender_id: stage.tender.id }).first<{ ends_at: Date }>('ends_at'))!.ends_at)
  await reach('opened', 90_000)
  await reach('publicity', 60_000)
  await sequence()
  await watcher.open(paths.tender(number))
  expect(await watcher.text()).toContain(watcher.words.auction.all.title)
  expect(await watcher.page.locator('#quotes tbody').innerText()).toContain(two.organisationName)
  await watcher.look('auction-result')
  await phone.open(paths.tender(number))
  await phone.look('auction-result')
  const file = path.join(site.config.dataDir, 'auction.json')
  writeFileSync(file, (await site.visitor().get(paths.bundle(number))).text)
  const ran = spawnSync(process.execPath, ['bin/verify.ts', file], { encoding: 'utf8' })
  expect(ran.stdout).toContain('Everything holds together')
  expect(ran.status).toBe(0)

  // The same in the page: the part that knows auctions is fetched for it.
  await watcher.page.locator('#verify summary').first().click()
  await watcher.page.locator('[data-part="fetch"]').click()
  await vi.waitFor(async () => expect(await watcher.page.locator('[data-part="outcome"]').innerText()).toContain(watcher.words.verify.live.holds), { timeout: 20_000 })
  for (const person of [desk, phone, watcher]) await person.leave()
})
