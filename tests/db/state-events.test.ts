import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { CaseInput } from '#app/domain/cases/case.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { showOwnCase } from '#app/domain/cases/show-case.server.ts'
import { INBOUND_HANDLERS } from '#app/domain/events/inbound-handlers.server.ts'
import { processInbound } from '#app/domain/events/process-inbound.server.ts'
import { testApart as test } from '#tests/support/database.ts'
import { aKey, machineOf, sourceOf } from '#tests/support/events.ts'
import { makeProjectCode } from '#tests/support/factories.ts'
import { say } from '#tests/support/inquiries.ts'

test('a case system tells by an event which state its case has come into; what does not fit is kept and refused', async ({ database, context }) => {
  const here = context()
  const { client } = await machineOf(database, here)
  const [machine, number] = [{ ...here, actor: client }, 'AJ-2026-0401']
  const hoursAgo = (hours: number) => new Date(here.clock.now.getTime() - hours * 3_600_000).toISOString()
  const input = CaseInput.parse({ projectCode: makeProjectCode(), approvalItem: 'A01', flowType: 'industrial', applicant: { uscc: null, name: '某申请人' }, receivedAt: hoursAgo(48), states: [{ state: 1, at: hoursAgo(48) }], materials: [] })
  await putCase(machine, { number, input, say, idempotency: aKey() })
  const { send } = await sourceOf(here, client)
  const entered = (more: object) => send({ id: randomUUID(), type: 'case.state-entered.v1', subject: number, ...more })

  await entered({ time: hoursAgo(24), data: { state: 3, note: '材料齐全' } })
  await entered({ data: { state: 8 } })
  await entered({ time: hoursAgo(36), data: { state: 6 } })
  await entered({ data: { state: 16 } })
  await entered({ data: { state: 11, colour: 'red' } })
  await entered({ subject: 'AJ-NOBODY', data: { state: 3 } })
  expect(await processInbound({ ...here, actor: SYSTEM }, INBOUND_HANDLERS, 10)).toMatchObject({ taken: 6, failed: [] })

  const { case: found } = await showOwnCase(machine, number)
  expect(found.states.map(({ state, at, note }) => [state, at.toISOString(), note])).toEqual([[1, hoursAgo(48), ''], [3, hoursAgo(24), '材料齐全'], [8, hoursAgo(0), '']])
  const kept = await database.owner('inbound_events').orderBy('id').select('outcome', 'fault')
  expect(kept.map(({ outcome }) => outcome)).toEqual(['handled', 'handled', 'refused', 'refused', 'refused', 'refused'])
  expect(kept.slice(3).map(({ fault }) => fault)).toEqual(['cases.state', 'events.data', 'cases.no-such-case'])
  // Each state that was taken is in the ledger and told to others.
  expect(await database.owner('ledger_entries').where({ subject: found.id }).orderBy('ordinal').pluck('kind')).toEqual(['case.registered', 'case.changed', 'case.changed'])
})
