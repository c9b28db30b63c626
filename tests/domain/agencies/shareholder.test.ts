import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readShareholders, ShareholdersField, shareholdersIn, writeShareholders } from '#app/domain/agencies/shareholder.ts'

test.each<[string, string, object]>([
  ['a person', '王一 30%', [{ name: '王一', uscc: null, share: 3000 }]],
  ['a company by code and name, in full width', '９１２２０１０１ＭＡ００００００１Ｘ　某某投资 ５１．５％', [{ name: '某某投资', uscc: '91220101MA0000001X', share: 5150 }]],
  ['a company by its code alone', '91220101ma0000001x 51 %', [{ name: '', uscc: '91220101MA0000001X', share: 5100 }]],
  ['nobody', ' \r\n ', []],
  ['a line without a share', '王一', { fault: 'agencies.shareholder-line' }],
  ['a share of nothing', '王一 0%', { fault: 'agencies.shareholder-line' }],
  ['a share without anybody', '30%', { fault: 'agencies.shareholder-line' }],
  ['more than the whole', '王一 60%\n王二 50%', { fault: 'agencies.shareholder-sum' }],
  ['too many', Array.from({ length: 21 }, (_, n) => `股东${n} 1%`).join('\n'), { fault: 'agencies.too-many-shareholders' }],
])('%s', (_, written, read) => {
  expect(readShareholders(written)).toEqual(read)
})

test('what was read is written in one way and read again as it was', () => {
  const holder = fc.record({ name: fc.constantFrom('王一', '某某投资有限公司', 'Some Investment Ltd'), uscc: fc.option(fc.constant('91220101MA0000001X')), share: fc.integer({ min: 1, max: 500 }) })
  fc.assert(
    fc.property(fc.array(holder, { maxLength: 20 }), (holders) => {
      const list = holders.map((one) => (one.uscc ? { ...one, name: one.name.toUpperCase() } : one))
      expect(shareholdersIn(writeShareholders(list))).toEqual(list)
    }),
  )
  expect([ShareholdersField.parse(undefined), ShareholdersField.parse(''), ShareholdersField.parse('王一　30 %')]).toEqual([null, null, '王一 30%'])
  expect(ShareholdersField.safeParse('王一').error?.issues[0]?.message).toBe('agencies.shareholder-line')
})
