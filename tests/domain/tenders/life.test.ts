import { expect, test } from 'vitest'
import { NATIONAL_CALENDAR, periodBefore, type Period } from '#app/domain/calendar.ts'
import { chooseWinner } from '#app/domain/awards/award.ts'
import { policiesFrom } from '#app/domain/divisions/policy.ts'
import { drawDelayUnder } from '#app/domain/tenders/procedure-under.ts'
import { awardTerms, LIFE_BEFORE, lifeUnder, questionsUntil } from '#app/domain/tenders/life.ts'

const at = (text: string) => new Date(`${text}+08:00`)
const policies = (publicity: Period) => policiesFrom([{ divisionCode: '220100', name: 'publicity', value: publicity, source: 'test', fromOn: '2026-01-01' }])

test.each<[string, Period, string, string]>([
  ['two days', { n: 2, unit: 'd' }, '2026-11-26T00:00', '2026-11-24T00:00'],
  ['two days before an hour of the day', { n: 2, unit: 'd' }, '2026-11-26T15:30', '2026-11-24T15:30'],
  ['thirty seconds', { n: 30, unit: 's' }, '2026-11-26T00:00', '2026-11-25T23:59:30'],
  ['one working day before a Monday', { n: 1, unit: 'wd' }, '2026-11-30T00:00', '2026-11-27T00:00'],
  ['two working days over the National Day', { n: 2, unit: 'wd' }, '2026-10-09T00:00', '2026-09-30T00:00'],
])('%s before an instant', (_, period, end, expected) => {
  expect(periodBefore(at(end), period)).toEqual(at(expected))
})

test('where the bidding is too short for the policy, questions are taken in its first half', () => {
  const dates = { publishedAt: at('2026-11-20T10:00'), closesAt: at('2026-11-26T00:00') }
  expect(questionsUntil(dates, LIFE_BEFORE, NATIONAL_CALENDAR)).toEqual(at('2026-11-24T00:00'))
  expect(questionsUntil({ ...dates, closesAt: at('2026-11-20T10:02') }, LIFE_BEFORE, NATIONAL_CALENDAR)).toEqual(at('2026-11-20T10:01'))
})

test.each<[Period, boolean, Period]>([
  [{ n: 5, unit: 'd' }, false, { n: 5, unit: 'd' }],
  [{ n: 3, unit: 'wd' }, false, { n: 3, unit: 'wd' }],
  [{ n: 2, unit: 'd' }, false, { n: 3, unit: 'd' }],
  [{ n: 60, unit: 's' }, false, { n: 3, unit: 'd' }],
  [{ n: 60, unit: 's' }, true, { n: 60, unit: 's' }],
])('a publicity of %j in a demo %s is %j', (policy, demo, expected) => {
  expect(lifeUnder(policies(policy), { demo }).publicity).toEqual(expected)
})

test.each<[string, string, string, string]>([
  ['on a Friday: the third day is Monday, and two working days end a day later', '2026-11-20T10:00', '2026-11-25T00:00', '2026-11-25T00:00'],
  ['on a Monday: the third day is Thursday', '2026-11-23T10:00', '2026-11-27T00:00', '2026-11-26T00:00'],
  ['before the National Day: the last day moves behind it', '2026-09-29T10:00', '2026-10-09T00:00', '2026-10-09T00:00'],
])('an award made %s binds and is declined in time', (_, made, binds, declines) => {
  expect(awardTerms(at(made), LIFE_BEFORE, NATIONAL_CALENDAR)).toMatchObject({ publicityEndsAt: at(binds), declineUntil: at(declines) })
})

test.each<[Period, boolean, Period]>([
  [{ n: 60, unit: 's' }, false, { n: 10, unit: 'min' }],
  [{ n: 599, unit: 's' }, false, { n: 10, unit: 'min' }],
  [{ n: 600, unit: 's' }, false, { n: 600, unit: 's' }],
  [{ n: 1, unit: 'h' }, false, { n: 1, unit: 'h' }],
  [{ n: 0, unit: 'wd' }, false, { n: 10, unit: 'min' }],
  [{ n: 1, unit: 'wd' }, false, { n: 1, unit: 'wd' }],
  [{ n: 5, unit: 's' }, true, { n: 5, unit: 's' }],
])('a draw %j after the close, in a demo %s, is %j after it', (policy, demo, expected) => {
  expect(drawDelayUnder(policiesFrom([{ divisionCode: '220100', name: 'drawDelay', value: policy, source: 'test', fromOn: '2026-01-01' }]), { demo })).toEqual(expected)
})

test('of nobody nobody is chosen', () => {
  expect(chooseWinner([], new Map(), { at: new Date('2026-03-05T02:00:00Z'), divisionCode: '220100', owner: {} as never, authorities: [] })).toEqual({ winner: null, passedOver: [] })
})

test('under procurement law a publicity lasts as long as one may object', () => {
  const life = lifeUnder(policiesFrom([{ divisionCode: '220100', name: 'regime', value: 'procurement', source: 'test', fromOn: '2026-01-01' }]), { demo: false })
  expect(life.objections).toMatchObject({ regime: 'procurement', period: { n: 7, unit: 'wd' }, answer: { n: 7, unit: 'wd' }, complaint: { n: 15, unit: 'wd' } })
  const { publicityEndsAt, objectionsUntil, declineUntil } = awardTerms(at('2026-11-20T10:00'), life, NATIONAL_CALENDAR)
  expect(objectionsUntil).toEqual(at('2026-12-02T00:00'))
  expect(publicityEndsAt).toEqual(objectionsUntil)
  expect(declineUntil < publicityEndsAt).toBe(true)
})
