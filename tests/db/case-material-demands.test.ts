import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { putCase } from '#app/domain/cases/put-case.server.ts'
import { CaseDemandInput } from '#app/domain/guard/case-demand.ts'
import { decideInCase } from '#app/domain/guard/decide-in-case.server.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { testApart as test } from '#tests/support/database.ts'
import { listed } from '#tests/support/factories.ts'
import { aCase, ground, once } from '#tests/support/cases.ts'
import { say } from '#tests/support/inquiries.ts'
import { aListing } from '#tests/domain/guard/given.ts'

test('a document demanded in a case is what the case calls so, and only then what the list calls so', async ({ database, context }) => {
  const { machine, applicant, number } = await ground(database, context)
  const [mine, others] = [aListing({ id: randomUUID(), code: 'IN-CASE-1' }), aListing({ id: randomUUID(), code: 'IN-CASE-2' })]
  for (const [listing, code] of [[mine, 'ELSEWHERE'], [others, 'M1']] as const) await listed(database.owner, { ...listing, rules: { ...listing.rules, material: { code, name: `材料${code}` } } })
  await putCase(machine, { number, input: aCase(applicant, { materials: [{ code: 'M1', name: '初步设计', source: 'service', service: 'IN-CASE-1' }] }), idempotency: once() })
  const itemOf = async (material: string, of = number) => (JSON.parse((await decideInCase(machine, { number: of, demand: CaseDemandInput.parse({ demanded: { material }, demandedOn: '2026-01-05' }), say, idempotency: once() })).body) as Decision).listing?.item
  expect([await itemOf('M1'), await itemOf('ELSEWHERE'), await itemOf('NOWHERE')]).toEqual(['IN-CASE-1', 'IN-CASE-1', undefined])
  await putCase(machine, { number: `${number}-2`, input: aCase(applicant, { materials: [{ code: 'M1', name: '申请书' }] }), idempotency: once() })
  expect(await itemOf('M1', `${number}-2`)).toBe('IN-CASE-2')
})
