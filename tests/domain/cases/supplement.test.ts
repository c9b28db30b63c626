import { expect, test } from 'vitest'
import type { CaseStateNumber } from '#app/domain/cases/case-state.ts'
import { supplementOf } from '#app/domain/cases/supplement.ts'
import { policiesFrom } from '#app/domain/divisions/policy.ts'

const beijing = (text: string) => new Date(`${text}:00+08:00`)
const states = (...told: [CaseStateNumber, string][]) => told.map(([state, at]) => ({ state, at: beijing(at) }))
const wait = { n: 3, unit: 'wd' } as const
/** A Thursday. */
const ASKED = '2026-11-05T10:00'

test('no law sets the applicant a day, so the reminder is a default of ours', () => {
  expect(policiesFrom([]).supplementWait).toMatchObject({ value: { n: 20, unit: 'wd' }, source: 'default' })
})

test.each<[string, ReturnType<typeof states>, string, ReturnType<typeof supplementOf>]>([
  ['nothing was recorded', states(), '2026-11-20T10:00', null],
  ['nothing is missing', states([1, '2026-11-02T10:00'], [3, ASKED]), '2026-11-20T10:00', null],
  ['it was asked for today', states([1, '2026-11-02T10:00'], [6, ASKED]), '2026-11-05T23:59', { since: beijing(ASKED), used: 0, round: 1, overdueFrom: beijing('2026-11-11T00:00'), isOverdue: false }],
  ['the last instant before the reminder', states([1, '2026-11-02T10:00'], [6, ASKED]), '2026-11-10T23:59', { since: beijing(ASKED), used: 3, round: 1, overdueFrom: beijing('2026-11-11T00:00'), isOverdue: false }],
  ['the first instant of it', states([1, '2026-11-02T10:00'], [6, ASKED]), '2026-11-11T00:00', { since: beijing(ASKED), used: 4, round: 1, overdueFrom: beijing('2026-11-11T00:00'), isOverdue: true }],
  ['it came in', states([6, ASKED], [7, '2026-11-06T10:00']), '2026-11-20T10:00', null],
  ['the office accepted without it', states([6, ASKED], [3, '2026-11-06T10:00']), '2026-11-20T10:00', null],
  ['the applicant took the case back', states([6, ASKED], [2, '2026-11-06T10:00']), '2026-11-20T10:00', null],
  ['a second one counts from its own day', states([6, '2026-11-02T10:00'], [7, '2026-11-04T10:00'], [6, ASKED]), '2026-11-06T10:00', { since: beijing(ASKED), used: 1, round: 2, overdueFrom: beijing('2026-11-11T00:00'), isOverdue: false }],
])('%s', (_name, history, now, expected) => {
  expect(supplementOf(history, { now: beijing(now), wait })).toEqual(expected)
})
