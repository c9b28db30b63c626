import { expect, test } from 'vitest'
import { canonical, sha256 } from '#app/domain/ledger/canonical.ts'
import { jcs } from '../../../bin/verify/primitives.ts'
import { sharedData } from '#tests/support/shared-data.ts'

const published = sharedData<{ vectors: { name: string; input: string; output: string }[] }>('jcs-rfc8785/vectors.json')

test.skipIf(!published).each(published?.vectors ?? [])('canonical JSON of the reference data: $name', ({ input, output }) => {
  expect(canonical(JSON.parse(input))).toBe(output)
  expect(jcs(JSON.parse(input))).toBe(output)
})

test.each([['nothing', undefined], ['a number that is none', NaN], ['half a surrogate pair', '\ud800'], ['half a pair in a name', { '\udc00': 1 }]])('%s has no canonical form', (_name, value) => {
  expect(() => canonical(value)).toThrow()
})

test('hashes take texts as UTF-8 and parts one after the other', () => {
  expect(sha256('明', '单')).toEqual(sha256(Buffer.from('明单')))
  expect(sha256().toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})
