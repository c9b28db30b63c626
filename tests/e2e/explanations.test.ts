import { expect, vi } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { paths } from '#app/paths.ts'
import { databaseClock } from '#db/client.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { offering, setPeriods } from '#tests/support/tenders.ts'
import { Person, type Manner } from './person.ts'
import { DESK, PHONE, signedIn, staged, test } from './sealed-stage.ts'

test.for<Manner>([DESK, PHONE])('a low price is explained in public at a $name, and stands explained under the price', async (manner, { site, browser }) => {
  await setPeriods(site.database.owner, { application: { n: 8, unit: 's' }, drawDelay: { n: 1, unit: 's' }, lowQuoteExplanation: { n: 600, unit: 's' } })
  const stage = await staged(site)
  const { as } = stage
  const [low, fair, dear] = await Promise.all(['价低', '价中', '价高'].map((name) => offering(site.database.owner, stage.listing, { name: `长春${name}工程咨询有限公司` }))) as [Member, Member, Member]
  for (const [member, fen] of [[low, 12_000_00], [fair, 39_800_50], [dear, 46_500_00]] as const) await sealBidAtDoor(as(member), { number: stage.number, quote: { kind: 'money', fen }, contribution: '' })
  const sequence = makeSequencer({ db: site.database.ledger, keyring: as(stage.owner).keyring, clock: databaseClock, log: { warn: () => {} } })
  await vi.waitFor(async () => {
    await attendTender(as(stage.owner), stage.tender)
    await sequence()
    expect((await findTender(site.database.owner, stage.tender))!.opening).not.toBeNull()
  }, { timeout: 60_000, interval: 500 })

  const person = await signedIn(site, browser, low, manner)
  const { pricing } = person.words
  await person.open(paths.tender(stage.number))
  await person.look('prices-opened')
  await person.follow({ href: paths.explain(stage.number) })
  await person.fill({ words: '太短' })
  await person.press(pricing.explain.button)
  expect(await person.text()).toContain(pricing.refusals['explanation-short'])
  expect(await person.page.locator('[name="words"]').inputValue()).toBe('太短')
  await person.look('explain')
  const said = '本机构在当地有两支外业队伍，已有同一流域的基础资料。'
  await person.fill({ words: said, confirmed: 'yes' })
  await person.press(pricing.explain.button)
  expect(await person.text()).toContain(pricing.explain.done.title)
  expect(await person.page.locator('#prices tbody').innerText()).toContain(said)
  await person.look('explained')
  await person.open(paths.explain(stage.number))
  expect(await person.text()).toContain(pricing.explain.not['already-explained'])
  await person.leave()
  const visitor = await Person.at(browser, site.address, 'visitor', manner)
  await visitor.open(paths.tender(stage.number))
  expect(await visitor.text()).toContain(said)
  expect(await visitor.page.locator(`a[href="${paths.explain(stage.number)}"]`).count()).toBe(0)
  await visitor.leave()
})
