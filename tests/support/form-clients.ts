import { randomUUID } from 'node:crypto'
import { makeApiClient } from '#app/domain/accounts/make-api-client.server.ts'
import type { Member } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { transact } from '#db/client.ts'
import { insertSource } from '#db/repositories/inbound-events.ts'
import { RARE, type FormRow } from './form-row.ts'
import type { World } from './world.ts'

/** What an operator does with the machines of authorities, each form with a machine of its own. */
export async function formsOfClients(as: (actor: Member) => Context, { people }: World, operator: string): Promise<FormRow[]> {
  const made = () => makeApiClient(as(people.operator), { id: randomUUID(), secret: 'a secret of a form', name: randomUUID(), organisationId: people.authority.organisationId })
  const [rotated, narrowed, revoked] = [await made(), await made(), await made()]
  const source = { id: randomUUID(), organisationId: people.authority.organisationId, clientId: (await made()).id, source: `urn:cases:${randomUUID()}`, createdAt: new Date() }
  await transact(as(people.operator).db, (trx) => insertSource(trx, source))
  const on = (act: string, id: string, fields: FormRow['fields']): FormRow => ({ route: 'operator/client.tsx', form: act, path: `/operator/clients/${id}`, cookie: operator, fixed: { act, version: '1' }, fields, spoilable: ['act', 'version'] })
  return [
    { route: 'operator/clients.tsx', form: 'make', path: '/operator/clients', cookie: operator, fields: { authority: { kind: 'choice', good: people.authority.organisationId, late: true }, name: { kind: 'text', good: '工程审批系统二', most: 60, typed: `${RARE}审批系统` }, scopes: { kind: 'list', good: 'case:read' } }, makes: 'api_clients' },
    on('rotate', rotated.id, { overlap: { kind: 'choice', good: 'at-once' } }),
    on('narrow', narrowed.id, { scopes: { kind: 'list', good: 'case:read' } }),
    on('revoke', revoked.id, {}),
    { ...on('end', source.clientId, {}), fixed: { act: 'end', kind: 'source', connection: source.id }, spoilable: ['act', 'kind', 'connection'] },
  ]
}
