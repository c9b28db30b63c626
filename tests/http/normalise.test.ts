import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalise } from '#app/http/normalise.ts'

test.each([
  ['full-width digits and letters', '９１２２０１０１ＭＡ', '91220101MA'],
  ['pasted spaces', '\u00A0\u3000 91220101\t', '91220101'],
  ['a zero-width mark', '\uFEFF绿园\u200B小学', '绿园小学'],
  ['Chinese punctuation stays', '（扩建），一期。', '（扩建），一期。'],
  ['a rare character stays', '䶮', '䶮'],
  ['line breaks of another system', 'a\r\nb\rc', 'a\nb\nc'],
  ['a NUL', 'a\0b', 'ab'],
])('%s', (_, pasted, meant) => {
  expect(normalise(pasted)).toBe(meant)
})

test('what is normal stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = normalise(text)
      expect(normalise(once)).toBe(once)
    }),
  )
})
