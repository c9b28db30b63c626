import { expect, test } from 'vitest'
import { METHODS, type Method } from '#app/domain/tenders/tender.ts'
import { stateNow } from '#app/ui/tender-state.tsx'
import { wordsOf } from '#app/words/words.ts'

const said = (method: Method, state: 'closed' | 'frozen' | 'publicity', locale: 'zh' | 'en' = 'zh') =>
  stateNow({ state, named: method === 'direct' ? {} : null, tender: { method, judging: method === 'merit' ? { revealedAt: null } : null } }, wordsOf(locale))

test('what comes next after the close is said by method, and a draw is promised only where one decides', () => {
  const next: Record<Method, RegExp> = { random: /公开抽取/, direct: /冻结名单/, 'lowest-price': /开标/, 'average-price': /开标/, 'live-auction': /竞价/, merit: /评委/, 'credit-shortlist': /抽出小名单/ }
  for (const method of METHODS) expect(said(method, 'closed'), method).toMatch(next[method])
  for (const method of METHODS.filter((one) => one !== 'random' && one !== 'direct')) {
    for (const state of ['closed', 'frozen', 'publicity'] as const) {
      expect(said(method, state), `${method} ${state}`).not.toBe(said('random', state))
      expect(said(method, state, 'en'), `${method} ${state}`).not.toMatch(method === 'credit-shortlist' ? /^The draw/ : /draw/)
    }
  }
  expect(said('direct', 'publicity')).not.toMatch(/抽取/)
})

test('a tender by merit whose sheets are shown waits for its order and for no judge', () => {
  const tender = { method: 'merit' as const, judging: { revealedAt: new Date('2026-11-20T02:00:00Z') } }
  expect(stateNow({ state: 'opened', named: null, tender }, wordsOf('zh'))).toMatch(/评分表已公开/)
})

test('an auction whose rounds an outage took is not said to run until the further rounds begin', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 2, minute))
  const auction = { startsAt: at(0), endsAt: at(40), further: [{ startsAt: at(30), endsAt: at(40) }] }
  const publication = { procedure: { method: 'live-auction', auction: { rounds: 2, round: { n: 10, unit: 'min' } } } }
  const now = (minute: number) => stateNow({ state: 'auction', named: null, tender: { method: 'live-auction', auction, publication } as never, at: at(minute) }, wordsOf('zh'))
  expect([10, 25, 35].map(now).map((sentence) => sentence.includes('不接受报价'))).toEqual([false, true, false])
})
