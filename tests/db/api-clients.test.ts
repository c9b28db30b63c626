import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { clientOfToken, grantToken, scopesLeft } from '#app/domain/accounts/access-token.server.ts'
import { NewClientForm, type ClientAct } from '#app/domain/accounts/api-client.ts'
import { changeClient, openClient, showApiClient, showApiClients } from '#app/domain/accounts/keep-api-client.server.ts'
import type { ConnectionKind } from '#app/domain/events/connection.ts'
import { endConnection, showConnections } from '#app/domain/events/keep-connections.server.ts'
import { outsideOf } from '#app/domain/events/heard-outside.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import { listLiveWebhooks } from '#db/repositories/webhooks.ts'
import { clockAt } from '#tests/support/clock.ts'
import { test } from '#tests/support/database.ts'
import { machineOf, sourceOf, subscribed } from '#tests/support/events.ts'
import { deliverAll } from '#tests/support/inbox.ts'
import * as make from '#tests/support/factories.ts'

const HOUR = 3_600_000
const AT = new Date('2026-11-20T02:00:00Z')
const SCOPES = ['guard:decide', 'case:read'] as const

test('an operator makes a client for an authority of its division, which takes tokens with the secret that was shown; ledger and audit have the act and neither the secret', async ({ database, context }) => {
  const db = database.owner
  const [operator, office] = [await make.operator(db), await make.authority(db)]
  const made = await openClient(context(operator), { authority: office.organisationId, name: '工程审批系统', scopes: [...SCOPES] })
  const grant = await grantToken(context(), { ...made, scopes: null })
  expect(grant).toMatchObject({ scopes: SCOPES })
  expect(await showApiClient(context(operator), made)).toMatchObject({ name: '工程审批系统', authority: { uscc: office.uscc }, scopes: SCOPES, lastTokenAt: expect.any(Date), revokedAt: null })
  const audit = await db('audits').where({ act: 'keep:api-client' }).whereRaw("details ->> 'client' = ?", [made.id])
  expect(audit).toHaveLength(1)
  expect(audit[0]).toMatchObject({ account_id: operator.accountId, subject: office.uscc })
  const entries = await db('ledger_entries').where({ kind: 'api-client.made', subject: office.uscc }).select('body')
  expect(entries).toHaveLength(1)
  const told = JSON.stringify([audit, entries.map(({ body }) => String(body))])
  expect(told).not.toContain(made.secret)
  expect(String(entries[0].body)).not.toContain(made.id)
})

test('what is another division’s, no authority, no scope, or made already is refused; of two at once one is made', async ({ database, context }) => {
  const db = database.owner
  const operator = await make.operator(db)
  const [office, owner, foreign] = [await make.authority(db), await make.owner(db), await make.authority(db, { divisionCode: '220200' })]
  const open = (authority: string, name = '系统') => openClient(context(operator), { authority, name, scopes: [...SCOPES] })
  for (const one of [foreign.organisationId, owner.organisationId, 'nobody']) await expect(open(one)).rejects.toMatchObject({ code: 'clients.authority', field: 'authority' })
  expect(NewClientForm.safeParse({ authority: 'x', name: '系统', scopes: ['guard:decide', 'read:ledger-keys'] }).success).toBe(false)
  const both = await Promise.allSettled([open(office.organisationId), open(office.organisationId)])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(open(office.organisationId)).rejects.toMatchObject({ code: 'clients.name-taken' })
  const stranger = await make.operator(db, { divisionCode: '220200' })
  const { id } = (await showApiClients(context(operator))).clients.find(({ authority }) => authority.uscc === office.uscc)!
  await expect(showApiClient(context(stranger), { id })).rejects.toMatchObject({ kind: 'missing', code: 'clients.none' })
  await expect(changeClient(context(stranger), { id, act: 'revoke', version: 1 })).rejects.toMatchObject({ kind: 'missing', code: 'clients.none' })
  for (const other of [await make.operator(db, { duty: 'delegate' }), await make.regulator(db), office]) await expect(openClient(context(other), { authority: office.organisationId, name: '另一个', scopes: [...SCOPES] })).rejects.toMatchObject({ code: 'accounts.not-allowed' })
})

