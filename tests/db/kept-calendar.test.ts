import { expect } from 'vitest'
import { showTimedCase } from '#app/domain/contracts/show-timed-case.server.ts'
import { enterCalendarDays, removeCalendarDay, showCalendar } from '#app/domain/oversight/keep-calendar.server.ts'
import { coverageOf, endOf, isWorkday } from '#app/domain/calendar.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { aCaseFor, boundTender } from '#tests/support/contracts.ts'
import { testApart as test } from '#tests/support/database.ts'
import { authority, operator, regulator } from '#tests/support/factories.ts'
import { contextsOf } from '#tests/support/tenders.ts'

const SOURCE = '国办发明电〔2026〕7 号'
const AT = new Date('2026-11-28T02:00:00Z')

test('a year that an operator enters covers it for the place and all below, moves the limits that reach into it at once, and stands in the ledger', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const [office, keeper] = [await authority(database.owner), await operator(database.owner)]
  clock.set(new Date('2026-12-12T02:00:00Z'))
  const { id } = await aCaseFor(database.owner, stage, office, { tied: false, promisedDays: 20, at: new Date('2026-12-11T02:00:00Z'), states: [{ state: 3, at: new Date('2026-12-11T02:00:00Z') }] })
  const promised = async () => (await showTimedCase({ ...make(office), actor: office }, id)).office.limits.find(({ name }) => name === 'authority-promised')!
  const before = await promised()
  expect(before.uncovered).toEqual([2027])
  // One storm's day announces no year.
  expect(await enterCalendarDays(make(keeper), { division: '220100', holidays: '2027-07-20', workdays: '', source: '暴雨停工停课通知', announced: false })).toBe(1)
  expect((await promised()).uncovered).toEqual([2027])
  expect(await enterCalendarDays(make(keeper), { division: '220100', holidays: '2027-01-01 至 2027-01-03\n2027-10-01 至 2027-10-07', workdays: '2027-01-09', source: SOURCE, announced: false })).toBe(11)
  const after = await promised()
  expect(after.uncovered).toEqual([])
  expect(after.due.getTime()).toBeGreaterThan(before.due.getTime())
  const county = await calendarOf(database.app, '220106')
  expect(coverageOf(county, 2027)).toBe('entered')
  expect(coverageOf(await calendarOf(database.app, '220200'), 2027)).toBe('none')
  expect(endOf(new Date('2026-12-31T02:00:00Z'), { n: 1, unit: 'wd' }, county).at).toEqual(new Date('2027-01-04T16:00:00Z'))
  const entries = await database.owner('ledger_entries').where({ kind: 'calendar.days-entered' }).orderBy('at').select('subject', 'body')
  expect(entries.map(({ subject }) => subject)).toEqual(['220100', '220100'])
  const [told] = await database.owner('audits').where({ act: 'keep:calendar' }).limit(1).select('account_id')
  expect(told).toEqual({ account_id: keeper.accountId })
  // The same once more is nothing new.
  await expect(enterCalendarDays(make(keeper), { division: '220100', holidays: '2027-07-20', workdays: '', source: SOURCE, announced: false })).rejects.toMatchObject({ code: 'calendar.same' })
  const shown = await showCalendar(make(keeper), {})
  expect(shown.years).toEqual([{ year: 2026, known: 'package' }, { year: 2027, known: 'entered' }, { year: 2028, known: 'none' }])
  expect(shown.days[0]).toMatchObject({ day: '2027-10-07', working: false, divisionCode: '220100', source: SOURCE })
})

test('a day is taken out again while it has not come, one that has passed stands, and nobody enters days elsewhere', async ({ database, context, clock }) => {
  const keeper = await operator(database.owner)
  clock.set(AT)
  const by = context(keeper)
  await enterCalendarDays(by, { division: '220106', holidays: '2026-12-01', workdays: '', source: '区人民政府通知', announced: false })
  const remove = () => removeCalendarDay(by, { division: '220106', day: '2026-12-01', reason: '通知已经撤销' })
  await expect(removeCalendarDay(by, { division: '220100', day: '2026-12-01', reason: '通知已经撤销' })).rejects.toMatchObject({ code: 'calendar.no-such-day' })
  clock.set(new Date('2026-12-02T02:00:00Z'))
  await expect(remove()).rejects.toMatchObject({ code: 'calendar.past' })
  expect((await calendarOf(database.app, '220106')).overlay.get('2026-12-01')).toBe(false)
  clock.set(AT)
  await remove()
  await expect(remove()).rejects.toMatchObject({ code: 'calendar.no-such-day' })
  expect((await calendarOf(database.app, '220106')).overlay.size).toBe(0)
  for (const division of ['220200', '110000', '220000', '220199']) await expect(enterCalendarDays(by, { division, holidays: '2027-01-01', workdays: '', source: SOURCE, announced: false })).rejects.toMatchObject({ code: 'calendar.not-yours' })
  await expect(enterCalendarDays(context(await regulator(database.owner)), { division: '220100', holidays: '2027-01-01', workdays: '', source: SOURCE, announced: false })).rejects.toMatchObject({ code: 'accounts.not-allowed' })
})

test('a year that was not entered before its own 1 October is announced by the operator’s word, and no day that has passed is counted otherwise', async ({ database, context, clock }) => {
  const keeper = await operator(database.owner)
  clock.set(new Date('2027-09-30T02:00:00Z'))
  const by = context(keeper)
  const enter = (more: object) => enterCalendarDays(by, { division: '220100', holidays: '', workdays: '', source: SOURCE, announced: true, ...more })
  // While the day may be entered, it is.
  expect((await showCalendar(by, {})).late).toBeNull()
  await expect(enter({})).rejects.toMatchObject({ code: 'calendar.none' })
  clock.set(new Date('2027-11-10T02:00:00Z'))
  await expect(enter({ announced: false, holidays: '2027-10-01' })).rejects.toMatchObject({ code: 'calendar.past' })
  const counted = async () => { const calendar = await calendarOf(database.app, '220106'); return [coverageOf(calendar, 2027), isWorkday('2027-10-01', calendar)] }
  expect([await counted(), (await showCalendar(by, {})).late]).toEqual([['none', true], 2027])
  expect(await enter({ holidays: '2027-12-31' })).toBe(2)
  expect([await counted(), (await showCalendar(by, {})).late]).toEqual([['entered', true], null])
  await expect(enter({})).rejects.toMatchObject({ code: 'calendar.none' })
})
