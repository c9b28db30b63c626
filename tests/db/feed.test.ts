import { expect } from 'vitest'
import type { Client } from '#app/domain/accounts/actor.ts'
import type { Scope } from '#app/domain/events/hearing.ts'
import { mayHear } from '#app/domain/events/hearing.ts'
import { publishEvents } from '#app/domain/events/publish-events.server.ts'
import { readFeed } from '#app/domain/events/read-feed.server.ts'
import { transact } from '#db/client.ts'
import { insertFeedEvents } from '#db/repositories/feed-events.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { testApart as test, type TestContext } from '#tests/support/database.ts'
import { decided, machineOf, PUBLIC_URL, publishAll } from '#tests/support/events.ts'
import { aTender, contextsOf } from '#tests/support/tenders.ts'

const CHECKS = 500
const WRITERS = 8

const read = (context: TestContext, client: Client, after: number, limit = 100) => readFeed({ ...context, actor: client }, { after, types: [], limit, publicUrl: PUBLIC_URL })

test('many write at once and commit in any order; a reader with a cursor loses none in five hundred checks', async ({ database, context }) => {
  const here = context()
  const { client } = await machineOf(database, here)
  await publishAll(here)
  const start = Number((await read(here, client, 0, 500)).next)
  const written: string[] = []
  let writing = true
  const writer = async (number: number) => {
    for (let turn = 0; turn < CHECKS / WRITERS; turn++) {
      await transact(here.db, async (trx) => {
        const decision = await decided({ ...here, db: trx as never }, client, `AJ-${number}`)
        // The number is taken; others take later ones and commit before this one does.
        await new Promise((resolve) => setTimeout(resolve, (turn * 7 + number * 13) % 40))
        written.push(decision)
      })
    }
  }
  const publisher = async () => {
    while (writing) await Promise.all([publishEvents(here, 50), publishEvents(here, 50)])
  }
  const seen: string[] = []
  let [cursor, checks] = [start, 0]
  const follow = async () => {
    const { items, next } = await read(here, client, cursor, 20)
    seen.push(...items.map(({ data }) => String(data.decision)))
    cursor = Number(next)
    checks += 1
  }
  const reader = async () => {
    while (writing || checks < CHECKS) await follow()
  }
  const published = publisher()
  const reading = reader()
  await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)))
  writing = false
  await published
  await publishAll(here)
  await reading
  for (let before = -1; before !== seen.length; ) {
    before = seen.length
    await follow()
  }
  const lost = written.filter((decision) => !seen.includes(decision))
  console.log(`feed race: ${written.length} events by ${WRITERS} writers at once, ${checks} checks, ${lost.length} lost, ${seen.length - new Set(seen).size} twice`)
  expect([lost, seen.length, checks >= CHECKS]).toEqual([[], written.length, true])
})

test('the same race against the order of insertion would lose events: the numbers of the outbox are not the order of commits', async ({ database, context }) => {
  const here = context()
  const { client } = await machineOf(database, here)
  await publishAll(here)
  const start = Number((await read(here, client, 0, 500)).next)
  let commit = () => {}
  const held = new Promise<void>((resolve) => (commit = resolve))
  const slow = transact(here.db, async (trx) => {
    await decided({ ...here, db: trx as never }, client, 'slow')
    await held
  })
  await new Promise((resolve) => setTimeout(resolve, 50))
  await decided(here, client, 'quick')
  await publishAll(here)
  const first = await read(here, client, start)
  commit()
  await slow
  await publishAll(here)
  const second = await read(here, client, Number(first.next))
  expect([first, second].map(({ items }) => items.map(({ subject }) => subject))).toEqual([['quick'], ['slow']])
  const numbers: { subject: string }[] = await database.owner('outbox').whereIn('subject', ['quick', 'slow']).orderBy('id').select('subject')
  expect(numbers.map(({ subject }) => subject)).toEqual(['slow', 'quick'])
})

test('the rule of who hears is the same in SQL', async ({ database, context }) => {
  const here = context()
  const divisions = ['220000', '220100', '220106', '220200', '110000']
  const machines: Client[] = []
  for (const divisionCode of divisions) machines.push((await machineOf(database, here, { divisionCode })).client)
  const scopes: Scope[] = divisions.flatMap((divisionCode) => [
    ...machines.map(({ organisationId: authorityId }): Scope => ({ audience: 'own', authorityId, divisionCode: null, subject: 'own', caseNumber: 'AJ' })),
    ...(['division', 'list'] as const).flatMap((audience) => [null, machines[0]!.organisationId].map((authorityId): Scope => ({ audience, authorityId, divisionCode, subject: audience, caseNumber: null }))),
  ])
  const events: string[] = []
  const feed = await transact(database.owner, async (trx) => {
    for (const [place] of scopes.entries()) await insertEvent(trx, { type: 'marketplace.test.v1', subject: `s${place}`, data: {}, at: here.clock.now, traceId: here.traceId })
    events.push(...(await trx('outbox').where({ type: 'marketplace.test.v1' }).orderBy('id').pluck('event_id')))
    return insertFeedEvents(trx, scopes.map((scope, place) => ({ ...scope, eventId: events[place]!, type: 'marketplace.test.v1', data: {}, at: here.clock.now })))
  })
  for (const client of machines) {
    const heard = (await read(here, client, 0, 500)).items.filter(({ type }) => type === 'marketplace.test.v1').map(({ id }) => id)
    expect(heard).toEqual(feed.filter((event) => mayHear(client, event)).map(({ eventId }) => eventId))
  }
})

test('a foreign authority hears of public tenders in its division, and of nobody else\'s demands', async ({ database, context }) => {
  const here = context()
  const [one, foreign, elsewhere] = [await machineOf(database, here), await machineOf(database, here), await machineOf(database, here, { divisionCode: '220200' })]
  const { number } = await aTender(database, contextsOf(context))
  await decided(here, one.client, 'AJ-1')
  await publishAll(here)
  const heard = async ({ client }: { client: Client }) => (await read(here, client, 0, 500)).items.filter(({ type }) => !type.includes('catalogue'))
  expect((await heard(one)).map(({ subject }) => subject)).toEqual([number, 'AJ-1'])
  expect((await heard(foreign)).map(({ subject }) => subject)).toEqual([number])
  expect(await heard(elsewhere)).toEqual([])
  const [published] = await heard(foreign)
  expect(Object.keys(published!.data).sort()).toEqual(['ceilingFen', 'closesAt', 'listing', 'project', 'serviceDays', 'tender', 'title'])
})

test('a reader goes on where it was, page by page, and does not read again what was not for it', async ({ database, context }) => {
  const here = context()
  const [one, other] = [await machineOf(database, here), await machineOf(database, here)]
  for (let number = 0; number < 7; number++) await decided(here, number % 2 ? one.client : other.client, `AJ-${number}`)
  await publishAll(here)
  const subjects: string[] = []
  let after = 0
  for (let page = 0; page < 50; page++) {
    const { items, next } = await read(here, one.client, after, 2)
    subjects.push(...items.map(({ subject }) => subject))
    if (items.length === 0) expect(Number(next)).toBe(Number((await database.owner('feed_events').max({ end: 'position' }).first<{ end: number }>())!.end))
    after = Number(next)
  }
  expect(subjects.filter((subject) => subject.startsWith('AJ'))).toEqual(['AJ-1', 'AJ-3', 'AJ-5'])
})
