import { expect } from 'vitest'
import { showOwnTimedCase } from '#app/domain/contracts/show-timed-case.server.ts'
import { enterState, openCase, recordCaseState, takeBackState } from '#app/domain/guard/keep-case.server.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { transact } from '#db/client.ts'
import { aCase, ground, once } from '#tests/support/cases.ts'
import { testApart as test, type MakeContext, type TestClock, type TestDatabase } from '#tests/support/database.ts'
import { makeProjectCode } from '#tests/support/factories.ts'
import { say } from '#tests/support/inquiries.ts'
import { contextsOf } from '#tests/support/tenders.ts'

/** Received on Monday the second: without an answer it is accepted with the beginning of the tenth. */
const RECEIVED = '2026-11-02T10:00:00+08:00'
const received = { state: 1, at: RECEIVED }
const deemed = { acceptance: { at: new Date(RECEIVED), deemed: true } }

async function stage(database: TestDatabase, context: MakeContext, clock: TestClock) {
  const { office, applicant, machine, number } = await ground(database, context)
  const people = contextsOf(context)
  const projectCode = makeProjectCode()
  clock.set(new Date('2026-11-02T10:30:00+08:00'))
  const put = (states: object[], more: object = {}) => putCase(machine, { number, input: aCase(applicant, { projectCode, materials: [], receivedAt: RECEIVED, states, ...more }), say, idempotency: once(states) })
  const shown = async () => (await showOwnTimedCase(machine, number)).office
  const marks = async () => (await shown()).remarks.map(({ what, at }) => [what, at.toISOString().slice(0, 10)])
  const id = async () => (await showOwnTimedCase(machine, number)).case.id
  return { office, applicant, machine, people, number, put, shown, marks, id }
}

test('a case that silence accepted stays accepted, whatever day a later answer is recorded for: by its system, at the desk, by an event', async ({ database, context, clock }) => {
  const { office, machine, people, number, put, shown, marks, id } = await stage(database, context, clock)
  await put([received])
  clock.set(new Date('2026-11-20T10:00:00+08:00'))
  expect(await shown()).toMatchObject({ ...deemed, used: 14 })
  await put([received, { state: 6, at: '2026-11-04T10:00:00+08:00' }])
  expect(await shown()).toMatchObject({ ...deemed, used: 14 })
  expect(await marks()).toEqual([['late-supplement', '2026-11-04'], ['told-late', '2026-11-20']])
  // Written again a day later, and with another note or day, it was still told when it was told.
  clock.set(new Date('2026-11-23T10:00:00+08:00'))
  await put([received, { state: 6, at: '2026-11-03T10:00:00+08:00', note: '缺签章' }])
  expect(await marks()).toEqual([['late-supplement', '2026-11-03'], ['told-late', '2026-11-20']])
  await put([received])
  await recordCaseState(people(office), { id: await id(), state: 3, note: '', since: '2026-11-04' })
  expect(await shown()).toMatchObject(deemed)
  expect((await marks()).map(([what]) => what)).toEqual(['told-late'])
  await takeBackState(people(office), { id: await id(), place: 2, reason: '误记' })
  const told = (toldAt: string) => transact(database.app, (trx) => enterState(trx, people(office), { ...machine.actor }, { number, state: 5, note: '', at: new Date('2026-11-05T10:00:00+08:00'), toldAt: new Date(toldAt) }))
  await told('2026-11-23T09:59:00+08:00')
  expect(await shown()).toMatchObject({ ...deemed, used: 15 })
})

test('an event that came in time counts as told in time, however late it is processed; so does a correction of what was told in time', async ({ database, context, clock }) => {
  const { office, machine, people, number, put, shown, marks, id } = await stage(database, context, clock)
  await put([received])
  clock.set(new Date('2026-11-12T10:00:00+08:00'))
  await transact(database.app, (trx) => enterState(trx, people(office), { ...machine.actor }, { number, state: 3, note: '', at: new Date('2026-11-05T10:00:00+08:00'), toldAt: new Date('2026-11-09T23:59:00+08:00') }))
  const accepted = { acceptance: { at: new Date('2026-11-05T10:00:00+08:00'), deemed: false } }
  expect([await shown(), await marks()]).toMatchObject([accepted, []])
  await put([received, { state: 3, at: '2026-11-06T10:00:00+08:00' }])
  expect([(await shown()).acceptance!.deemed, await marks()]).toEqual([false, []])
  // Taken back and recorded anew on one day it was told before; on another day it is told anew.
  const record = async () => recordCaseState(people(office), { id: await id(), state: 3, note: '', since: '2026-11-05' })
  await takeBackState(people(office), { id: await id(), place: 2, reason: '日期错了' })
  await record()
  expect([(await shown()).acceptance!.deemed, await marks()]).toEqual([false, []])
  await takeBackState(people(office), { id: await id(), place: 2, reason: '日期错了' })
  clock.set(new Date('2026-11-13T10:00:00+08:00'))
  await record()
  expect(await shown()).toMatchObject(deemed)
})

test('an old case is taken as it is on the day on which it is first told of, whole or by one form after another', async ({ database, context, clock }) => {
  const { office, applicant, machine, people, put, shown, marks } = await stage(database, context, clock)
  clock.set(new Date('2026-11-20T10:00:00+08:00'))
  await put([received, { state: 3, at: '2026-11-04T10:00:00+08:00' }])
  expect([await shown(), await marks()]).toMatchObject([{ acceptance: { deemed: false } }, []])
  const { id, number } = await openCase(people(office), { say, number: '案-旧', projectCode: makeProjectCode(), approvalItem: 'A01', flowType: 'industrial', applicantUscc: applicant.uscc, applicantName: applicant.organisationName, statutoryDays: 20, promisedDays: null, receivedOn: '2026-11-02' })
  await recordCaseState(people(office), { id, state: 3, note: '', since: '2026-11-04' })
  expect((await showOwnTimedCase(machine, number)).office).toMatchObject({ acceptance: { deemed: false }, remarks: [] })
})

test('the day of a case’s receipt moves to no earlier one after its first day here, and to no later one once silence has accepted it', async ({ database, context, clock }) => {
  const { put, shown } = await stage(database, context, clock)
  const on = (day: string) => put([], { receivedAt: `2026-${day}T08:00:00+08:00` })
  await put([], { receivedAt: '2026-11-01T10:00:00+08:00' })
  // Put right on its first day here.
  for (const day of ['10-20', '11-02']) await on(day)
  clock.set(new Date('2026-11-03T10:00:00+08:00'))
  await expect(on('11-01')).rejects.toMatchObject({ code: 'cases.receipt-earlier', field: 'receivedAt', params: { day: '2026-11-02' } })
  await on('11-03')
  clock.set(new Date('2026-11-20T10:00:00+08:00'))
  expect(await shown()).toMatchObject({ acceptance: { at: new Date('2026-11-03T08:00:00+08:00'), deemed: true } })
  await expect(on('11-19')).rejects.toMatchObject({ code: 'cases.receipt-silent', field: 'receivedAt', params: { day: '2026-11-03' } })
  await database.owner('policy_parameters').insert({ division_code: '220100', name: 'deemedAcceptance', value: JSON.stringify('no'), source: 'test', from_on: '2026-01-01' })
  await on('11-19')
})
