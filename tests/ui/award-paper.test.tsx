import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, expect, test } from 'vitest'
import { METHODS, type Method } from '#app/domain/tenders/tender.ts'
import { boundAt, type MadeAward, type ShownTender } from '#app/domain/tenders/tender-view.ts'
import { AwardPaper } from '#app/ui/award-paper.tsx'
import { LocaleProvider, registerWords } from '#app/ui/locale.tsx'
import { wordsOf } from '#app/words/words.ts'

beforeAll(() => registerWords('zh', wordsOf('zh')))

/** What the award notice of a tender of this method says. */
function noticeOf(method: Method): string {
  const award = { place: 1, label: '91220100MADEM3829R', name: '长春漱岭图纸审查有限公司', awardedAt: '2026-09-10T02:00:01Z', publicityEndsAt: '2026-09-15T00:00:00Z', declined: null } as unknown as MadeAward
  const tender = { method, title: '施工图审查', ceilingFen: 46_000_00, serviceDays: 15, publication: { number: 'MD-220100-2026-000002' } }
  const shown = { tender, listing: { name: '施工图设计文件审查' }, project: { name: null, code: '2026-220100-47-01-000900' }, owner: null, demo: false, awards: [award], draw: method === 'direct' ? null : { order: [{ label: award.label, place: 1, amountFen: null }] }, entries: [], prices: null, objections: [], suspensions: [] } as unknown as ShownTender
  return renderToStaticMarkup(<LocaleProvider locale="zh"><AwardPaper shown={shown} award={award} qr={{ size: 21, path: '', address: 'https://example.invalid' }} /></LocaleProvider>)
}

test('the award notice says how its agency was selected, and of a draw only where one decided', () => {
  expect(noticeOf('random')).toContain('经可核验的随机抽取')
  for (const method of METHODS.filter((one) => one !== 'random')) {
    expect(noticeOf(method), method).not.toContain('随机抽取')
    if (method !== 'direct') expect(noticeOf(method), method).toContain(`公开选取（${wordsOf('zh').drafts.methods[method].name}）`)
  }
})

test('the award notice says when the award really bound: not before the last objection was answered and the last hold had ended', () => {
  const publicityEndsAt = '2026-09-15T00:00:00Z'
  const [answered, resumed] = [{ answer: { answeredAt: '2026-09-16T01:00:00Z' } }, { ended: { at: '2026-09-17T02:00:00Z', reason: '', byDate: true } }]
  expect(boundAt({ objections: [], suspensions: [] }, { publicityEndsAt })).toBe(publicityEndsAt)
  expect(boundAt({ objections: [answered], suspensions: [] }, { publicityEndsAt })).toBe(answered.answer.answeredAt)
  expect(boundAt({ objections: [answered], suspensions: [resumed] }, { publicityEndsAt })).toBe(resumed.ended.at)
})
