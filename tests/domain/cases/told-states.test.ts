import { expect, test } from 'vitest'
import type { CaseStateNumber, StateOfCase } from '#app/domain/cases/case-state.ts'
import { tellsAnew, withTelling } from '#app/domain/cases/told-states.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 10, day, hour - 8))
const state = (number: CaseStateNumber, day: number, told?: number): StateOfCase => ({ state: number, at: at(day), note: '', ...(told && { recordedAt: at(told) }) })
const TODAY = 24

test.each<[string, StateOfCase[], StateOfCase[], { firstTold?: number; earlierToday?: StateOfCase[] }, (number | null)[]]>([
  ['a new state is told now', [state(1, 2)], [state(1, 2), state(3, 4)], {}, [null, TODAY]],
  ['what stands keeps when it was told', [state(1, 2), state(3, 4, 5)], [state(1, 2), state(3, 4), state(8, 6)], {}, [null, 5, TODAY]],
  ['a corrected day of a state changes nothing of when it was told', [state(1, 2), state(3, 6, 6)], [state(1, 2), state(3, 4)], {}, [null, 6]],
  ['a late state that is dated back was told when it was told', [state(1, 2), state(3, 20, 20)], [state(1, 2), state(3, 4)], {}, [null, 20]],
  ['one that was taken as it read was told by then', [state(1, 2), state(3, 20)], [state(1, 2), state(3, 4)], {}, [null, 20]],
  ['one state cannot lend its telling twice', [state(1, 2), state(6, 4, 4)], [state(1, 2), state(6, 3), state(7, 3), state(6, 4)], {}, [null, TODAY, TODAY, 4]],
  ['on the first day everything is taken as it reads', [state(1, 2)], [state(1, 2), state(3, 4)], { firstTold: TODAY }, [null, null]],
  ['what was taken back and is recorded anew on the same day was told before', [state(1, 2)], [state(1, 2), state(3, 4)], { earlierToday: [state(1, 2), state(3, 3, 3)] }, [null, 3]],
  ['what still stands lends nothing to another of its kind', [state(1, 2), state(6, 4, 4), state(7, 5, 5)], [state(1, 2), state(6, 4), state(7, 5), state(6, 6)], { earlierToday: [state(6, 4, 4)] }, [null, 4, 5, TODAY]],
])('%s', (_, states, now, { firstTold = 2, earlierToday = [] }, expected) => {
  const told = withTelling(now, { before: { states, firstToldAt: at(firstTold, 9), earlierToday }, at: at(TODAY) })
  expect(told.map(({ recordedAt }) => recordedAt ?? null)).toEqual(expected.map((day) => day && at(day)))
  expect(told.map(({ recordedAt: _told, ...said }) => said)).toEqual(now)
})

test('a case that is first told of is taken as it is', () => {
  expect(withTelling([state(1, 2), state(3, 4, 5)], { before: null, at: at(TODAY) })).toEqual([state(1, 2), state(3, 4)])
})

test('a history tells something anew where a state or its instant is another', () => {
  const standing = [state(1, 2), state(3, 4)]
  expect([[state(1, 2)], standing, [...standing, state(8, 5)], [state(1, 2), state(3, 5)]].map((states) => tellsAnew(states, standing))).toEqual([false, false, true, true])
})
