import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { openCase, recordCaseState, takeBackState } from '#app/domain/guard/keep-case.server.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { showTimedCase } from '#app/domain/contracts/show-timed-case.server.ts'
import { CaseDemandInput } from '#app/domain/guard/case-demand.ts'
import { decideInCase } from '#app/domain/guard/decide-in-case.server.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'
import { aCase, ground, once } from '#tests/support/cases.ts'
import { clockAt } from '#tests/support/clock.ts'
import { aCaseFor, boundTender } from '#tests/support/contracts.ts'
import { testApart as test } from '#tests/support/database.ts'
import { authority, makeProjectCode, regulator } from '#tests/support/factories.ts'
import { tellExchange } from '#tests/support/exchange.ts'
import { say } from '#tests/support/inquiries.ts'
import { contextsOf } from '#tests/support/tenders.ts'

const refused = (work: Promise<unknown>) => work.then(() => null, ({ code }: { code: string }) => code)

test('an officer takes back a state recorded by mistake and records the right one: days, demands, ledger and owner follow', async ({ database, context }) => {
  const { office, applicant, machine, number } = await ground(database, context)
  const at = (member: Member, day = '2026-11-20T10:00') => context(member, { clock: clockAt(day) })
  const { id } = await openCase(at(office), { say, number, projectCode: makeProjectCode(), approvalItem: 'A01', flowType: 'industrial', applicantUscc: applicant.uscc, applicantName: applicant.organisationName, statutoryDays: 20, promisedDays: 10, receivedOn: '2026-11-02' })
  await recordCaseState(at(office), { id, state: 3, note: '', since: '2026-11-03' })
  await recordCaseState(at(office), { id, state: 11, note: '误点', since: '2026-11-10' })
  const demand = (demandedOn: string) => refused(decideInCase(machine, { number, demand: CaseDemandInput.parse({ demanded: { text: '水保专项说明书' }, demandedOn }), say, idempotency: once(demandedOn) }))
  expect(await demand('2026-11-16')).toBe('guard.after-case')
  const used = async () => (await showTimedCase({ ...at(office), actor: office }, id)).office
  const wrong = await used()

  for (const stranger of [await authority(database.owner), await regulator(database.owner), applicant]) expect(await refused(takeBackState(at(stranger), { id, place: 3, reason: '不是我的' }))).toMatch(/no-such-case|not-allowed/)
  const reason = '点错了，案件还在办'
  expect((await takeBackState(at(office), { id, place: 3, reason })).states.map(({ state }) => state)).toEqual([1, 3])
  // The same form again takes nothing more back.
  expect(await refused(takeBackState(at(office), { id, place: 3, reason }))).toBe('cases.moved-on')
  expect(await demand('2026-11-16')).toBeNull()
  expect(await used()).not.toEqual(wrong)

  const [entry] = await database.owner('ledger_entries').where({ kind: 'case.changed', subject: id }).orderBy('recorded_at', 'desc').limit(1).select('body')
  expect(JSON.parse(entry.body).facts).toMatchObject({ state: 3, takenBack: 11 })
  expect(entry.body).not.toContain(reason)
  const { details } = await database.owner('audits').where({ act: 'keep:case' }).orderBy('at', 'desc').orderBy('id', 'desc').first()
  expect(JSON.stringify(details)).toContain('误点')
  await deliverAll(at(applicant))
  expect((await kindsOf(as(at, applicant))).filter((kind) => kind.startsWith('case-')).sort()).toEqual(['case-changed', 'case-changed', 'case-corrected', 'case-registered'])

  // Back to its receipt, which stays, and forth again with the right day.
  await takeBackState(at(office), { id, place: 2, reason: '日期也错了' })
  expect(await refused(takeBackState(at(office), { id, place: 1, reason }))).toBe('cases.first-stays')
  expect((await recordCaseState(at(office), { id, state: 3, note: '', since: '2026-11-05' })).states.map(({ state }) => state)).toEqual([1, 3])
})

test('what is taken back at the desk is exchanged as a case system’s rewrite of the same history is', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const rowsAfter = async (rewrite: (stage: { office: Member; number: string; id: string }) => Promise<unknown>) => {
    const stage = await boundTender(database, make, clock)
    const office = await authority(database.owner)
    const { number, id } = await aCaseFor(database.owner, stage, office)
    for (const state of [3, 8] as const) await recordCaseState(make(office), { id, state, note: '' })
    await tellExchange(context())
    await rewrite({ office, number, id })
    await tellExchange(context())
    const rows = await database.owner('spgl_zjfwsxblxxb').where({ zjfwsxslbm: stage.number }).orderBy('lsh')
    const states = await database.owner('case_states').where({ case_id: id }).orderBy('place').pluck('state')
    return { rows: rows.map(({ sjyxbs, sjsczt, sbyy, sjwxyy, blsx }) => ({ sjyxbs, sjsczt, sbyy, sjwxyy, blsx })), states }
  }
  const places = async (id: string) => Number((await database.owner('case_states').where({ case_id: id }).count({ n: '*' }).first())!.n)
  const byDesk = await rowsAfter(async ({ office, id }) => takeBackState(make(office), { id, place: await places(id), reason: '误记' }))
  const byMachine = await rowsAfter(async ({ office, number, id }) => {
    const [file, materials] = [await database.owner('cases').where({ id }).first(), await database.owner('case_materials').where({ case_id: id }).orderBy('place')]
    const states = await database.owner('case_states').where({ case_id: id }).orderBy('place')
    const machine = { ...context({ kind: 'client', clientId: 'rewriter', organisationId: office.organisationId, uscc: office.uscc!, divisionCode: office.divisionCode, scopes: ['case:write'] } as never), actor: { kind: 'client', clientId: 'rewriter', organisationId: office.organisationId, uscc: office.uscc!, divisionCode: office.divisionCode, scopes: ['case:write'] } as never }
    await database.owner('api_clients').insert({ id: 'rewriter', name: 'rewriter', secret_hash: 'none', organisation_id: office.organisationId, scopes: ['case:write'], created_at: new Date('2026-01-05T00:00:00Z') })
    const said = aCase(office, { projectCode: file.project_code, approvalItem: file.approval_item, applicant: { uscc: file.applicant_uscc, name: file.applicant_name }, receivedAt: file.received_at.toISOString(), states: states.slice(0, -1).map(({ state, at, note }: { state: number; at: Date; note: string }) => ({ state, at: at.toISOString(), note })), materials: materials.map(({ code, name, source, listing_code: service, state }: Record<string, string>) => ({ code, name, source, service, state })) })
    await putCase(machine as never, { number, input: said, say, idempotency: once() })
  })
  expect(byDesk).toEqual(byMachine)
  expect(byDesk.rows).toMatchObject([{ sjyxbs: 1, sjsczt: 0, sbyy: null }])
})
