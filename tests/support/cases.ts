import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Client, Member } from '#app/domain/accounts/actor.ts'
import { CaseInput } from '#app/domain/cases/case.ts'
import type { MakeContext, TestDatabase } from './database.ts'
import { authority, makeProjectCode, owner, unique } from './factories.ts'

export type Machine = ReturnType<MakeContext> & { actor: Client }

export async function caseMachineOf(db: Knex, context: MakeContext, office: Member): Promise<Machine> {
  const actor: Client = { kind: 'client', clientId: `client-${office.organisationId}`, organisationId: office.organisationId, uscc: office.uscc!, divisionCode: office.divisionCode, scopes: ['project:write', 'case:write', 'case:read', 'guard:decide'] }
  await db('api_clients').insert({ id: actor.clientId, name: actor.clientId, secret_hash: 'none', organisation_id: office.organisationId, scopes: actor.scopes, created_at: new Date('2026-01-05T00:00:00Z') })
  return { ...context(office), actor }
}

/** A key that was never used. */
export const once = (body: unknown = {}) => ({ key: randomUUID(), requestHash: Buffer.from(JSON.stringify(body)).toString('hex').slice(0, 64).padEnd(64, '0') })

/** A case as its authority's system describes it. */
export const aCase = (applicant: Member, more: Record<string, unknown> = {}): CaseInput =>
  CaseInput.parse({
    projectCode: makeProjectCode(),
    approvalItem: 'A01',
    flowType: 'industrial',
    applicant: { uscc: applicant.uscc, name: applicant.organisationName },
    receivedAt: '2026-01-04T09:00:00+08:00',
    states: [{ state: 1, at: '2026-01-04T09:00:00+08:00' }],
    materials: [{ code: 'M1', name: '水土保持方案', source: 'service', service: 'R28' }, { code: 'M2', name: '身份证明' }],
    ...more,
  })

/** An authority with its machine, somebody who applies, and a number for a case. */
export async function ground(database: TestDatabase, context: MakeContext) {
  const [office, applicant] = [await authority(database.owner), await owner(database.owner)]
  return { office, applicant, machine: await caseMachineOf(database.owner, context, office), number: unique('AJ-') }
}
