import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { drawnBundle } from '#tests/support/drawn.ts'
import { Person } from './person.ts'
import { choose, DESK, loaded, part, test } from './verifying.ts'

test('a browser without Ed25519 checks with the library, and names a false signature; where that did not arrive nothing is called right or wrong', async ({ site, browser }) => {
  const bundle = drawnBundle()
  const checkpoint = bundle.ledger!.checkpoint
  const forged = JSON.stringify(bundle).replace(JSON.stringify(checkpoint), JSON.stringify(checkpoint.replace(/([A-Za-z0-9+/])([A-Za-z0-9+/]{9}=*\n)$/, (_, sign: string, rest: string) => (sign === 'A' ? 'B' : 'A') + rest)))
  for (const arrives of [true, false]) {
    const reader = await Person.at(browser, site.address, 'reader', DESK)
    const { live } = reader.words.verify
    await reader.page.addInitScript(() => (SubtleCrypto.prototype.generateKey = () => Promise.reject<never>(new DOMException('Unrecognized name.', 'NotSupportedError'))))
    await reader.page.addInitScript(() => (SubtleCrypto.prototype.verify = () => Promise.reject(new Error('Nobody should ask.'))))
    const asked: string[] = []
    await reader.page.route('**/verify-library-*.js', (route) => {
      asked.push(route.request().url())
      return arrives ? route.continue() : route.fulfill({ status: 404 })
    })
    await reader.open(paths.verify())
    await loaded(reader, arrives ? live.ready : live.partMissing)
    expect(asked).toHaveLength(1)
    await part(reader, 'keys').fill(bundle.ledger!.keys[0]!)
    await choose(reader, JSON.stringify(bundle))
    expect(await part(reader, 'outcome').innerText()).toContain(arrives ? live.holds : live.notChecked)
    if (!arrives) {
      for (const word of [live.holds, live.refused]) expect(await part(reader, 'outcome').innerText()).not.toContain(word)
      await reader.look('part-missing')
    }
    await choose(reader, forged)
    if (arrives) expect(await part(reader, 'outcome').locator('code').first().innerText()).toBe('/ledger/checkpoint')
    await reader.leave()
  }
})

test('the browser’s own Ed25519 gives the answers of the command', async ({ site, browser }) => {
  const reader = await Person.at(browser, site.address, 'reader', DESK)
  await reader.open(paths.verify())
  // RFC 8032, 7.1, test 2; then with another message, with S above the order of the base point, and under a key that is no point.
  const [key, signature] = ['3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00']
  const over = signature.slice(0, 64) + 'f52db7415978abc61b2c2eb6aeebfca0387b2eaeb4302aeeb00d291612bb0c10'
  const cases: [key: string, message: string, signature: string][] = [[key, '72', signature], [key, '73', signature], [key, '72', over], [`02${'00'.repeat(31)}`, '72', signature]]
  const answered = await reader.page.evaluate(async (given) => {
    const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    return Promise.all(given.map(async ([publicKey, message, signed]) => {
      try {
        return await crypto.subtle.verify('Ed25519', await crypto.subtle.importKey('raw', bytes(publicKey), 'Ed25519', false, ['verify']), bytes(signed), bytes(message))
      } catch {
        return false
      }
    }))
  }, cases)
  expect(answered).toEqual([true, false, false, false])
  await reader.leave()
})
