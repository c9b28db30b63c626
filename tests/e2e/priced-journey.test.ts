import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { DEMO_PEOPLE } from '#db/seeds/demo-people.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import { setPeriods } from '#tests/support/tenders.ts'
import type { Manner } from './person.ts'
import { anybodyVerifies, bidsPrice, demoPerson, ownerPublishes } from './steps.ts'

const test = standingSite({ demo: true, worker: true }, async (site) => {
  await setPeriods(site.database.owner, { application: { n: 600, unit: 's' }, drawDelay: { n: 1, unit: 's' }, lowQuoteExplanation: { n: 1, unit: 's' }, publicity: { n: 600, unit: 's' }, decline: { n: 600, unit: 's' } })
})

/** Their mean is 39,000, so that the lowest price and the one next below the mean are two bidders'. */
const PRICES = { agency1: '33,000', agency3: '38,500.50', agency2: '45,499.50' }
const QUOTES = { 'lowest-price': { price: '33,000', winner: 'agency1' }, 'average-price': { price: '38,500.50', winner: 'agency3' } } as const

type Way = { method: keyof typeof QUOTES; manner: Manner }

test.for<Way>([
  { method: 'lowest-price', manner: { name: 'priced-desk', locale: 'zh', javaScript: true, width: 1280 } },
  { method: 'average-price', manner: { name: 'priced-phone-without-scripts', locale: 'en', javaScript: false, width: 390 } },
])('from the draft to the opened prices and the winner that anybody can check: $method', async ({ method, manner }, { site, browser }) => {
  const owner = await demoPerson(site, browser, manner, 'owner')
  const bidders = new Map(await Promise.all(Object.keys(PRICES).map(async (name) => [name, await demoPerson(site, browser, manner, name)] as const)))
  const number = await ownerPublishes(owner, { method })
  await Promise.all([...bidders].map(([name, person]) => bidsPrice(person, number, { price: PRICES[name as keyof typeof PRICES] })))

  const { words } = owner
  await owner.open(paths.tender(number))
  for (const price of Object.values(PRICES)) expect(await owner.page.content()).not.toContain(price)
  await site.passDeadline(number)
  await owner.waitFor(words.life.award.outcomes.provisional)
  await owner.look('priced-result')
  for (const price of Object.values(PRICES)) expect(await owner.page.locator('#prices').innerText()).toContain(price)
  const { price, winner } = QUOTES[method]
  const { organisation } = DEMO_PEOPLE.find(({ signInName }) => signInName === winner)!
  const first = await owner.page.locator('#result tbody tr').first().innerText()
  for (const text of [price, organisation.name]) expect(first).toContain(text)
  expect(await anybodyVerifies(site, owner, number)).toEqual({ winner: organisation.uscc })
  await Promise.all([owner, ...bidders.values()].map((person) => person.leave()))
})
