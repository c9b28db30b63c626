import { expect, vi } from 'vitest'
import { receiptText } from '#app/domain/bids/receipt.ts'
import { sha256 } from '#app/domain/ledger/canonical.ts'
import { paths } from '#app/paths.ts'
import { auctionBundle } from '#tests/support/auctioned.ts'
import { drawnBundle } from '#tests/support/drawn.ts'
import { meritBundle } from '#tests/support/judged.ts'
import { kilobytes, SCRIPT_LIMITS, weighPage } from '#tests/support/page-weight.ts'
import { pricedBundle } from '#tests/support/priced.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'
import { Person } from './person.ts'
import { choose, DESK, loaded, part, PHONE, test } from './verifying.ts'

test('a page that has loaded checks a draw offline, and names the field that the command line names', async ({ site, browser }) => {
  const reader = await Person.at(browser, site.address, 'reader', PHONE)
  const { live } = reader.words.verify
  await reader.open(paths.verify())
  await loaded(reader)
  await reader.page.context().setOffline(true)

  const bundle = drawnBundle()
  const text = JSON.stringify(bundle)
  await part(reader, 'keys').fill(bundle.ledger!.keys[0]!)
  await choose(reader, text)
  expect(await part(reader, 'outcome').innerText()).toContain(live.holds)
  expect(await part(reader, 'outcome').innerText()).toContain(live.byYours)
  expect(await part(reader, 'steps').innerText()).toContain(bundle.winner)
  expect(await part(reader, 'status').innerText()).toContain(live.holds)
  await reader.look('verified')

  const other = (value: string) => `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}`
  const changes: [from: string, to: string][] = [
    [`"winner":"${bundle.winner}","method"`, '"winner":"91220100FAKE000000","method"'],
    [`"secret":"${bundle.secret}","winner"`, `"secret":"${other(bundle.secret)}","winner"`],
    [bundle.leafHashes[2]!, other(bundle.leafHashes[2]!)],
    [bundle.ledger!.freeze.proof[0]!, other(bundle.ledger!.freeze.proof[0]!)],
    ['绿园区学校', '绿园区医院'],
    [`"index":${bundle.ledger!.steps.draw.index},`, `"index":${bundle.ledger!.steps.draw.index + 1},`],
  ]
  for (const [from, to] of changes) {
    const changed = text.replace(from, to)
    expect(changed, from).not.toBe(text)
    const { field } = verifyBundle(changed).faults[0]!
    await choose(reader, changed)
    expect(await part(reader, 'outcome').locator('code').first().innerText(), from).toBe(field)
    expect(await part(reader, 'status').innerText()).toContain(`${live.refused}: ${field} `)
  }

  // Without the reader's own key the page's counts, and that log is another one.
  await part(reader, 'keys').fill('')
  await choose(reader, text)
  expect(await part(reader, 'outcome').innerText()).toContain('/ledger/keys')
  await part(reader, 'keys').fill('123')
  await part(reader, 'check').click()
  expect(await part(reader, 'key-fault').innerText()).toContain(live.badKey)
  await reader.leave()
})

test('once the page for any file says that all of it is loaded, bundles of several methods and sources are checked with the network cut', async ({ site, browser }) => {
  const reader = await Person.at(browser, site.address, 'reader', PHONE)
  const { live } = reader.words.verify
  await reader.open(paths.verify())
  await loaded(reader)
  await reader.page.context().setOffline(true)
  for (const bundle of [await meritBundle(), auctionBundle(), await pricedBundle(), drawnBundle({ source: 'drand' }), drawnBundle({ source: 'lottery', rules: 'rfc3797' })]) {
    await part(reader, 'keys').fill(bundle.ledger!.keys[0]!)
    await choose(reader, JSON.stringify(bundle))
    expect(await part(reader, 'outcome').innerText(), bundle.method).toContain(live.holds)
    await choose(reader, JSON.stringify({ ...bundle, winner: 'somebody else' }))
    expect(await part(reader, 'outcome').locator('code').first().innerText(), bundle.method).toBe('/winner')
  }
  await reader.leave()
})

