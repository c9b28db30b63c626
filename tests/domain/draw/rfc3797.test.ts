import { expect, test } from 'vitest'
import { rfc3797Key, rfc3797Order } from '#app/domain/draw/rfc3797.ts'
import { sharedData } from '#tests/support/shared-data.ts'

type Vector = { name: string; sources: string[][]; key: string; pool: string[]; steps: { index: number; md5: string; div: number; selected: number }[] }
const published = sharedData<{ vectors: Vector[] }>('rfc3797/vectors.json')

test.skipIf(!published).each(published?.vectors ?? [])('the worked example agrees in key, hash, divisor and choice: $name', ({ sources, key, pool, steps }) => {
  expect(rfc3797Key(sources)).toBe(key)
  expect(rfc3797Order(key, pool.length, steps.length)).toEqual(steps.map(({ md5, div, selected }) => ({ md5, divisor: div, selected })))
})

test('nobody is drawn twice, and more than there are cannot be drawn', () => {
  const drawn = rfc3797Order('1./', 300, 300).map(({ selected }) => selected)
  expect(new Set(drawn).size).toBe(300)
  expect(() => rfc3797Order('1./', 3, 4)).toThrow(RangeError)
})
