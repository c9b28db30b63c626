import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { findMyCases, findOwnCases } from '#app/domain/cases/find-cases.server.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { showOwnTimedCase } from '#app/domain/contracts/show-timed-case.server.ts'
import { showAuthorityDesk } from '#app/domain/desks/show-authority-desk.server.ts'
import { showOwnerDesk } from '#app/domain/desks/show-owner-desk.server.ts'
import { aCase, ground, once } from '#tests/support/cases.ts'
import { testApart as test } from '#tests/support/database.ts'
import { owner, unique } from '#tests/support/factories.ts'
import { say } from '#tests/support/inquiries.ts'

const AT = '2026-01-05T10:00:00+08:00'
const received = { state: 1, at: '2026-01-04T09:00:00+08:00' }
const asked = [received, { state: 6, at: AT }]

test('a supplement that nobody hands in stands before the applicant at once, before the office when the policy’s days are over, and decides nothing', async ({ database, context, clock }) => {
  const db = database.owner
  const { machine, applicant, office, number } = await ground(database, context)
  const stranger = await owner(db)
  await db('policy_parameters').insert({ division_code: office.divisionCode.slice(0, 4).padEnd(6, '0'), name: 'supplementWait', value: JSON.stringify({ n: 3, unit: 'wd' }), source: 'test', from_on: '2026-01-01' })
  const write = (states: object[], of = number) => putCase(machine, { number: of, input: aCase(applicant, { projectCode: '2026-220106-77-03-000001', materials: [], states }), say, idempotency: once(states) })
  clock.set(new Date('2026-01-06T02:00:00Z'))
  await write([...asked])
  await write([received], unique('AJ-'))
  const own = (member: Member) => ({ ...context(member), actor: member })
  const kinds = async () => [
    (await showAuthorityDesk(context(office))).today.filter(({ kind }) => kind === 'supplement-overdue').map(({ note, until }) => [note, until]),
    (await showOwnerDesk(context(applicant))).today.filter(({ kind }) => kind === 'supplement-asked').map(({ since, until }) => [since, until]),
    (await showOwnerDesk(context(stranger))).today.length,
  ]
  const lines = async () => [(await findOwnCases(own(office))).items, (await findMyCases(own(applicant))).items].map((items) => items.find((one) => one.number === number)!.supplement)
  const days = async () => (await showOwnTimedCase(machine, number)).office

  const overdueFrom = new Date('2026-01-09T00:00:00+08:00')
  const waits = { since: new Date(AT), used: 1, round: 1, overdueFrom, isOverdue: false }
  expect(await days()).toMatchObject({ used: 0, supplement: waits })
  expect(await lines()).toEqual([waits, waits])
  expect(await kinds()).toEqual([[], [[new Date(AT), null]], 0])

  clock.set(overdueFrom)
  expect(await kinds()).toEqual([[[number, overdueFrom]], [[new Date(AT), null]], 0])
  expect(await lines()).toMatchObject([{ used: 4, isOverdue: true }, { used: 4, isOverdue: true }])
  clock.set(new Date('2026-06-30T02:00:00Z'))
  expect(await days()).toMatchObject({ used: 0, acceptance: null, limits: [], supplement: { isOverdue: true } })
  expect(await db('case_states').join('cases', 'cases.id', 'case_states.case_id').where({ number }).orderBy('place').pluck('state')).toEqual([1, 6])

  await write([...asked, { state: 7, at: '2026-06-29T10:00:00+08:00' }])
  expect([await kinds(), (await days()).supplement, ...(await lines())]).toEqual([[[], [], 0], null, null, null])
})
