import { expect } from 'vitest'
import { dayOf } from '#app/domain/calendar.ts'
import { showTimedCase } from '#app/domain/contracts/show-timed-case.server.ts'
import { warnOfLimits } from '#app/domain/contracts/warn-of-limits.server.ts'
import { warnProjects } from '#app/domain/contracts/warn-of-projects.server.ts'
import { showAfterAward } from '#app/domain/contracts/show-after-award.server.ts'
import { showAuthorityDesk } from '#app/domain/desks/show-authority-desk.server.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { aCaseFor, boundTender, contracted } from '#tests/support/contracts.ts'
import { testApart as test } from '#tests/support/database.ts'
import { authority } from '#tests/support/factories.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'
import { contextsOf } from '#tests/support/tenders.ts'

test('an office that says nothing for five working days is counted from the receipt on, warned, and told why; one that holds silence for nothing is not', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const office = await authority(database.owner)
  const { id } = await aCaseFor(database.owner, stage, office, { tied: false, promisedDays: 3, at: clock.now, states: [{ state: 1, at: clock.now }] })
  const by = { ...make(office), actor: office }
  const shown = async () => (await showTimedCase(by, id)).office
  const received = clock.now
  const { answerBy } = await shown()
  clock.set(new Date(answerBy!.getTime() - 1))
  expect(await warnOfLimits(make(office))).toBe(0)
  expect(await shown()).toMatchObject({ used: 0, acceptance: null, limits: [] })
  clock.set(answerBy!)
  expect(await shown()).toMatchObject({ acceptance: { at: received, deemed: true }, answerBy: null, limits: expect.arrayContaining([expect.objectContaining({ name: 'authority-promised', level: 'over' })]) })
  expect(await warnOfLimits(make(office))).toBe(1)
  await deliverAll(make(office))
  expect(await kindsOf(as(make, office))).toContain('case-limit-over')
  await database.owner('policy_parameters').insert({ division_code: '220100', name: 'deemedAcceptance', value: JSON.stringify('no'), source: 'test', from_on: '2026-01-01' })
  expect(await shown()).toMatchObject({ used: 0, acceptance: null, limits: [] })
})

test('a project whose last case is decided while the round counts its days is not warned of', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const office = await authority(database.owner)
  const at = new Date(clock.now.getTime() - 400 * 86_400_000)
  const { id } = await aCaseFor(database.owner, stage, office, { tied: false, at, states: [{ state: 3, at }] })
  const rules = { policies: await policiesOf(database.app, stage.tender.divisionCode, dayOf(clock.now)), calendar: await calendarOf(database.app, stage.tender.divisionCode) }
  const walk = (decided: boolean) =>
    warnProjects(make(office), async () => {
      if (decided) await database.owner('case_states').insert({ case_id: id, place: 1, state: 11, at: clock.now }).onConflict().ignore()
      return rules
    }, () => false)
  expect(await walk(true)).toBe(0)
  await database.owner('case_states').where({ case_id: id, place: 1 }).delete()
  expect(await walk(false)).toBe(1)
})
test('a limit that reaches into a year that nobody has announced says so on the case, at the desk and in the warning', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const office = await authority(database.owner)
  const at = new Date('2026-12-21T02:00:00Z')
  clock.set(at)
  const { id } = await aCaseFor(database.owner, stage, office, { tied: false, promisedDays: 9, at, states: [{ state: 3, at }] })
  const by = { ...make(office), actor: office }
  clock.advance(3_600_000)
  expect((await showTimedCase(by, id)).office.limits.find(({ name }) => name === 'authority-promised')).toMatchObject({ due: new Date('2027-01-01T16:00:00Z'), uncovered: [2027] })
  clock.set(new Date('2026-12-31T02:00:00Z'))
  expect(await warnOfLimits(make(office))).toBeGreaterThan(0)
  await deliverAll(make(office))
  const { messages } = await findMessages(by, {})
  expect(messages.find(({ kind }) => kind === 'case-limit-near')?.params).toMatchObject({ uncoveredYears: [2027] })
  const { today } = await showAuthorityDesk(make(office))
  expect(today.find(({ kind }) => kind === 'case-promised')).toMatchObject({ uncovered: [2027] })
  await contracted(make, clock, stage)
  expect((await showAfterAward(make(stage.owner), { number: stage.number })).award!.limits).toMatchObject([{ name: 'deliver', uncovered: [2027] }])
})
