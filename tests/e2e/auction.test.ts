import { expect, vi } from 'vitest'
import { paths } from '#app/paths.ts'
import { DEMO_PEOPLE } from '#db/seeds/demo-people.ts'
import { passTo } from '#tests/support/passing-time.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import { setPeriods } from '#tests/support/tenders.ts'
import { Person } from './person.ts'
import { DESK, PHONE } from './sealed-stage.ts'
import { anybodyVerifies, bids, demoPerson, ownerPublishes } from './steps.ts'

const test = standingSite({ demo: true, worker: true }, async (site) => {
  // The rounds begin when the clock is set to them, and each is longer than anybody here takes to quote.
  await setPeriods(site.database.owner, { application: { n: 600, unit: 's' }, drawDelay: { n: 1, unit: 's' }, auctionDelay: { n: 10, unit: 'min' }, lowQuoteExplanation: { n: 1, unit: 's' }, publicity: { n: 600, unit: 's' }, decline: { n: 600, unit: 's' } })
})

test('an owner publishes, two agencies bid and quote against one another, one with scripts and one without, and the bundle verifies', async ({ site, browser }) => {
  const [owner, desk, phone] = await Promise.all([demoPerson(site, browser, DESK, 'owner'), demoPerson(site, browser, DESK, 'agency1'), demoPerson(site, browser, PHONE, 'agency3')])
  const [one, two] = ['agency1', 'agency3'].map((name) => DEMO_PEOPLE.find(({ signInName }) => signInName === name)!.organisation) as [Organisation, Organisation]
  const number = await ownerPublishes(owner, { method: 'live-auction', auctionRounds: '3', auctionMinutes: '10', auctionStep: '500' })
  await Promise.all([desk, phone].map((bidder) => bids(bidder, number, {})))
  await owner.open(paths.tender(number))
  for (const { name } of [one, two]) expect(await owner.text()).not.toContain(name)
  await site.passDeadline(number)

  const watcher = await Person.at(browser, site.address, 'visitor', DESK)
  await watcher.open(paths.tender(number))
  await watcher.waitFor(watcher.words.auction.state.frozen)
  await watcher.follow({ href: paths.auction(number) })
  expect(await watcher.text()).toContain(watcher.words.auction.phases.before)
  await watcher.look('auction-before')
  await pass(site, number, 'starts_at')
  // Nobody touches the page: the stream says that the first round has begun.
  await watcher.page.waitForFunction((text) => document.querySelector('main')!.textContent!.includes(text), watcher.words.auction.roundOf(1, 3))

  // This browser's clock is behind the site's, and it hears nothing: what is left is counted by the page's time all the same.
  await owner.page.route(`**${paths.auctionEvents(number)}`, (route) => route.abort())
  await owner.open(paths.auction(number))
  await vi.waitFor(async () => expect(await owner.page.getByRole('timer').innerText()).toMatch(new RegExp(`^${owner.words.auction.timeLeft.replace('{}', '(10:00|\\d:\\d\\d)')}$`)), { timeout: 60_000 })
  await owner.leave()

  await desk.open(paths.auction(number))
  await desk.follow({ href: paths.quote(number) })
  await desk.fill({ price: '48,000.51' })
  await desk.press(desk.words.auction.submit)
  expect(await desk.text()).toContain(desk.words.auction.refusals['over-ceiling'])
  expect(await desk.page.locator('[name="price"]').inputValue()).toBe('48,000.51')
  await desk.fill({ price: '48,000' })
  await desk.press(desk.words.auction.submit)
  expect(await desk.text()).toContain(desk.words.auction.done.title)
  await desk.look('quoted')
  const best = (person: Person) => person.page.locator('[data-part="best"]')
  await vi.waitFor(async () => expect(await best(watcher).innerText()).toBe(watcher.words.auction.yuan('48,000.00')), { timeout: 60_000 })
  // Half typed, while the other one quotes: the figures move beside the form, and what was typed stays.
  await desk.fill({ price: '47,2' })

  await phone.open(paths.auction(number))
  await phone.follow({ href: paths.quote(number) })
  expect(await phone.page.locator('meta[http-equiv="refresh"]').count()).toBe(0)
  await phone.look('quote-form')
  await phone.fill({ price: '47000' })
  await phone.press(phone.words.auction.submit)
  expect(await phone.text()).toContain(phone.words.auction.rankOf(1))
  await phone.fill({ price: '46,500.01' })
  await phone.press(phone.words.auction.submit)
  expect(await phone.text()).toContain(phone.words.auction.refusals['not-lower']({ most: '46,500.00' }))
  await vi.waitFor(async () => expect(await best(desk).innerText()).toBe(desk.words.auction.yuan('47,000.00')), { timeout: 60_000 })
  expect(await desk.page.locator('[data-part="rank"]').innerText()).toBe(desk.words.auction.rankOf(2))
  expect(await desk.page.locator('[name="price"]').inputValue()).toBe('47,2')
  await phone.open(paths.auction(number))
  expect(await phone.page.locator('meta[http-equiv="refresh"]').count()).toBe(1)
  await phone.look('auction-running')
  await watcher.look('auction-running')
  for (const person of [watcher, phone]) expect((await person.text()) + (await person.page.content())).not.toContain(one.uscc)

  await pass(site, number, 'ends_at')
  // It says by itself that all is over, and where the result stands.
  await watcher.page.getByRole('link', { name: watcher.words.auction.toResult }).click({ timeout: 120_000 })
  await watcher.waitFor(watcher.words.life.award.outcomes.provisional)
  expect(await watcher.text()).toContain(watcher.words.auction.all.title)
  expect(await watcher.page.locator('#quotes tbody').innerText()).toContain(two.name)
  await watcher.look('auction-result')
  await phone.open(paths.tender(number))
  expect(await phone.text()).toContain(phone.words.life.award.yours)
  await phone.look('auction-result')
  expect(await anybodyVerifies(site, watcher, number)).toEqual({ winner: two.uscc })

  // The same in the page: the part that knows auctions is fetched for it.
  await watcher.page.reload()
  await watcher.page.locator('#verify summary').first().click()
  await watcher.page.locator('[data-part="fetch"]').click()
  await vi.waitFor(async () => expect(await watcher.page.locator('[data-part="outcome"]').innerText()).toContain(watcher.words.verify.live.holds), { timeout: 60_000 })
  for (const person of [desk, phone, watcher]) await person.leave()
})

type Organisation = (typeof DEMO_PEOPLE)[number]['organisation']

/** Sets the clock of the site to when the rounds of an auction begin or end. */
async function pass({ database: { owner } }: Site, number: string, to: 'starts_at' | 'ends_at'): Promise<void> {
  const row = await owner('tender_auctions').join('tenders', 'tenders.id', 'tender_auctions.tender_id').where({ number }).first<Record<typeof to, Date>>(`tender_auctions.${to}`)
  await passTo(owner, row![to])
}
