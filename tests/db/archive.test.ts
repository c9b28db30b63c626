import { createHash } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { expect } from 'vitest'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { showArchive } from '#app/domain/awards/show-archive.server.ts'
import { entryLeafHash } from '#app/domain/ledger/entry.ts'
import { testApart as test } from '#tests/support/database.ts'
import { aTender, contextsOf, sequencerOf, setPeriods, withBidders } from '#tests/support/tenders.ts'

const read = async ({ content }: { content: AsyncIterable<string> | Iterable<string> }) => text(Readable.from(content))

test('the record of a tender is closed when it binds: its facts, every entry with its long facts, bundle, checkpoint and keys', async ({ database, context, clock }) => {
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' } })
  const people = contextsOf(context)
  const sequence = sequencerOf(database)
  const stage = await aTender(database, people)
  await withBidders(database, people, stage, 2)
  const { number } = stage
  const attend = () => attendTender(people(stage.owner), { id: stage.tender.id })
  await expect(showArchive(people(stage.owner), { number })).rejects.toMatchObject({ code: 'life.not-archived' })
  clock.advance(60_000)
  await attend()
  await sequence()
  clock.advance(30_000)
  await attend()
  await expect(showArchive(people(stage.owner), { number })).rejects.toMatchObject({ code: 'life.not-archived' })
  clock.advance(60_000)
  await sequence()

  const { keptUntil, files } = await showArchive(people(stage.owner), { number })
  expect(Number(keptUntil.slice(0, 4)) - clock.now.getUTCFullYear()).toBe(15)
  const [head, tender, entries, payloads, bundle, checkpoint, keys] = await Promise.all(files.map(read))
  expect(files.map(({ name }) => name)).toEqual(['archive.json', 'tender.json', 'entries.jsonl', 'payloads.jsonl', 'bundle.json', 'checkpoint.txt', 'keys.txt'])
  expect(JSON.parse(head!)).toMatchObject({ tender: number, keptUntil })
  const told = entries!.trim().split('\n').map((line) => JSON.parse(line) as { kind: string; body: string; leafHash: string; payload: string | null })
  expect(told.map(({ kind }) => kind)).toEqual(await database.owner('ledger_entries').where({ subject: number }).orderBy('ordinal').pluck('kind'))
  for (const { body, leafHash } of told) expect(entryLeafHash(body).toString('hex')).toBe(leafHash)
  const kept = payloads!.trim().split('\n').map((line) => JSON.parse(line) as { hash: string; body: string })
  for (const { hash, body } of kept) expect(createHash('sha256').update(body).digest('hex')).toBe(hash)
  expect(kept.map(({ hash }) => hash)).toEqual(told.flatMap(({ payload }) => payload ?? []))
  expect(JSON.parse(bundle!)).toMatchObject({ method: 'random', ledger: { checkpoint } })
  expect(keys).toContain('+')
  // Whoever asks gets what the public may see.
  expect(tender).not.toContain(stage.owner.accountId)
  expect(tender).not.toContain(stage.owner.organisationId)
})