test('an old secret is taken for 24 hours beside the new one and not a moment longer, or ends at once; a third secret ends the first', async ({ database, context }) => {
  const db = database.owner
  const [operator, office] = [await make.operator(db), await make.authority(db)]
  const at = (hours: number) => ({ ...context(operator), clock: clockAt(new Date(AT.getTime() + hours * HOUR)) })
  const { id, secret: first } = await openClient(at(0), { authority: office.organisationId, name: '系统', scopes: [...SCOPES] })
  const rotate = async (hours: number, version: number, overlap: 'overlap' | 'at-once') => (await changeClient(at(hours), { id, act: 'rotate', version, overlap }))!.secret
  const isTaken = async (secret: string, hours: number) => !('fault' in (await grantToken(at(hours), { id, secret, scopes: null })))
  const second = await rotate(0, 1, 'overlap')
  expect([await isTaken(first, 23.9), await isTaken(second, 23.9), await isTaken(first, 24), await isTaken(second, 24)]).toEqual([true, true, false, true])
  const third = await rotate(1, 2, 'overlap')
  expect([await isTaken(first, 1), await isTaken(second, 1), await isTaken(third, 1)]).toEqual([false, true, true])
  const fourth = await rotate(2, 3, 'at-once')
  expect([await isTaken(second, 2), await isTaken(third, 2), await isTaken(fourth, 2)]).toEqual([false, false, true])
  // The form again, and two at once: only what was seen is changed.
  await expect(rotate(2, 3, 'at-once')).rejects.toMatchObject({ code: 'clients.changed' })
  const both = await Promise.allSettled([rotate(2, 4, 'at-once'), rotate(2, 4, 'overlap')])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('scopes are only taken away, and a live token loses them at once; a revoked client’s token and its kept answers are worth nothing', async ({ database, context }) => {
  const db = database.owner
  const [operator, office] = [await make.operator(db), await make.authority(db)]
  const base = context(operator)
  const made = await openClient(base, { authority: office.organisationId, name: '系统', scopes: [...SCOPES] })
  const change = (act: ClientAct) => changeClient(context(operator), { id: made.id, ...act })
  const { accessToken } = (await grantToken(base, { ...made, scopes: null })) as { accessToken: string }
  const client = (await clientOfToken(base.keyring, accessToken))!
  const demand = DemandInput.parse({ caseNumber: null, projectCode: null, authority: office.uscc, approvalItem: 'A10', demanded: { text: '林木采伐作业设计' }, demandedOn: '2026-11-20' })
  const ask = (key: string) => decide({ ...base, actor: client }, { demand, say: ({ code }) => ({ text: code, source: '' }), idempotency: { key, requestHash: '00' } })
  expect(await ask('first')).toMatchObject({ status: 201 })
  await expect(change({ act: 'narrow', version: 1, scopes: ['case:read', 'events:send'] })).rejects.toMatchObject({ code: 'clients.wider', field: 'scopes' })
  await expect(change({ act: 'narrow', version: 1, scopes: [...SCOPES] })).rejects.toMatchObject({ code: 'clients.no-narrower' })
  await change({ act: 'narrow', version: 1, scopes: ['case:read'] })
  expect(await scopesLeft(base.db, client)).toEqual(['case:read'])
  for (const key of ['first', 'second']) await expect(ask(key)).rejects.toMatchObject({ kind: 'forbidden', code: 'guard.scope-missing' })
  await change({ act: 'revoke', version: 2 })
  expect(await scopesLeft(base.db, client)).toBeNull()
  for (const key of ['first', 'second']) await expect(ask(key)).rejects.toMatchObject({ kind: 'unauthenticated', code: 'guard.bad-token' })
  expect(await grantToken(base, { ...made, scopes: null })).toEqual({ fault: 'invalid_client' })
  for (const act of [{ act: 'revoke', version: 3 }, { act: 'rotate', version: 3, overlap: 'overlap' }] as const) await expect(change(act)).rejects.toMatchObject({ code: 'clients.revoked' })
  expect(await db('guard_decisions').where({ authority_id: office.organisationId })).toHaveLength(1)
})

test('an office hears of each client that may act in its name, and of what becomes of it; nobody outside does', async ({ database, context }) => {
  const db = database.owner
  const [operator, office, other] = [await make.operator(db), await make.authority(db), await make.authority(db)]
  const { id } = await openClient(context(operator), { authority: office.organisationId, name: '办件系统', scopes: [...SCOPES] })
  const act = async (act: ClientAct) => changeClient(context(operator), { id, ...act })
  await act({ act: 'rotate', version: 1, overlap: 'at-once' })
  await act({ act: 'narrow', version: 2, scopes: ['case:read'] })
  await act({ act: 'revoke', version: 3 })
  const at = (of: typeof office) => ({ ...context(), actor: of })
  await deliverAll(context())
  const { messages } = await findMessages(at(office), {})
  expect(messages.map(({ kind, params }) => [kind, params])).toEqual(['revoked', 'narrowed', 'rotated', 'made'].map((did) => ['own-client-changed', { name: '办件系统', did }]))
  expect((await findMessages(at(other), {})).messages).toEqual([])
  expect(outsideOf({ type: 'marketplace.api-client.changed.v1', data: { authority: office.uscc!, name: '办件系统', did: 'made' } })).toBe('kept-inside')
})

test('what a client registered outlives it, and its operator sees and ends it, told to ledger, audit and office', async ({ database, context }) => {
  const db = database.owner
  const here = context()
  const operator = await make.operator(db)
  const [{ client, officer }, { client: elsewhere }] = [await machineOf(database, here), await machineOf(database, here)]
  const source = await sourceOf(here, client)
  const webhook = await subscribed(here, client, 'https://cases.example/events?token=geheim')
  const foreign = await sourceOf(here, elsewhere)
  const as = context(operator)
  await changeClient(as, { id: client.clientId, act: 'revoke', version: 1 })
  const send = () => source.send({ id: randomUUID(), type: 'case.state-entered.v1', subject: 'AJ-1', data: {} })
  // Revoking the client leaves the source's own secret as it was.
  await send()
  const shown = async () => (await showConnections(as, { client: client.clientId })).map(({ kind, id, name }) => [kind, id, name])
  expect(await shown()).toEqual([['webhook', webhook.id, 'https://cases.example/events?…'], ['source', source.id, source.source]])
  const end = (kind: ConnectionKind, connection: string, by = as) => endConnection(by, { client: client.clientId, kind, connection })
  const stranger = context(await make.operator(db, { divisionCode: '220200' }))
  for (const by of [stranger, context(await make.operator(db, { duty: 'delegate' })), context(officer)]) await expect(end('source', source.id, by)).rejects.toMatchObject({ code: by === stranger ? 'clients.none' : 'accounts.not-allowed' })
  for (const [kind, id] of [['source', foreign.id], ['webhook', source.id]] as const) await expect(end(kind, id)).rejects.toMatchObject({ kind: 'missing', code: 'clients.no-connection' })

  await end('source', source.id)
  await expect(send()).rejects.toMatchObject({ code: 'events.wrong-signature' })
  await end('webhook', webhook.id)
  expect([await shown(), await listLiveWebhooks(db)]).toEqual([[], []])
  await expect(end('webhook', webhook.id)).rejects.toMatchObject({ code: 'clients.no-connection' })
  await foreign.send({ id: randomUUID(), type: 'case.state-entered.v1', subject: 'AJ-1', data: {} })

  const entries = await db('ledger_entries').where({ subject: officer.uscc }).whereLike('kind', 'api-client.%-ended').orderBy('ordinal').select('kind', 'body')
  expect(entries.map(({ kind }) => kind)).toEqual(['api-client.source-ended', 'api-client.webhook-ended'])
  for (const secret of [source.id, source.source, webhook.id, client.clientId, 'cases.example']) expect(entries.map(({ body }) => String(body)).join()).not.toContain(secret)
  const audits = await db('audits').where({ act: 'keep:api-client', subject: officer.uscc, account_id: operator.accountId }).orderBy('id').select('details')
  expect(audits.slice(-2).map(({ details }) => details.ended)).toEqual([{ id: source.id, name: source.source }, { id: webhook.id, name: 'https://cases.example/events?…' }])
  await deliverAll(here)
  expect((await findMessages({ ...here, actor: officer }, {})).messages.slice(0, 2).map(({ kind, params }) => [kind, (params as { did: string }).did])).toEqual([['own-client-changed', 'webhook-ended'], ['own-client-changed', 'source-ended']])
})
