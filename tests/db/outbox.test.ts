import { expect } from 'vitest'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { transact } from '#db/client.ts'
import { handOver, type OutboxEvent } from '#db/repositories/outbox.ts'
import { testApart as test, type TestContext } from '#tests/support/database.ts'
import { CHANGCHUN } from '#tests/support/factories.ts'

async function happen(context: TestContext, subject: string, wait: Promise<unknown> = Promise.resolve()) {
  await transact(context.db, async (trx) => {
    await tell(trx, { ...context, actor: SYSTEM }, { at: new Date(), act: 'test', kind: 'tender.published', subject, divisionCode: CHANGCHUN, facts: {}, event: { type: 'marketplace.test.v1', data: {} } })
    await wait
  })
}

/** What the seeds told before the test began is read away. */
async function readAway({ db }: TestContext) {
  for (const reader of ['search', 'inbox'] as const) while (await handOver(db, reader, 100, async () => {}));
}

const subjects = (events: OutboxEvent[]) => events.map(({ subject }) => subject)

test('each reader reads every event once, in order, and one that fails reads it again', async ({ context }) => {
  const { db } = context()
  await readAway(context())
  await happen(context(), 'first')
  await happen(context(), 'second')
  const seen: string[] = []
  await expect(handOver(db, 'search', 10, async () => { throw new Error('The index is away.') })).rejects.toThrow('away')
  expect(await handOver(db, 'search', 1, async (_, events) => void seen.push(...subjects(events)))).toBe(1)
  expect(await handOver(db, 'search', 10, async (_, events) => void seen.push(...subjects(events)))).toBe(1)
  expect(await handOver(db, 'search', 10, async (_, events) => void seen.push(...subjects(events)))).toBe(0)
  expect(seen).toEqual(['first', 'second'])
  expect(await handOver(db, 'inbox', 10, async (_, events) => void expect(subjects(events)).toEqual(['first', 'second']))).toBe(2)
})

test('an event that commits after a later one was read is read all the same', async ({ context }) => {
  const { db } = context()
  await readAway(context())
  let commit = () => {}
  const slow = happen(context(), 'slow', new Promise<void>((resolve) => (commit = resolve)))
  await new Promise((resolve) => setTimeout(resolve, 50))
  await happen(context(), 'quick')
  const seen: string[] = []
  await handOver(db, 'inbox', 10, async (_, events) => void seen.push(...subjects(events)))
  commit()
  await slow
  await handOver(db, 'inbox', 10, async (_, events) => void seen.push(...subjects(events)))
  expect(seen.sort()).toEqual(['quick', 'slow'])
})

test('two workers never hand one reader the same event', async ({ context }) => {
  const { db } = context()
  await readAway(context())
  for (let number = 0; number < 20; number++) await happen(context(), `event ${number}`)
  const seen: string[] = []
  const round = async () => void (await handOver(db, 'search', 3, async (_, events) => void seen.push(...subjects(events))))
  for (let turn = 0; turn < 20; turn++) await Promise.all([round(), round(), round()])
  expect(new Set(seen).size).toBe(20)
  expect(seen).toHaveLength(20)
})
