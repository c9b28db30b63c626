import { expect, test } from 'vitest'
import { CalendarForm, daysOf } from '#app/domain/oversight/calendar-days.ts'
import { isRefusal } from '#app/domain/refusal.ts'

const TODAY = '2026-11-28'
const read = (holidays: string, workdays = '') => daysOf({ holidays, workdays }, TODAY)
const refusalOf = (holidays: string, workdays = '') => {
  try {
    read(holidays, workdays)
  } catch (error) {
    if (isRefusal(error)) return `${error.field} ${error.code}`
  }
  return null
}

test('a year’s days are read as a notice writes them: days and ranges, off and worked, in any of the usual signs', () => {
  expect(read('2027年1月1日（元旦）\n2027-02-05 至 2027.02.07', '２０２７／２／１４、2027-02-27')).toEqual([
    { day: '2027-01-01', working: false },
    { day: '2027-02-05', working: false },
    { day: '2027-02-06', working: false },
    { day: '2027-02-07', working: false },
    { day: '2027-02-14', working: true },
    { day: '2027-02-27', working: true },
  ])
})

test('a day from today on may be entered, and none that has passed', () => {
  expect(read(TODAY)).toEqual([{ day: TODAY, working: false }])
  expect(refusalOf('2026-11-27')).toBe('holidays calendar.past')
})

test.each<[string, string, string, string]>([
  ['nothing', ' \n ', '', 'holidays calendar.none'],
  ['no day', '元旦放假', '', 'holidays calendar.unreadable'],
  ['a day that does not exist', '2027-02-30', '', 'holidays calendar.unreadable'],
  ['a range whose end has no year', '2027年1月1日至1月3日', '', 'holidays calendar.unreadable'],
  ['three days in a line', '2027-01-01 2027-01-02 2027-01-03', '', 'holidays calendar.unreadable'],
  ['a range that ends before it begins', '2027-02-12 至 2027-02-05', '', 'holidays calendar.range'],
  ['a range of two months', '2027-02-01 至 2027-04-01', '', 'holidays calendar.range'],
  ['a day both off and worked', '2027-01-01', '2027-01-01', 'workdays calendar.twice'],
  ['a year far away', '2127-01-01', '', 'holidays calendar.too-far'],
])('%s is refused at its field', (_what, holidays, workdays, code) => {
  expect(refusalOf(holidays, workdays)).toBe(code)
})

test('that a year is announced is said by a tick, and a form without one says nothing of it', () => {
  const said = (more: object) => CalendarForm.parse({ division: '220100', holidays: TODAY, source: '国办发明电〔2026〕7 号', ...more }).announced
  expect([said({}), said({ announced: 'yes' }), said({ announced: ['yes', 'yes'] }), said({ announced: '__proto__' })]).toEqual([false, true, false, false])
})
