import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { placeQuote } from '#app/domain/bids/place-quote.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { paths } from '#app/paths.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { passTo } from '#tests/support/passing-time.ts'
import { offering, setPeriods } from '#tests/support/tenders.ts'
import { Person } from './person.ts'
import { DESK, PHONE, signedIn, staged, test } from './sealed-stage.ts'

const MINUTE = 60_000

test('an outage takes a round: whoever watches or bids is shown a pause and no end, and then the further round', async ({ site, browser }) => {
  const { owner: db } = site.database
  await setPeriods(db, { application: { n: 600, unit: 's' }, drawDelay: { n: 1, unit: 's' }, auctionDelay: { n: 10, unit: 'min' }, auctionRound: { n: 5, unit: 'min' }, auctionOutage: { n: 60, unit: 's' }, lowQuoteExplanation: { n: 1, unit: 's' }, publicity: { n: 600, unit: 's' }, decline: { n: 1, unit: 's' } })
  const { as, number, owner, listing, tender } = await staged(site, { method: 'live-auction' })
  const [one, two] = (await Promise.all(['甲', '乙'].map((name) => offering(db, listing, { name: `长春${name}测绘有限公司` })))) as [Member, Member]
  for (const member of [one, two]) await submitBid(as(member), { number, contribution: '' })
  await site.passDeadline(number)
  const find = async () => (await findTender(db, tender))!
  const attend = (until: (found: Awaited<ReturnType<typeof find>>) => void) => vi.waitFor(async () => {
    await attendTender(as(owner), tender)
    until(await find())
  }, { timeout: 60_000, interval: 300 })
  await attend(({ frozenAt }) => expect(frozenAt).not.toBeNull())
  const { startsAt, endsAt } = (await find()).auction!
  await passTo(db, startsAt)
  await placeQuote(as(one), { number, id: randomUUID(), amountFen: 48_000_00 })

  const watcher = await Person.at(browser, site.address, 'visitor', DESK)
  await watcher.open(paths.auction(number))
  const { auction: words } = watcher.words
  expect(await watcher.text()).toContain(words.roundOf(1, 3))
  const desk = await signedIn(site, browser, two, DESK)
  await desk.open(paths.quote(number))
  // Two minutes of the second round in which no web served, and then on to the end of the third.
  await passTo(db, new Date(endsAt.getTime() - 3000))
  const [first] = (await db('service_spells').orderBy('began_at').limit(1)) as { process: string; began_at: Date }[]
  const dark = [6, 8].map((minutes) => new Date(startsAt.getTime() + minutes * MINUTE)) as [Date, Date]
  await db('service_spells').where('began_at', '<', dark[0]).delete()
  await db('service_spells').insert([{ ...first, beat_at: dark[0] }, { process: randomUUID(), began_at: dark[1], beat_at: new Date(endsAt.getTime() + 60 * MINUTE) }])
  // The last seconds pass by themselves: a clock that is set would let the webs have served all the time.
  await attend(({ auction }) => expect(auction!.further).toHaveLength(1))
  const [further] = (await find()).auction!.further!

  // Nobody touches the pages: their stream did not end with the last round.
  await watcher.page.waitForFunction((text) => document.querySelector('main')!.textContent!.includes(text), words.paused.title)
  await watcher.look('auction-paused')
  await desk.page.waitForFunction((text) => document.querySelector('main')!.textContent!.includes(text), words.phases.paused)
  await desk.open(paths.quote(number))
  expect(await desk.page.locator('form#quote').count()).toBe(0)
  await desk.look('quote-paused')
  const phone = await signedIn(site, browser, one, PHONE)
  await phone.open(paths.auction(number))
  expect([await phone.text(), await phone.page.locator('meta[http-equiv="refresh"]').count()]).toEqual([expect.stringContaining(phone.words.auction.paused.title), 1])
  await phone.look('auction-paused')
  for (const person of [watcher, phone]) {
    await person.open(paths.tender(number))
    const { auction: said } = person.words
    for (const text of [said.further.title(1), said.timeline.resumes, said.resumes, said.paused.now]) expect(await person.text()).toContain(text)
    await person.look('further-rounds')
    expect((await person.text()) + (await person.page.content())).not.toContain(two.uscc)
  }

  await passTo(db, further!.startsAt)
  await phone.open(paths.quote(number))
  expect(await phone.text()).toContain(phone.words.auction.roundOf(4, 4))
  expect(await phone.text()).toContain('4 rounds of 5 minutes each')
  await phone.fill({ price: '47000' })
  await phone.press(phone.words.auction.submit)
  expect(await phone.text()).toContain(phone.words.auction.done.title)
  await phone.look('quote-further')
  for (const person of [desk, phone, watcher]) await person.leave()
})
