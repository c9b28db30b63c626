import { renderToStaticMarkup } from 'react-dom/server'
import type { ReactNode } from 'react'
import { beforeAll, expect, test } from 'vitest'
import { DataTable } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept } from '#app/ui/field.tsx'
import { LocaleProvider, registerWords } from '#app/ui/locale.tsx'
import { Money, yuanText } from '#app/ui/money.tsx'
import { dayText, instantText } from '#app/ui/time.tsx'
import { wordsOf, type Locale } from '#app/words/words.ts'

beforeAll(() => {
  registerWords('zh', wordsOf('zh'))
  registerWords('en', wordsOf('en'))
})

function shown(part: ReactNode, locale: Locale = 'zh'): string {
  return renderToStaticMarkup(<LocaleProvider locale={locale}>{part}</LocaleProvider>)
}

test.each([
  [0, '0'],
  [5, '0.05'],
  [100, '1'],
  [123_456_789, '1,234,567.89'],
  [900_000_000_000_000, '9,000,000,000,000'],
  [-50, '−0.50'],
])('%i fen read %s yuan', (fen, text) => {
  expect(yuanText(fen)).toBe(text)
})

test('an amount that nobody stated is not zero', () => {
  expect(shown(<Money fen={null} />)).toContain('未载明')
})

test('a day has its weekday, and an instant stands on Beijing’s clock', () => {
  expect(dayText('2026-11-22', 'zh')).toBe('2026年11月22日（周日）')
  expect(dayText('2026-11-22', 'en')).toBe('Sun 22 Nov 2026')
  expect(instantText(new Date('2026-12-31T16:30:05Z'), 'zh', true)).toBe('2027年1月1日 00:30:05')
})

test('a wrong answer is told at its field, read with it, and kept', () => {
  const html = shown(<Field name="title" label="标题" hint="4 到 60 个字" {...kept({ errors: { title: ['太短了。'] }, values: { title: '水土' } }, 'title')} />)
  expect(html).toContain('aria-invalid="true"')
  expect(html).toContain('aria-describedby="field-title-hint field-title-error"')
  expect(html).toContain('value="水土"')
  expect(html).toContain('太短了。')
})

test('the summary leads to each field, and to none where the whole form is wrong', () => {
  const html = shown(<ErrorSummary errors={{ 'owner.name': ['请填写。'], form: ['情况已经变了。'] }} labels={{ 'owner.name': '名称' }} />)
  expect(html).toContain('<a href="#field-owner-name">名称：请填写。</a>')
  expect(html).toContain('<li>情况已经变了。</li>')
})

test('a list with nothing in it says what to do', () => {
  const html = shown(<DataTable caption="清单" columns={[]} rows={[]} keyOf={() => ''} empty={{ title: '没有', text: '换一个说法', action: { href: '/catalogue', label: '看全部' } }} />)
  expect(html).toContain('换一个说法')
  expect(html).toContain('href="/catalogue"')
})

test('a row on a phone tells each fact with its name', () => {
  const html = shown(<DataTable caption="清单" keyOf={(row) => row.name} rows={[{ name: '环评' }]} empty={{ title: '' }} columns={[{ key: 'name', label: '事项', cell: (row) => row.name }]} />)
  expect(html).toContain('data-label="事项"')
})