test('ten thousand labels are checked while the page stays alive', async ({ site, browser }) => {
  const reader = await Person.at(browser, site.address, 'reader', DESK)
  await reader.open(paths.verify())
  await part(reader, 'controls').waitFor()
  const bundle = drawnBundle({ bids: 10_000 })
  await part(reader, 'keys').fill(bundle.ledger!.keys[0]!)
  await reader.page.evaluate(() => {
    const seen = { longest: 0, progress: 0, begun: performance.now() }
    Object.assign(window, { seen })
    let last = performance.now()
    setInterval(() => {
      seen.longest = Math.max(seen.longest, performance.now() - last)
      last = performance.now()
      if (!document.querySelector<HTMLElement>('[data-part="progress"]')!.hidden) seen.progress++
    }, 10)
  })
  await choose(reader, JSON.stringify(bundle))
  expect(await part(reader, 'outcome').innerText()).toContain(reader.words.verify.live.holds)
  const seen = await reader.page.evaluate(() => Object.assign((window as unknown as { seen: { longest: number; progress: number; begun: number } }).seen, { whole: performance.now() - (window as unknown as { seen: { begun: number } }).seen.begun }))
  expect(seen.progress).toBeGreaterThan(2)
  // Reading the file is one piece that cannot be cut; how long that takes depends on who else uses the machine.
  expect(seen.longest).toBeLessThan(seen.whole / 2)
  await reader.leave()
})

test('a drawn tender’s page checks its own bundle, with a receipt, and a ledger entry its own proof', async ({ site, drawn, browser }) => {
  const { keyring, number, tenderId } = drawn
  const reader = await Person.at(browser, site.address, 'reader', DESK)
  const { live, panel } = reader.words.verify

  const download = await fetch(site.address + paths.bundle(number))
  expect(Object.fromEntries(download.headers)).toMatchObject({ 'access-control-allow-origin': '*', 'content-type': 'application/json; charset=utf-8', 'content-disposition': `attachment; filename="${number}.json"` })

  await reader.open(paths.tender(number))
  const { script, verifies } = await weighPage(site.address + paths.tender(number), await reader.page.content())
  expect(verifies).toBe(true)
  expect(kilobytes(script)).toBeLessThanOrEqual(SCRIPT_LIMITS.verifies)
  await reader.page.getByRole('button', { name: panel.fetch }).click()
  await part(reader, 'print').waitFor()
  expect(await part(reader, 'outcome').innerText()).toContain(live.holds)
  expect(await part(reader, 'outcome').innerText()).toContain(live.byPage)
  expect(await part(reader, 'steps').innerText()).toContain(zh.award.awarded)
  await reader.look('tender-verified')

  const { receipt, ledger_entry_id: entry } = (await site.database.owner('bids').where({ tender_id: tenderId }).first('receipt', 'ledger_entry_id')) as { receipt: string; ledger_entry_id: string }
  const proof = await (await fetch(site.address + paths.ledgerProof(entry))).text()
  await reader.open(paths.verify({ tender: number }))
  await choose(reader, receipt)
  expect(await part(reader, 'outcome').innerText()).toContain(live.alone)
  await choose(reader, receipt, proof)
  expect(await part(reader, 'outcome').innerText()).toContain(live.holds)
  await reader.page.getByRole('button', { name: panel.fetch }).click()
  await vi.waitFor(async () => expect(await part(reader, 'outcome').innerText()).toContain(number))
  expect(await part(reader, 'outcome').innerText()).toContain(live.holds)
  await choose(reader, receiptText(keyring, { tender: number, bid: entry, bidHash: sha256('left out'), body: 'left out', receivedAt: new Date('2026-11-01T00:00:00Z'), ledger: { entry, leafHash: '0'.repeat(64), index: null, checkpoint: null, promisedBy: '2026-11-01T00:01:00.000Z' } }))
  expect(await part(reader, 'outcome').locator('code').first().innerText()).toBe('/leaves')

  await reader.open(paths.ledgerEntry(entry))
  await reader.page.context().setOffline(true)
  await reader.page.getByRole('button', { name: panel.checkThis }).click()
  await part(reader, 'print').waitFor()
  expect(await part(reader, 'outcome').innerText()).toContain(live.holds)
  await reader.look('proof-checked')
  await reader.leave()
})

test('without scripts the page says how, with the exact command and the values to compare', async ({ site, drawn, browser }) => {
  const reader = await Person.at(browser, site.address, 'reader', { ...PHONE, name: 'phone-without-scripts', javaScript: false })
  const { number, bundle } = drawn
  await reader.open(paths.verify({ tender: number }))
  const text = await reader.text()
  expect(text).toContain(reader.words.verify.panel.noScript)
  for (const shown of [`npm run verify -- ${number}.json`, bundle.commitment, bundle.beacon.value]) expect(text).toContain(shown)
  await reader.look('verify')
  await reader.leave()
})
