import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byMerit, pricePoints, scored } from '#app/domain/awards/merit-ranking.ts'
import { replaceableAs, sideOf } from '#app/domain/awards/judge.ts'
import { formatPoints, meanPoints, parsePoints, readMarks } from '#app/domain/awards/score-sheet.ts'
import { dutyOf } from '#app/domain/awards/show-judging.server.ts'
import { parsePlan } from '#app/domain/bids/plan-text.ts'
import { policiesFrom } from '#app/domain/divisions/policy.ts'
import { meritFields, meritOf } from '#app/domain/tenders/draft-merit.ts'
import { TenderDraft } from '#app/domain/tenders/draft.ts'
import { meritFault, type Criterion } from '#app/domain/tenders/merit.ts'

const CRITERIA: Criterion[] = [{ code: 'price', name: 'price', weight: 40, kind: 'price' }, { code: 'c1', name: '方案', weight: 60, kind: 'judged' }]
const money = (bid: string, fen: number) => ({ bid, label: bid, quote: { kind: 'money' as const, fen } })

test.each([
  [{ judges: 3, criteria: CRITERIA }, null],
  [{ judges: 4, criteria: CRITERIA }, 'merit.judges'],
  [{ judges: 1, criteria: CRITERIA }, 'merit.judges'],
  [{ judges: 3, criteria: [{ ...CRITERIA[0]!, weight: 9 }, { ...CRITERIA[1]!, weight: 91 }] }, 'merit.price-weight'],
  [{ judges: 3, criteria: [CRITERIA[1]!] }, 'merit.price-weight'],
  [{ judges: 3, criteria: [{ ...CRITERIA[0]!, weight: 100 }] }, 'merit.nothing-judged'],
  [{ judges: 3, criteria: [CRITERIA[0]!, { ...CRITERIA[1]!, weight: 59 }] }, 'merit.sum'],
])('criteria that cannot decide are found out: %j', (merit, code) => {
  expect(meritFault(merit, policiesFrom([]))?.code ?? null).toBe(code)
})

test('the form of a draft asks for criteria that are exactly a hundred, and gives back what was kept', () => {
  const draft = { projectCode: 'p', listingCode: 'l', method: 'merit', title: '勘察设计方案', requirements: '按规范完成，成果两份。', serviceDays: '10', ceiling: '50000', priceWeight: '４０', judges: '3', criterion1: '方案', weight1: '60' }
  const faults = (changes: object) => TenderDraft.safeParse({ ...draft, ...changes }).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []
  expect(faults({})).toEqual([])
  expect(faults({ weight1: '59' })).toEqual(['priceWeight merit.sum'])
  expect(faults({ weight1: '' })).toEqual(['weight1 merit.weight-missing'])
  expect(faults({ criterion1: '' })).toEqual(['criterion1 forms.required'])
  expect(faults({ judges: '2' })).toEqual(['judges merit.judges-odd'])
  expect(faults({ priceWeight: '1e1' })[0]).toBe('priceWeight merit.whole-number')
  expect(faults({ method: 'random', priceWeight: '', criterion1: '', weight1: '', judges: '' })).toEqual([])
  const merit = meritOf(TenderDraft.parse(draft))
  expect(merit).toEqual({ judges: 3, criteria: CRITERIA })
  expect(meritFields(merit)).toEqual({ priceWeight: '40', judges: '3', criterion1: '方案', weight1: '60' })
})

test.each([['0', 0], ['23', 2300], ['23.5', 2350], ['２３．２５', 2325], ['60', 6000], ['60.01', 'merit.points-range'], ['-1', 'merit.points'], ['1.234', 'merit.points'], ['1e1', 'merit.points'], ['NaN', 'merit.points'], ['', 'forms.required']] as const)('points are read as they are typed: %s', (typed, read) => {
  expect(parsePoints(typed, 60)).toEqual(typeof read === 'number' ? { points: read } : { fault: read })
})

test('a sheet without a mark or a reason is told every fault at its field', () => {
  const read = readMarks({ 'points-a-c1': '61', 'reason-a-c1': '好', 'points-b-c1': '5', 'reason-b-c1': '针对性不够。' }, ['a', 'b', 'c'], CRITERIA)
  expect('faults' in read && read.faults.map(({ field, code }) => `${field} ${code}`)).toEqual(['points-a-c1 merit.points-range', 'reason-a-c1 merit.reason-short', 'points-c-c1 forms.required', 'reason-c-c1 forms.required'])
})

