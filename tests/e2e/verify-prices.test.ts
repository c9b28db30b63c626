import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { kilobytes, SCRIPT_LIMITS, weighPage } from '#tests/support/page-weight.ts'
import { pricedBundle } from '#tests/support/priced.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'
import { pricesZh } from '../../bin/verify/price-sentences-zh.ts'
import { sealedZh } from '../../bin/verify/sealed-sentences-zh.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'
import { Person } from './person.ts'
import { choose, DESK, loaded, part, PHONE, test } from './verifying.ts'

test('sealed prices are opened and ranked again in the browser, offline, and a changed key or price is named', async ({ site, priced, browser }) => {
  const { number } = priced
  const reader = await Person.at(browser, site.address, 'reader', DESK)
  const { live, panel } = reader.words.verify
  await reader.open(paths.tender(number))
  expect(await reader.text()).toContain(reader.words.tenders.verifyPricesLead)
  const { script } = await weighPage(site.address + paths.tender(number), await reader.page.content())
  expect(kilobytes(script)).toBeLessThanOrEqual(SCRIPT_LIMITS.verifies)
  await reader.page.getByRole('button', { name: panel.fetch }).click()
  await part(reader, 'print').waitFor()
  expect(await part(reader, 'outcome').innerText()).toContain(live.holds)
  for (const sentence of ['10000.00 元', sealedZh.ruled, pricesZh.ranked['lowest-price'], zh.award.awarded]) expect(await part(reader, 'steps').innerText()).toContain(sentence)
  await reader.look('prices-verified')
  await reader.leave()

  const alone = await Person.at(browser, site.address, 'reader', PHONE)
  await alone.open(paths.verify())
  await loaded(alone)
  await alone.page.context().setOffline(true)
  const bundle = await pricedBundle()
  const text = JSON.stringify(bundle)
  await part(alone, 'keys').fill(bundle.ledger!.keys[0]!)
  await choose(alone, text)
  expect(await part(alone, 'outcome').innerText()).toContain(alone.words.verify.live.holds)
  const other = (value: string) => `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}`
  const changes: [from: string, to: string][] = [
    [bundle.steps.opened[1]!.keys.offer!, other(bundle.steps.opened[1]!.keys.offer!)],
    [`"value":${bundle.steps.order[0]!.value},`, `"value":${bundle.steps.order[0]!.value - 1},`],
    ['"reason":"over-ceiling"', '"reason":"no-offer"'],
  ]
  for (const [from, to] of changes) {
    const changed = text.replace(from, to)
    expect(changed, from).not.toBe(text)
    const { field } = verifyBundle(changed).faults[0]!
    await choose(alone, changed)
    expect(await part(alone, 'outcome').locator('code').first().innerText(), from).toBe(field)
  }
  await alone.look('prices-refused')
  await alone.leave()
})
