import { renderToStaticMarkup } from 'react-dom/server'
import type { ReactNode } from 'react'
import { beforeAll, expect, test } from 'vitest'
import { DataTable } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept } from '#app/ui/field.tsx'
import { LocaleProvider, registerWords } from '#app/ui/locale.tsx'
import { Money, yuanText } from '#app/ui/money.tsx'
import { InquiryTimeline } from '#app/ui/inquiry-timeline.tsx'
import { NearestListings } from '#app/ui/nearest-listings.tsx'
import { dayText, Deadline, instantText } from '#app/ui/time.tsx'
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

test('a limit that is over at midnight is said as the day that it lasts to, any other by its minute', () => {
  expect(shown(<Deadline at="2026-11-27T16:00:00.000Z" />)).toContain('2026年11月27日24时')
  expect(shown(<Deadline at="2026-11-27T16:00:00.000Z" bare />, 'en')).toContain('the end of 27 Nov 2026')
  expect(shown(<Deadline at="2026-11-27T16:00:01.000Z" bare seconds />)).toContain('00:00:01')
  expect(shown(<Deadline at="2026-11-27T09:30:00.000Z" bare />)).toContain('17:30')
})

const FINDING = { openedAt: '2026-11-02T01:00:00Z', rectification: null }
const facts = (contestAnswer: { outcome: 'kept' | 'revoked'; answeredAt: string } | null) => ({ replyBy: '2026-11-09T16:00:00Z', repliedAt: null, finding: { outcome: 'violation' as const, foundAt: '2026-11-10T01:00:00Z', contestBy: '2026-11-20T16:00:00Z', rectifyBy: null }, contest: null, contestAnswer, rectifications: [] })

test('a finding that stands has not ended; one that a review revoked has', () => {
  const { ended } = wordsOf('zh').frame.timeline.states
  for (const answer of [null, { outcome: 'kept' as const, answeredAt: '2026-11-12T01:00:00Z' }]) expect(shown(<InquiryTimeline {...FINDING} state="final" facts={facts(answer)} />)).not.toContain(ended)
  expect(shown(<InquiryTimeline {...FINDING} state="revoked" facts={facts({ outcome: 'revoked', answeredAt: '2026-11-12T01:00:00Z' })} />)).toContain(ended)
})

test('listings of one name are told apart by code, nature and place', () => {
  const nearest = ['R01', 'R02'].map((item) => ({ item, name: '岩土勘察', score: 0.8 }))
  const html = shown(<NearestListings nearest={nearest} named={{ R01: { nature: 'statutory', division: '吉林省' }, R02: { nature: 'market', division: '长春市' } }} />)
  const { natures } = wordsOf('zh').catalogue
  for (const text of ['R01', 'R02', natures.statutory, natures.market, '吉林省', '长春市']) expect(html).toContain(text)
})
