import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CASE_STATES, currentState, faultsOfHistory, isOver, nextStates, type CaseStateNumber, type StateOfCase } from '#app/domain/cases/case-state.ts'

const NOW = new Date('2026-11-20T08:00:00Z')
const history = (...states: number[]): StateOfCase[] => states.map((state, place) => ({ state: state as CaseStateNumber, at: new Date(NOW.getTime() - (states.length - place) * 3_600_000), note: '' }))
const codes = (states: StateOfCase[]) => faultsOfHistory(states, NOW).map(({ place, code }) => `${place} ${code.slice(6)}`)

test.each([
  ['nothing yet', [], []],
  ['the straight way', [1, 3, 8, 11], []],
  ['accepted at a window without having been received', [3, 8, 13], []],
  ['a supplement and a special procedure', [1, 3, 6, 7, 8, 9, 10, 12], []],
  ['granted and revoked', [1, 3, 11, 15], []],
  ['begun in the middle', [8, 11], ['0 first-state']],
  ['on after the end', [1, 4, 8], ['2 after-the-end']],
  ['refused and revoked', [1, 3, 13, 15], ['3 after-the-end']],
  ['two supplements at once', [1, 3, 6, 6], ['3 pause-open']],
  ['a special procedure within a supplement', [1, 3, 6, 9], ['3 pause-open']],
  ['a supplement that ends as a special procedure', [1, 3, 6, 10], ['3 pause-not-begun']],
  ['received again after acceptance', [1, 3, 1], ['2 state-late']],
  ['received twice', [1, 1], ['1 state-late']],
  ['turned down after acceptance', [1, 3, 4], ['2 state-late']],
  ['refused without having been accepted', [1, 5], []],
  ['revoked without having been granted', [1, 15], ['1 revoked-ungranted']],
  ['an end without a beginning', [1, 3, 7], ['2 pause-not-begun']],
])('%s', (_, states, faults) => {
  expect(codes(history(...states))).toEqual(faults)
})

test('a history runs forward, and not into what has not come yet', () => {
  const [first, second] = history(1, 3)
  expect(codes([second!, { ...second!, at: first!.at }])).toEqual(['1 state-order'])
  expect(codes([{ ...first!, at: new Date(NOW.getTime() + 1) }])).toEqual(['0 state-ahead'])
})

test('what is right stays right when its end is cut off, and nothing follows an end but a revocation of what was granted', () => {
  const state = fc.constantFrom(...(Object.keys(CASE_STATES).map(Number) as CaseStateNumber[]))
  fc.assert(
    fc.property(fc.array(state, { maxLength: 12 }), (states) => {
      const whole = history(...states)
      if (faultsOfHistory(whole, NOW).length) return
      for (let length = 0; length < whole.length; length++) expect(faultsOfHistory(whole.slice(0, length), NOW)).toEqual([])
      const ended = whole.findIndex((each) => isOver(each.state))
      if (ended >= 0 && ended < whole.length - 1) expect([whole[ended]!.state === 11 || whole[ended]!.state === 12, whole[ended + 1]!.state, whole.length]).toEqual([true, 15, ended + 2])
    }),
  )
  expect(currentState([])).toBe(1)
})

test('an officer is offered the states that can follow, the likely one first', () => {
  const since = (...states: CaseStateNumber[]) => nextStates(states.map((state) => ({ state, at: NOW, note: '' })))
  expect(since(1)[0]).toBe(3)
  expect(since(1)).not.toContain(7)
  expect(since(1, 6)[0]).toBe(7)
  expect(since(1, 3, 9)[0]).toBe(10)
  expect(since(1, 3, 9)).not.toContain(6)
  expect(since(1, 3, 11)).toEqual([15])
  expect(since(1, 4)).toEqual([])
})
