import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, expect, test } from 'vitest'
import { NATIONAL_CALENDAR } from '#app/domain/calendar.ts'
import { serviceClock } from '#app/domain/cases/service-clock.ts'
import { projectBars, type Course } from '#app/domain/contracts/project-bars.ts'
import { LocaleProvider, registerWords } from '#app/ui/locale.tsx'
import { DaysLeft } from '#app/ui/project-cases.tsx'
import { ProjectChart } from '#app/ui/project-chart.tsx'
import { wordsOf, type Locale } from '#app/words/words.ts'

beforeAll(() => {
  registerWords('zh', wordsOf('zh'))
  registerWords('en', wordsOf('en'))
})

const day = (text: string) => new Date(`2026-11-${text}T10:00:00+08:00`)
const NOW = day('27')
const own = serviceClock([{ kind: 'case', state: 1, at: day('02'), place: 0 }, { kind: 'case', state: 6, at: day('03'), place: 1 }], { now: NOW })
const service = serviceClock([{ kind: 'bound', at: day('10') }, { kind: 'filed', at: day('11'), by: 'owner' }, { kind: 'confirmed', at: day('12') }], { now: NOW })
const COURSES: Course[] = [
  { kind: 'case', of: { id: 'c1', lane: 'construction', receivedAt: day('02') }, name: '施工图设计文件审查', clock: own, endedAt: null, deemed: true },
  { kind: 'service', caseId: 'c1', material: 'M1', name: '建设工程勘察', tender: 'MD-220106-2026-000026', milestone: 'to-deliver', openedAt: day('04'), clock: service },
  { kind: 'service', caseId: 'c1', material: 'M2', name: '工程监理', tender: null, milestone: 'to-open', openedAt: null, clock: null },
]
const chart = projectBars(COURSES, { at: NOW, calendar: NATIONAL_CALENDAR })
const shown = (locale: Locale) => renderToStaticMarkup(<LocaleProvider locale={locale}><ProjectChart {...chart} /></LocaleProvider>)

test('bars stand on one axis, in whose hands they were, and what the end depends on is marked', () => {
  expect(chart.whole).toBe(19)
  expect(chart.bars.map(({ start, days, criticalDays, spare }) => [start, days, criticalDays, spare])).toEqual([[0, 19, 2, null], [2, 17, 17, null], [19, 0, 0, null]])
  expect(chart.bars[1]!.parts.map(({ party, days }) => `${party} ${days}`)).toEqual(['owner 4', 'owner 1', 'agency 12'])
  for (const { parts, days } of chart.bars) expect(parts.reduce((sum, part) => sum + part.days, 0)).toBe(days)
})

test.each<Locale>(['zh', 'en'])('in %s each party has a pattern, each bar a description, and a table says the same', (locale) => {
  const html = shown(locale)
  const { project } = wordsOf(locale).clock
  for (const party of ['owner', 'agency', 'supplement']) expect(html).toContain(`url(#party-${party})`)
  expect(html.match(/id="party-agency"/g)).toHaveLength(1)
  for (const { name, days, criticalDays } of chart.bars) expect(html).toContain(`aria-label="${project.described({ name, days, critical: criticalDays })}"`)
  expect(html).toContain(project.path({ whole: 19, service: 17, share: 89 }))
  const rows = html.slice(html.indexOf('<details')).match(/<tr role="row">.*?<\/tr>/g)!.slice(1)
  expect(rows).toHaveLength(3)
  expect(rows[1]).toMatch(/>17<.*>17</)
  // Nothing that the policy of the page would block.
  expect(html).not.toMatch(/ style=|<script/)
})

test('what is left or over is said in words: used up on the last day alone, over after it though no working day has passed, and paused while nothing runs', () => {
  const said = (used: number, level: Parameters<typeof DaysLeft>[0]['level'] = 'running') => renderToStaticMarkup(<LocaleProvider locale="zh"><DaysLeft used={used} limit={10} level={level} /></LocaleProvider>)
  expect([said(7), said(10, 'last-day'), said(10, 'over'), said(12, 'over'), said(12, 'ended'), said(10, 'ended'), said(10, 'paused'), said(7, 'paused'), said(12, 'paused')].map((html) => html.replace(/<[^>]*>/g, ''))).toEqual(['还剩 3 个工作日', '今天用完', '已超期', '已超期 2 个工作日', '已超期 2 个工作日', '没有超期', '已用完，计时暂停', '还剩 3 个工作日，计时暂停', '已超期 2 个工作日'])
})
