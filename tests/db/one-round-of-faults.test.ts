import { expect, vi } from 'vitest'
import type { ActionFunctionArgs } from '@remix-run/node'
import { grantToken } from '#app/domain/accounts/access-token.server.ts'
import { makeApiClient } from '#app/domain/accounts/make-api-client.server.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import * as caseCall from '#app/routes/api/case.ts'
import * as caseDemands from '#app/routes/api/case-demands.ts'
import * as decisions from '#app/routes/api/decisions.ts'
import * as project from '#app/routes/api/project.ts'
import * as validations from '#app/routes/api/validations.ts'
import { databaseClock } from '#db/client.ts'
import { aCase, ground, once } from '#tests/support/cases.ts'
import { test, testKeyring } from '#tests/support/database.ts'
import { makeProjectCode, unique } from '#tests/support/factories.ts'
import { say } from '#tests/support/inquiries.ts'

const house = vi.hoisted(() => ({ services: undefined as unknown }))
vi.mock('#app/http/services.server.ts', () => ({ theServices: () => house.services }))

type Route = { action: (arrived: ActionFunctionArgs) => Promise<Response> }
type Told = { status: number; errors: { pointer: string; code: string; detail: string }[] }

test('what a schema finds wrong and what the verb would refuse are told in one answer, in both languages', async ({ db, database, context }) => {
  const { machine, applicant, office, number } = await ground(database, context)
  const keyring = testKeyring()
  house.services = { db, clock: databaseClock, keyring, log: { error: (fault: unknown) => expect(fault).toBeUndefined() } }
  const [id, secret] = [unique('client'), unique('secret')]
  await makeApiClient({ db, clock: databaseClock }, { id, secret, name: id, organisationId: office.organisationId })
  const { accessToken } = (await grantToken({ db, clock: databaseClock, keyring }, { id, secret, scopes: null })) as { accessToken: string }
  const send = async ({ action }: Route, method: string, params: Record<string, string>, body: object, { key = unique('key'), language = 'zh' } = {}) => {
    const request = new Request('http://127.0.0.1/api', { method, body: JSON.stringify(body), headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json', 'idempotency-key': key, 'accept-language': language } })
    return (await (await action({ request, params, context: { traceId: 't'.repeat(32), ip: '127.0.0.9' } } as unknown as ActionFunctionArgs)).json()) as Told
  }
  const places = ({ status, errors }: Told) => [status, ...errors.map(({ pointer, code }) => `${pointer} ${code}`).sort()]
  const projectCode = makeProjectCode()
  await putCase(machine, { number, input: aCase(applicant, { projectCode, materials: [] }), say, idempotency: once() })

  const materials = [{ code: 'M1', name: '' }, { code: 'M2', name: '方案', source: 'service', service: 'NOWHERE-9' }, { code: 'M3', name: '批文', source: 'shared', sharedFrom: 'AJ-NOWHERE' }]
  const aBody = { projectCode, approvalItem: '没有的事项', flowType: 'sideways', applicant: { uscc: null, name: '王一' }, receivedAt: '2999-01-01T00:00:00+08:00', materials, vendor: 1 }
  const beside = ['/approvalItem cases.no-such-item', '/materials/1/service cases.service-not-listed', '/materials/2/sharedFrom cases.shared-nowhere', '/receivedAt cases.state-ahead']
  const key = unique('key')
  const first = await send(caseCall, 'PUT', { number: unique('AJ-') }, aBody, { key })
  expect(places(first)).toEqual([422, '/approvalItem cases.no-such-item', '/flowType forms.invalid_value', '/materials/0/name forms.required', ...beside.slice(1), '/vendor guard.unknown-field'])
  expect((await send(caseCall, 'PUT', { number }, { ...aBody, applicant: { uscc: 'x', name: '王一' } })).errors.map(({ pointer, code }) => (pointer === '/applicant/uscc' ? pointer : `${pointer} ${code}`))).toEqual(expect.arrayContaining(['/applicant/uscc', '/approvalItem cases.no-such-item', '/materials/1/service cases.service-not-listed']))
  for (const language of ['zh', 'en']) for (const { detail } of (await send(caseCall, 'PUT', { number }, aBody, { language })).errors) expect(detail).not.toMatch(/^[a-z]+\.[a-z-]+$/)
  // Only the parts without a fault of their own are looked at further; mended, the rest is refused as it was told.
  const mended = { ...aBody, flowType: 'industrial', vendor: undefined, materials: [{ code: 'M1', name: '申请表' }, ...materials.slice(1)] }
  expect(places(await send(caseCall, 'PUT', { number: unique('AJ-') }, mended))).toEqual([422, ...beside])

  const aProject = { name: '', divisionCode: '110100', owner: { uscc: null, name: '王一' }, flowType: 'industrial', moneySource: 'private' }
  expect(places(await send(project, 'PUT', { code: '2020-45-1' }, aProject))).toEqual([422, ' projects.code-parts', '/divisionCode cases.division-elsewhere', '/name forms.required'])

  const elsewhere = makeProjectCode()
  const demand = { caseNumber: number, projectCode: elsewhere, authority: office.uscc, approvalItem: '别的事项', demanded: { item: 5 }, demandedOn: '2999-01-01' }
  const wrong = ['/approvalItem guard.case-of-other-item', '/demanded/item api.wrong-type', '/demandedOn guard.day-ahead', '/projectCode guard.case-of-other-project']
  for (const [route, method] of [[decisions, 'POST'], [validations, 'POST']] as const) {
    expect(places(await send(route, method, {}, demand))).toEqual([422, ...wrong])
    expect(places(await send(route, method, {}, { ...demand, demanded: { item: 'R04' } }))).toEqual([422, ...wrong.filter((one) => !one.startsWith('/demanded/'))])
    expect(places(await send(route, method, {}, { ...demand, authority: '91220100MADEM0011X' }))).toEqual([422, '/authority guard.not-your-authority', '/demanded/item api.wrong-type'])
  }
  const inCase = { demanded: {}, demandedOn: '2020-01-01' }
  expect(places(await send(caseDemands, 'POST', { number }, inCase))).toEqual([422, '/demanded guard.demanded', '/demandedOn guard.before-case'])
  // Another authority's case is no other answer than none.
  const theirs = await ground(database, context)
  await putCase(theirs.machine, { number: theirs.number, input: aCase(theirs.applicant, { materials: [] }), say, idempotency: once() })
  for (const of of [theirs.number, unique('AJ-')]) expect(places(await send(caseDemands, 'POST', { number: of }, inCase))).toEqual([422, ' cases.no-such-case', '/demanded guard.demanded'])
  expect(places(await send(decisions, 'POST', {}, { ...demand, caseNumber: theirs.number }))).toEqual([422, '/demanded/item api.wrong-type', '/demandedOn guard.day-ahead'])
})
