import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { addDays, dayOf, startOf } from '#app/domain/calendar.ts'
import { CaseInput, ProjectInput } from '#app/domain/cases/case.ts'
import { openCase, recordCaseState } from '#app/domain/guard/keep-case.server.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { putProject } from '#app/domain/cases/put-project.server.ts'
import { registerProject } from '#app/domain/projects/register-project.server.ts'
import { aCase, ground, once } from '#tests/support/cases.ts'
import { test } from '#tests/support/database.ts'
import { authority, makeProjectCode, naturalPerson, owner, unique } from '#tests/support/factories.ts'
import { say } from '#tests/support/inquiries.ts'

test('no case was received before there were calendars, after now, or after its own first state', async ({ database, context, clock }) => {
  const { machine, applicant, number } = await ground(database, context)
  const write = (more: Record<string, unknown>) => putCase(machine, { number, input: aCase(applicant, more), say, idempotency: once(more) })
  expect(CaseInput.safeParse({ ...aCase(applicant), receivedAt: '0001-01-01T09:00:00+08:00' }).error!.issues[0]).toMatchObject({ path: ['receivedAt'], message: 'cases.too-early' })
  const tomorrow = new Date(clock.now.getTime() + 86_400_000).toISOString()
  await expect(write({ receivedAt: tomorrow, states: [] })).rejects.toMatchObject({ code: 'cases.state-ahead', field: 'receivedAt' })
  await expect(write({ receivedAt: '2026-01-04T09:00:01+08:00' })).rejects.toMatchObject({ code: 'cases.received-late', field: 'receivedAt' })
  await expect(write({ states: [{ state: 1, at: '2026-01-04T09:00:00+08:00' }, { state: 3, at: tomorrow }] })).rejects.toMatchObject({ code: 'cases.state-ahead', field: 'states.1.at' })
})

test('a promise longer than the law lets it be is refused at its field, and one that was stored before is no obstacle to the next state', async ({ database, context, clock }) => {
  const { machine, office, applicant, number } = await ground(database, context)
  const states = [{ state: 1, at: '2026-01-04T09:00:00+08:00' }]
  const input = aCase(applicant, { statutoryDays: 5, promisedDays: 40, states })
  const put = (given: CaseInput) => putCase(machine, { number, input: given, say, idempotency: once(given) })
  await expect(put(input)).rejects.toMatchObject({ kind: 'invalid', code: 'cases.promise-long', field: 'promisedDays', params: { most: 5 } })
  const form = { projectCode: makeProjectCode(), approvalItem: 'A01', flowType: 'industrial', applicantUscc: applicant.uscc, applicantName: applicant.organisationName, statutoryDays: 5, promisedDays: 6 } as const
  await expect(openCase(context(office), { say, ...form, number: unique('AJ-') })).rejects.toMatchObject({ code: 'cases.promise-long', field: 'promisedDays' })
  await put({ ...input, promisedDays: 5 })
  await database.owner('cases').where({ number }).update({ promised_days: 40 })
  await put({ ...input, states: [...input.states, { state: 3, at: clock.now, note: '' }] })
  await expect(put({ ...input, promisedDays: 41 })).rejects.toMatchObject({ code: 'cases.promise-long' })
})

test('what happened before is recorded with its day, and a day to come is none', async ({ database, context, clock }) => {
  const [office, applicant] = [await authority(database.owner), await owner(database.owner)]
  const today = dayOf(clock.now)
  const [received, accepted] = [addDays(today, -9), addDays(today, -7)]
  const form = { projectCode: makeProjectCode(), approvalItem: 'A01', flowType: 'industrial', applicantUscc: applicant.uscc, applicantName: applicant.organisationName, statutoryDays: 20, promisedDays: null } as const
  const { id } = await openCase(context(office), { say, ...form, number: unique('AJ-'), receivedOn: received })
  await recordCaseState(context(office), { id, state: 3, note: '', since: accepted })
  await recordCaseState(context(office), { id, state: 8, note: '', since: accepted })
  await expect(recordCaseState(context(office), { id, state: 11, note: '', since: addDays(today, 1) })).rejects.toMatchObject({ code: 'cases.state-ahead', field: 'state' })
  await expect(recordCaseState(context(office), { id, state: 11, note: '', since: received })).rejects.toMatchObject({ code: 'cases.state-order' })
  const { receivedAt, states } = await recordCaseState(context(office), { id, state: 11, note: '', since: today })
  expect([receivedAt, ...states.map(({ at }) => at)]).toEqual([startOf(received), startOf(received), startOf(accepted), startOf(accepted), clock.now])
  await expect(openCase(context(office), { say, ...form, number: unique('AJ-'), receivedOn: addDays(today, 1) })).rejects.toMatchObject({ code: 'cases.state-ahead' })
})

test('whoever is not known to the offices as a project’s owner cannot register it and so speak for it', async ({ database, context }) => {
  const { machine, applicant, number } = await ground(database, context)
  const input = aCase(applicant)
  const [stranger, person] = [await owner(database.owner), await naturalPerson(database.owner)]
  const register = (member: Member) => registerProject(context(member), { code: `${input.projectCode}-000`, name: '绿园区厂房', divisionCode: '220106', flowType: 'industrial', moneySource: 'private', investmentFen: null, facts: {} })
  await putCase(machine, { number, input, say, idempotency: once() })
  for (const member of [stranger, person]) await expect(register(member)).rejects.toMatchObject({ code: 'projects.of-another', field: 'code' })
  // What an office says of the project itself outweighs who applied.
  const stated = ProjectInput.parse({ name: '绿园区厂房', divisionCode: '220106', owner: { uscc: null, name: person.organisationName }, flowType: 'industrial', moneySource: 'private' })
  await putProject(machine, { code: input.projectCode, input: stated, idempotency: once() })
  await expect(register(applicant)).rejects.toMatchObject({ code: 'projects.of-another' })
  expect((await register(person)).project).toMatchObject({ code: input.projectCode, ownerId: person.organisationId })
})
