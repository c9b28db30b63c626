import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Client, Member } from '#app/domain/accounts/actor.ts'
import { openCase } from '#app/domain/guard/keep-case.server.ts'
import { decideAtDesk } from '#app/domain/guard/decide-at-desk.server.ts'
import { CaseDemandInput } from '#app/domain/guard/case-demand.ts'
import { decideInCase } from '#app/domain/guard/decide-in-case.server.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { validate } from '#app/domain/guard/validate.server.ts'
import { testApart as test } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { say } from '#tests/support/inquiries.ts'
import { contextsOf } from '#tests/support/tenders.ts'

const NUMBER = '长审〔2026〕7号'
const once = () => ({ key: randomUUID(), requestHash: 'aa' })

test('a demand fits the case whose number it gives, at the desk and by a case system; a number that is nowhere is a slip only where cases are kept', async ({ database, context }) => {
  const db = database.owner
  const people = contextsOf(context)
  const [owner, office, other] = [await make.owner(db), await make.authority(db), await make.authority(db)]
  const [{ code: projectCode }, { code: elsewhere }] = [await make.project(db, owner), await make.project(db, owner)]
  const [item, another] = (await db('approval_items').orderBy('code').limit(2).select('code', 'name')) as [{ code: string; name: string }, { code: string; name: string }]
  await openCase(people(office), { say, number: NUMBER, projectCode, approvalItem: item.code, flowType: 'industrial', applicantUscc: owner.uscc, applicantName: owner.organisationName, statutoryDays: 20, promisedDays: 10 })
  const client: Client = { kind: 'client', clientId: `client-${office.organisationId}`, organisationId: office.organisationId, uscc: office.uscc!, divisionCode: office.divisionCode, scopes: ['guard:decide', 'guard:validate', 'case:write'] }
  await db('api_clients').insert({ id: client.clientId, name: client.clientId, secret_hash: 'none', organisation_id: client.organisationId, scopes: client.scopes, created_at: new Date('2026-01-05T00:00:00Z') })

  const machine = { ...context(client), actor: client }
  const demandOf = (by: Member, given: object) => DemandInput.parse({ caseNumber: NUMBER, projectCode, authority: by.uscc, approvalItem: item.code, demanded: { text: '水保专项说明书' }, demandedOn: '2026-11-20', ...given })
  const byMachine = (given: object, idempotency = once()) => decide(machine, { demand: demandOf(office, given), say, idempotency })
  const atDesk = (given: object, by = office, id?: string) => decideAtDesk({ ...people(by), actor: by }, { demand: demandOf(by, given), say, id })
  const saidOf = ({ body }: { body: string }) => (JSON.parse(body) as Decision).demand

  for (const approvalItem of [item.name, item.code.toLowerCase()]) expect(saidOf(await atDesk({ projectCode: null, approvalItem }))).toMatchObject({ caseNumber: NUMBER, projectCode })
  await expect(atDesk({ projectCode: elsewhere })).rejects.toMatchObject({ kind: 'invalid', code: 'guard.case-of-other-project', field: 'project', params: { project: projectCode } })
  for (const approvalItem of [another.code, '窗口自己的说法']) await expect(atDesk({ approvalItem })).rejects.toMatchObject({ code: 'guard.case-of-other-item', field: 'item', params: { item: item.name } })
  await expect(atDesk({ demandedOn: '2999-01-01' })).rejects.toMatchObject({ code: 'guard.day-ahead', field: 'on' })

  for (const approvalItem of [item.name, item.code.toLowerCase()]) expect(saidOf(await byMachine({ projectCode: null, approvalItem }))).toMatchObject({ caseNumber: NUMBER, projectCode })
  await expect(byMachine({ projectCode: elsewhere })).rejects.toMatchObject({ kind: 'invalid', code: 'guard.case-of-other-project', field: 'projectCode', params: { project: projectCode } })
  await expect(byMachine({ approvalItem: another.code })).rejects.toMatchObject({ code: 'guard.case-of-other-item', field: 'approvalItem', params: { item: item.name } })
  // Received on the 20th in Changchun: the same day is the earliest.
  await db('cases').where({ number: NUMBER }).update({ received_at: '2026-11-19T16:30:00Z' })
  for (const ask of [byMachine, atDesk]) {
    await expect(ask({ demandedOn: '2026-11-19' })).rejects.toMatchObject({ kind: 'invalid', code: 'guard.before-case', field: ask === atDesk ? 'on' : 'demandedOn', params: { day: '2026-11-20' } })
    expect(saidOf(await ask({ demandedOn: '2026-11-20' }))).toMatchObject({ demandedOn: '2026-11-20' })
  }
  await expect(decideInCase(machine, { number: NUMBER, demand: CaseDemandInput.parse({ demanded: { text: '水保专项说明书' }, demandedOn: '2026-11-19' }), say, idempotency: once() })).rejects.toMatchObject({ code: 'guard.before-case', field: 'demandedOn' })
  const tried = (given: object) => validate(machine, { demand: demandOf(office, given), say })
  await expect(tried({ projectCode: elsewhere })).rejects.toMatchObject({ code: 'guard.case-of-other-project' })
  await expect(tried({ demandedOn: '2026-11-19' })).rejects.toMatchObject({ code: 'guard.before-case' })
  expect((await tried({ projectCode: null })).recorded).toBe(false)
  await db('cases').where({ number: NUMBER }).update({ division_code: '220106' })
  for (const ask of [byMachine, atDesk]) await expect(ask({})).rejects.toMatchObject({ code: 'guard.case-of-other-division', field: 'caseNumber', params: { division: '220106' } })
  await db('cases').where({ number: NUMBER }).update({ division_code: office.divisionCode })

  // A case system may demand before it registers the case, and what it was answered stays the answer.
  const early = once()
  const first = await byMachine({ caseNumber: 'AJ-LATER', projectCode: elsewhere, approvalItem: another.code }, early)
  await openCase(people(office), { say, number: 'AJ-LATER', projectCode, approvalItem: item.code, flowType: 'industrial', applicantUscc: owner.uscc, applicantName: owner.organisationName, statutoryDays: 20, promisedDays: 10 })
  expect(await byMachine({ caseNumber: 'AJ-LATER', projectCode: elsewhere, approvalItem: another.code }, early)).toEqual({ ...first, replayed: true })

  await expect(atDesk({ caseNumber: 'AJ-NOWHERE' })).rejects.toMatchObject({ kind: 'invalid', code: 'guard.no-such-case', field: 'caseNumber' })
  // The other office keeps no case here: neither its own number nor that of a foreign case is known.
  for (const caseNumber of ['AJ-NOWHERE', NUMBER]) expect(saidOf(await atDesk({ caseNumber, projectCode: elsewhere, approvalItem: another.code }, other))).toMatchObject({ caseNumber, projectCode: elsewhere })
  // The same form again is the same decision.
  const id = randomUUID()
  expect((await atDesk({}, office, id)).replayed).toBe(false)
  expect(await atDesk({}, office, id)).toMatchObject({ id, replayed: true })
})
