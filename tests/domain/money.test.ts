import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatYuan, parseYuan, Yuan } from '#app/domain/money.ts'

test.each([
  ['12000', 1_200_000],
  ['12,000.50', 1_200_050],
  ['￥１２，０００．５', 1_200_050],
  ['12000 元', 1_200_000],
  ['人民币12000元整', 1_200_000],
  ['0.01', 1],
  ['007', 700],
  ['　88　', 8_800],
])('what people type for an amount, %s, is read exactly', (text, fen) => {
  expect(parseYuan(text)).toEqual({ fen })
})

test.each([
  ['', 'forms.required'],
  ['abc', 'forms.money'],
  ['12,00', 'forms.money'],
  ['1.2.3', 'forms.money'],
  ['1e5', 'forms.money'],
  ['0.5万', 'forms.money'],
  ['-3', 'forms.money-negative'],
  ['－3', 'forms.money-negative'],
  ['1.234', 'forms.money-decimals'],
  ['9999999999999', 'forms.money-large'],
])('what is no amount, %s, is refused with its reason and never guessed', (text, fault) => {
  expect(parseYuan(text)).toEqual({ fault })
  expect(Yuan.safeParse(text).error?.issues[0]?.message).toBe(fault)
})

test('an amount that was printed is read back as the same fen', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 99_999_999_999_999 }), (fen) => {
    expect(parseYuan(formatYuan(fen))).toEqual({ fen })
  }))
})

test('no text at all makes the reader fall over', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    const read = parseYuan(text)
    expect('fault' in read || Number.isSafeInteger(read.fen)).toBe(true)
  }))
})