test('the lowest price has all points of the price, a dearer one never more than a cheaper one, and nothing is a fraction', () => {
  const price = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
  fc.assert(fc.property(fc.array(price, { minLength: 2, maxLength: 8 }), fc.integer({ min: 1, max: 100 }), (prices, weight) => {
    const lowest = Math.min(...prices)
    const points = prices.sort((a, b) => a - b).map((one) => pricePoints(one, lowest, weight))
    expect(points[0]).toBe(weight * 100)
    for (const [place, one] of points.entries()) expect(Number.isInteger(one) && one >= 0 && one <= (points[place - 1] ?? weight * 100)).toBe(true)
  }))
  expect(pricePoints(3, 2, 40)).toBe(2667)
  expect([pricePoints(0, 0, 40), pricePoints(5, 0, 40)]).toEqual([4000, 0])
})

test('the order is that of the sums, whoever comes first in the list, and equals are one group', () => {
  const marks = fc.array(fc.integer({ min: 0, max: 6000 }), { minLength: 3, maxLength: 3 })
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 1e9 }), marks), { minLength: 2, maxLength: 6 }), (given) => {
    const bids = given.map(([fen], place) => money(`b${place}`, fen))
    const sheets = [0, 1, 2].map((judge) => ({ marks: given.map(([, points], place) => ({ bid: `b${place}`, criterion: 'c1', points: points[judge]!, reason: '—' })) }))
    const groups = byMerit(scored(bids, sheets, CRITERIA))
    expect(groups.flat()).toHaveLength(bids.length)
    const totals = groups.map((group) => group[0]!.points.total)
    expect(totals).toEqual([...new Set(totals)].sort((a, b) => b - a))
    const turned = byMerit(scored(bids.toReversed(), sheets, CRITERIA)).map((group) => group.map(({ bid }) => bid).sort())
    expect(turned).toEqual(groups.map((group) => group.map(({ bid }) => bid).sort()))
  }))
  expect([formatPoints(meanPoints(10_001, 3)), formatPoints(5)]).toEqual(['33.34', '0.05'])
})

test('who shares a name or a telephone with one side is found there', () => {
  const sides = [{ side: 'bidder' as const, names: ['王 一'], phones: ['0431-88880000'] }, { side: 'owner' as const, names: ['李二'], phones: [] }]
  expect(sideOf({ name: '王一', phone: null }, sides)).toBe('bidder')
  expect(sideOf({ name: '赵三', phone: '043188880000' }, sides)).toBe('bidder')
  expect(sideOf({ name: '李二', phone: '1' }, sides)).toBe('owner')
  expect(sideOf({ name: '赵三', phone: '13900000000' }, sides)).toBeNull()
})

test('a judge is replaced for silence alone', () => {
  const at = new Date('2026-11-20T02:00:00Z')
  const judge = { declaredAt: at, dueAt: at, sheet: null, ended: null }
  expect(replaceableAs(judge, at)).toBe('silent')
  expect(replaceableAs({ ...judge, declaredAt: null, dueAt: null }, at)).toBe('absent')
  expect(replaceableAs(judge, new Date(at.getTime() - 1))).toBeNull()
  expect(replaceableAs({ ...judge, sheet: { committedAt: at, hash: '', shownAt: null } }, at)).toBeNull()
})

test('a judge has one thing to do at a time', () => {
  const facts = { ended: false, declared: false, opened: false, committed: false, shown: false, allCommitted: false, revealed: false }
  const steps = [{}, { declared: true }, { opened: true }, { committed: true }, { allCommitted: true }, { shown: true }, { revealed: true }]
  expect(steps.map((_, place) => dutyOf(Object.assign({ ...facts }, ...steps.slice(0, place + 1))))).toEqual(['declare', 'wait', 'score', 'waitOthers', 'show', 'waitShown', 'done'])
})

test.each([['  方案\r\n二  ', { text: '方案\n二' }], ['', { fault: 'forms.required' }], ['x'.repeat(11), { fault: 'merit.plan-long' }], ['😀', { fault: 'accounts.text-pictures' }]])('a plan is read: %j', (typed, read) => {
  expect(parsePlan(typed, 10)).toEqual(read)
})
