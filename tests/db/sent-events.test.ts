import { expect } from 'vitest'
import { findSent } from '#app/domain/events/find-sent.server.ts'
import { INBOUND_HANDLERS } from '#app/domain/events/inbound-handlers.server.ts'
import { processInbound } from '#app/domain/events/process-inbound.server.ts'
import { testApart as test } from '#tests/support/database.ts'
import { machineOf, sourceOf } from '#tests/support/events.ts'

test('a sender sees what became of each event, with where it is wrong; nobody else’s machine sees it', async ({ database, context }) => {
  const here = context()
  const [mine, theirs] = [await machineOf(database, here), await machineOf(database, here)]
  const [{ send, source }, other] = [await sourceOf(here, mine.client), await sourceOf(here, theirs.client)]
  const say = (id: string, more: object) => send({ id, type: 'case.state-entered.v1', subject: 'AJ-9', data: { state: 4 }, ...more })
  await say('unknown-case', {})
  await say('no-state', { data: { state: 99, note: 'x'.repeat(501) } })
  await say('no-type', { type: 'case.closed' })
  await other.send({ id: 'foreign', type: 'case.closed' })
  await processInbound(here, INBOUND_HANDLERS, 10)
  await say('late', { subject: 'AJ-10' })
  const asked = (wanted: object = {}) => findSent({ ...here, actor: mine.client }, { limit: 50, ...wanted })
  const seen = (await asked()).items.map(({ id, state, faults }) => [id, state, ...faults.map(({ field, code }) => `${field} ${code}`).toSorted()])
  expect(seen).toEqual([
    ['late', 'received'],
    ['no-type', 'refused', 'type events.not-processed'],
    ['no-state', 'refused', 'data.note accounts.text-long', 'data.state cases.state'],
    ['unknown-case', 'refused', 'subject cases.no-such-case'],
  ])
  expect((await asked({ id: 'unknown-case', source })).items).toHaveLength(1)
  expect((await asked({ id: 'foreign' })).items).toEqual([])
  expect((await asked({ state: 'received' })).items.map(({ id }) => id)).toEqual(['late'])
  const first = await asked({ limit: 3 })
  expect((await asked({ limit: 3, before: Number(first.next) })).items.map(({ id }) => id)).toEqual(['unknown-case'])
  await database.owner('inbound_events').where({ event_id: 'late' }).update({ given_up_at: here.clock.now, next_attempt_at: null, fault: 'TypeError' })
  expect((await asked({ state: 'failed' })).items).toMatchObject([{ id: 'late', faults: [{ code: 'events.given-up' }] }])
})
