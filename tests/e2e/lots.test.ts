import { expect } from 'vitest'
import { openBid } from '#app/domain/bids/opened.ts'
import { PLATFORM, sealingKey } from '#app/domain/ledger/sealing-key.ts'
import type { SealedProcedure } from '#app/domain/tenders/procedure.ts'
import { paths } from '#app/paths.ts'
import { offering, setPeriods } from '#tests/support/tenders.ts'
import { DESK, PHONE, signedIn, staged, test } from './sealed-stage.ts'

test.for([DESK, PHONE])('a bidder gives a lot number with the price: $name', async (manner, { site, browser }) => {
  await setPeriods(site.database.owner, { application: { n: 600, unit: 's' } })
  const stage = await staged(site, { method: 'lowest-price', tie: 'electronic-lot' })
  const { as, number, tender } = stage
  const member = await offering(site.database.owner, stage.listing)
  const person = await signedIn(site, browser, member, manner)
  const { page, words } = person
  const posted: string[] = []
  page.on('request', (request) => request.method() === 'POST' && posted.push(request.postData() ?? ''))
  await person.open(paths.tender(number))
  await page.getByText(words.lots.factNote).waitFor()
  await person.follow({ href: paths.bid(number) })
  if (manner.javaScript) await page.getByText(words.pricing.honest.here).waitFor()
  const press = () => page.getByRole('button', { name: words.pricing.submit }).click()

  await person.fill({ price: '31,415.92', lot: '7', commitment: 'yes' })
  await press()
  await page.getByText(words.lots.refusals['three-digits']).first().waitFor()
  expect(await page.locator('[name="price"]').inputValue()).toBe('31,415.92')
  await person.look('lot-fault')
  await person.fill({ lot: ' ０４２' })
  await press()
  await page.getByText(words.pricing.done.title).first().waitFor()
  // Where the browser seals neither is sent.
  if (manner.javaScript) for (const body of posted) expect([...new URLSearchParams(body).keys()].filter((name) => ['lot', 'price'].includes(name))).toEqual([])

  const row = (await site.database.owner('bids').where({ tender_id: tender.id }).first()) as { id: string; body: string }
  const opened = await openBid({ id: row.id, body: row.body, uscc: member.uscc! }, { tender: number, procedure: tender.publication.procedure as SealedProcedure, ceilingFen: tender.ceilingFen, holder: { id: PLATFORM, privateKey: sealingKey(as(member).keyring, number).privateKey } })
  expect(opened).toMatchObject({ outcome: 'valid', offer: { lot: '042', quote: { kind: 'money', fen: 31_415_92 } } })
})
