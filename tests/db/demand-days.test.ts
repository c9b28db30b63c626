import { expect } from 'vitest'
import { openCase, recordCaseState } from '#app/domain/guard/keep-case.server.ts'
import type { CaseStateNumber } from '#app/domain/cases/case-state.ts'
import { CaseDemandInput } from '#app/domain/guard/case-demand.ts'
import { decideAtDesk } from '#app/domain/guard/decide-at-desk.server.ts'
import { decideInCase } from '#app/domain/guard/decide-in-case.server.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { validate } from '#app/domain/guard/validate.server.ts'
import { setPolicy } from '#tests/support/beacons.ts'
import { ground, once } from '#tests/support/cases.ts'
import { testApart as test, type MakeContext } from '#tests/support/database.ts'
import { clockAt } from '#tests/support/clock.ts'
import { CHANGCHUN, listed, makeProjectCode } from '#tests/support/factories.ts'
import { say } from '#tests/support/inquiries.ts'
import { aListing } from '#tests/domain/guard/given.ts'

const CODE = 'TEST-77'
const told = (work: Promise<{ body: string }>) => work.then(({ body }) => (JSON.parse(body) as Decision).verdict, (error: { code: string; field?: string; params?: { day?: string } }) => `${error.code} ${error.field} ${error.params?.day}`)

/** A case received on the 2nd, with the states named, one a day from the 3rd on. */
async function aCaseWith(states: CaseStateNumber[], { database, context }: { database: Parameters<typeof ground>[0]; context: MakeContext }) {
  const { office, applicant, machine, number } = await ground(database, context)
  await listed(database.owner, aListing({ code: CODE, name: '试验事项编制', inForceFrom: '2026-11-01' }))
  const at = { ...context(office, { clock: clockAt('2026-11-20T10:00') }), actor: office }
  const { id } = await openCase(at, { say, number, projectCode: makeProjectCode(), approvalItem: 'A01', flowType: 'industrial', applicantUscc: applicant.uscc, applicantName: applicant.organisationName, statutoryDays: 20, promisedDays: 10, receivedOn: '2026-11-02' })
  for (const [place, state] of states.entries()) await recordCaseState(at, { id, state, note: '', since: `2026-11-0${3 + place}` })
  const input = (demandedOn: string) => ({ demanded: { item: CODE }, demandedOn })
  return {
    byMachine: (demandedOn: string) => told(decideInCase(machine, { number, demand: CaseDemandInput.parse(input(demandedOn)), say, idempotency: once(demandedOn) })),
    atDesk: (demandedOn: string) => told(decideAtDesk(at, { demand: DemandInput.parse({ ...input(demandedOn), caseNumber: number, projectCode: null, authority: office.uscc, approvalItem: 'A01' }), say })),
    tried: (demandedOn: string) => told(validate(at, { demand: DemandInput.parse({ ...input(demandedOn), caseNumber: number, projectCode: null, authority: office.uscc, approvalItem: 'A01' }), say }).then((answer) => ({ body: JSON.stringify(answer) }))),
  }
}

test.for<{ states: CaseStateNumber[]; ended: string | null }>([
  { states: [2], ended: '2026-11-03' },
  { states: [4], ended: '2026-11-03' },
  { states: [5], ended: '2026-11-03' },
  { states: [3, 8, 11], ended: '2026-11-05' },
  { states: [3, 12], ended: '2026-11-04' },
  { states: [3, 13], ended: '2026-11-04' },
  { states: [3, 14], ended: '2026-11-04' },
  // What was granted is over, whether or not the permit ends later.
  { states: [3, 11, 15], ended: '2026-11-04' },
  { states: [3, 6, 7, 8, 9], ended: null },
])('nothing is demanded in a case after the day on which it ended: $states', async ({ states, ended }, { database, context }) => {
  const { byMachine, atDesk, tried } = await aCaseWith(states, { database, context })
  for (const [ask, field] of [[byMachine, 'demandedOn'], [atDesk, 'on'], [tried, 'demandedOn']] as const) {
    expect(await ask('2026-11-02')).toBe('allowed')
    if (ended) expect(await ask(ended)).toBe('allowed')
    for (const day of ['2026-11-06', '2026-11-20']) expect(await ask(day)).toBe(ended ? `guard.after-case ${field} ${ended}` : 'allowed')
  }
})

test('a demand in no case registered here is not dated far back, and a question may be about any day', async ({ database, context }) => {
  const { office } = await ground(database, context)
  await listed(database.owner, aListing({ code: CODE, name: '试验事项编制', inForceFrom: '2018-01-01', inForceUntil: '2026-10-25' }))
  const at = { ...context(office, { clock: clockAt('2026-11-20T00:30') }), actor: office }
  const demand = (demandedOn: string) => DemandInput.parse({ caseNumber: 'AJ-ELSEWHERE', authority: office.uscc, approvalItem: 'A01', demanded: { item: CODE }, demandedOn })
  const asked = (day: string) => told(decide(at, { demand: demand(day), say }))
  expect(await asked('2018-01-01')).toBe('guard.too-far-back demandedOn 2026-10-21')
  expect(await asked('2026-10-20')).toBe('guard.too-far-back demandedOn 2026-10-21')
  expect(await asked('2026-10-21')).toBe('allowed')
  expect(await asked('2026-10-25')).toBe('refused')
  expect(await told(decideAtDesk(at, { demand: demand('2018-01-01'), say }))).toBe('guard.too-far-back on 2026-10-21')
  expect((await validate(at, { demand: demand('2018-01-01'), say })).verdict).toBe('allowed')
  expect(await database.owner('guard_decisions').where({ authority_id: office.organisationId })).toHaveLength(2)
  // How far is the division's to say.
  await setPolicy(database.owner, { demandBackDays: 5 })
  expect(await asked('2026-11-14')).toBe('guard.too-far-back demandedOn 2026-11-15')
  expect(await asked('2026-11-15')).toBe('refused')
})

test('how far back is what the policy of the act’s own day says, whatever the machine’s day is', async ({ database, context }) => {
  const { office } = await ground(database, context)
  await listed(database.owner, aListing({ code: CODE, name: '试验事项编制', inForceFrom: '2018-01-01' }))
  const at = { ...context(office, { clock: clockAt('2026-11-20T00:30') }), actor: office }
  const asked = (demandedOn: string) => told(decide(at, { demand: DemandInput.parse({ caseNumber: 'AJ-ELSEWHERE', authority: office.uscc, approvalItem: 'A01', demanded: { item: CODE }, demandedOn }), say }))
  const days: [value: number, from: string, until: string | null][] = [[3, '2018-01-01', '2026-11-20'], [5, '2026-11-20', '2026-11-21'], [7, '2026-11-21', null]]
  await database.owner('policy_parameters').where({ name: 'demandBackDays' }).delete()
  await database.owner('policy_parameters').insert(days.map(([value, from_on, until_on]) => ({ division_code: CHANGCHUN, name: 'demandBackDays', value, source: 'test', from_on, until_on })))
  expect(await asked('2026-11-14')).toBe('guard.too-far-back demandedOn 2026-11-15')
  expect(await asked('2026-11-15')).toBe('allowed')
})
