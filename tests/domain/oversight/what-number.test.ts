import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normaliseNumber, whatNumber, type NumberKind } from '#app/domain/oversight/what-number.ts'

const UUID = '0198f3b2-6d1e-7c3a-9b54-3f2a61d0c7e9'
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

/** What numbers are made of, and what people paste along with them. */
const SIGNS = [...'09afAFzMD-_.@#:/第条李', '–', '－', '０', 'Ａ', '\u3000', ' ', '\u200B', '\u0000', '\uD800', '\u{1F600}', 'ﬁ']

test.each<[typed: string, readings: [NumberKind, string][]]>([
  ['MD-220100-2026-000001', [['tender', 'MD-220100-2026-000001']]],
  [' md－220100－2026－００００01 ', [['tender', 'MD-220100-2026-000001']]],
  ['ＭＤ-220100-2026-000001', [['tender', 'MD-220100-2026-000001']]],
  ['MD–220100–2026–000001', [['tender', 'MD-220100-2026-000001']]],
  [UUID.toUpperCase(), [['id', UUID]]],
  [`\u200B${UUID}\n`, [['id', UUID]]],
  [HASH.toUpperCase(), [['hash', HASH]]],
  [TRACE, [['trace', TRACE], ['id', '4bf92f35-77b3-4da6-a3ce-929d0e0e4736']]],
  [`00-${TRACE}-00f067aa0ba902b7-01`, [['trace', TRACE]]],
  ['2026-220106-47-01-000123', [['project', '2026-220106-47-01-000123']]],
  ['20262201064701000123', [['project', '2026-220106-47-01-000123']]],
  ['2603-220106-47-01-000123-000', [['project', '2603-220106-47-01-000123']]],
  ['91220101ma0y9abcxx', [['organisation', '91220101MA0Y9ABCXX'], ['signInName', '91220101ma0y9abcxx']]],
  ['r28', [['listing', 'R28'], ['signInName', 'r28']]],
  ['Ａ０１', [['listing', 'A01'], ['signInName', 'a01']]],
  ['172', [['leaf', '172'], ['signInName', '172']]],
  ['第 172 条', [['leaf', '172'], ['signInName', '第172条']]],
  ['#0', [['leaf', '0']]],
  ['1f2e3d4c5b6a7988', [['key', '1f2e3d4c5b6a7988'], ['signInName', '1f2e3d4c5b6a7988']]],
  ['Li.Ming', [['signInName', 'li.ming']]],
  ['李明', []],
  ['李明的公司', [['signInName', '李明的公司']]],
  ['', []],
  ['　\u0000 ', []],
  ["'; drop table bids; --", []],
  ['x'.repeat(101), []],
])('%j is read as %j', (typed, readings) => {
  expect(whatNumber(typed).map(({ kind, value }) => [kind, value])).toEqual(readings)
})

test('whatever is typed gets an answer, and the same one with blanks around and full-width signs', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 80 }), (text) => {
      const readings = whatNumber(text)
      expect(whatNumber(`\u3000${text}\u200B `)).toEqual(readings)
      for (const { value } of readings) expect(value).not.toMatch(/[\s\u0000]/)
    }),
    { numRuns: 300 },
  )
  for (const number of [UUID, HASH, TRACE, 'MD-220100-2026-000001', 'R28', '172']) {
    const wide = number.replace(/[0-9A-Za-z]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0))
    expect(whatNumber(wide)).toEqual(whatNumber(number))
    expect(normaliseNumber(wide)).toBe(normaliseNumber(number))
  }
})
