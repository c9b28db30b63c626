import { expect, test } from 'vitest'
import { articlesOf, citationIn } from '#app/domain/divisions/citation.ts'
import { PARAMETERS } from '#app/domain/divisions/policy.ts'

test('a bare number becomes an article in both languages', () => {
  expect(citationIn('必须招标的工程项目规定 5')).toEqual({ title: '必须招标的工程项目规定', articles: { zh: '第五条', en: 'article 5' } })
  expect(articlesOf('7、18')).toEqual({ zh: '第七条、第十八条', en: 'articles 7 and 18' })
  for (const [number, zh] of [[10, '第十条'], [20, '第二十条'], [101, '第一百零一条'], [110, '第一百一十条'], [236, '第二百三十六条']] as const) expect(articlesOf(String(number)).zh).toBe(zh)
})

test('what is written out stays, and a practice with its year is no article', () => {
  expect(articlesOf('第二十五条第二款')).toEqual({ zh: '第二十五条第二款', en: '第二十五条第二款' })
  for (const source of ['沧州 2019', 'default', 'demo', '示例城市实施办法 / sample by-law']) expect(citationIn(source)).toBeNull()
})

test('every source of ours that ends in a number is either a citation or a year', () => {
  for (const { source } of Object.values(PARAMETERS)) if (/\d$/.test(source)) expect(citationIn(source) !== null || / (19|20)\d\d$/.test(source)).toBe(true)
})
