import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Knex } from 'knex'
import { expect } from 'vitest'
import { announceKeys } from '#app/domain/ledger/announce-keys.server.ts'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { findEntries, findMine, findStory } from '#app/domain/ledger/find-entries.server.ts'
import { findCheckpoint, findPayload, findTile } from '#app/domain/ledger/find-tile.server.ts'
import { keyIdOf, logOrigin, rawPublicKey } from '#app/domain/ledger/keyring.ts'
import { retireKey, rotateKey } from '#app/domain/ledger/keyring.server.ts'
import { leafHash, rootOf, verifyInclusion } from '#app/domain/ledger/merkle.ts'
import { logVerifier, parseCheckpoint, parseVkey, readNote, signersOf } from '#app/domain/ledger/note.ts'
import { logVkeys } from '#app/domain/ledger/published-keys.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { showConsistency } from '#app/domain/ledger/show-consistency.server.ts'
import { showEntry } from '#app/domain/ledger/show-entry.server.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { readEntryBundle } from '#app/domain/ledger/tile.ts'
import { transact } from '#db/client.ts'
import { test as together, testApart as test, testKeyring, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { CHANGCHUN } from '#tests/support/factories.ts'

const keyring = testKeyring()

type Ground = { database: TestDatabase; context: () => TestContext }
type More = { kind?: string; facts?: Record<string, string>; payload?: string; concealed?: Record<string, string> }

/** Tells one act in a transaction of its own. */
function tellOne(context: TestContext, subject: string, { kind = 'tender.published', facts = {}, payload, concealed }: More = {}) {
  return transact(context.db, (trx) => tellIn(trx, context, subject, { kind, facts, payload, concealed }))
}

async function tellIn(trx: Knex.Transaction, context: TestContext, subject: string, { kind = 'tender.published', facts = {}, payload, concealed }: More = {}) {
  const at = await context.clock.read(trx)
  return tell(trx, context, { at, act: 'publish:tender', kind, subject, divisionCode: CHANGCHUN, facts, payload, concealed, event: { type: 'marketplace.test.v1', data: {} } })
}

/** A sequencer that keeps a list of what it warned of. */
function sequencerOf({ database, context }: Ground, more: { keepAt?: string; keys?: typeof keyring } = {}) {
  const warnings: object[] = []
  const sequence = makeSequencer({ db: database.ledger, keyring: more.keys ?? keyring, clock: context().clock, log: { warn: (facts) => warnings.push(facts) }, keepAt: more.keepAt })
  return Object.assign(sequence, { warnings })
}

async function settle(sequence: ReturnType<typeof sequencerOf>): Promise<number> {
  for (;;) {
    const { added, size, busy } = await sequence()
    if (!busy && added === 0) return size
  }
}

async function bodiesInOrder({ database }: Pick<Ground, 'database'>): Promise<string[]> {
  const rows = await database.owner('ledger_leaves').join('ledger_entries', 'ledger_entries.id', 'ledger_leaves.entry_id').select<{ body: string }[]>('body').orderBy('index')
  return rows.map(({ body }) => body)
}

test('one telling writes entry, payload, audit, event and salt, or nothing at all', async ({ database, context }) => {
  const told = await tellOne(context(), 'T-1', { payload: 'long', concealed: { phone: '138' } })
  await expect(transact(context().db, async (trx) => {
    await tellIn(trx, context(), 'T-2')
    throw new Error('the act failed')
  })).rejects.toThrow('the act failed')
  const count = async (table: string, where: object) => Number((await database.owner(table).where(where).count({ n: '*' }))[0]!.n)
  expect(await count('ledger_entries', { id: told.entry })).toBe(1)
  expect(await count('ledger_salts', { entry_id: told.entry })).toBe(1)
  expect(await count('audits', { subject: 'T-1', act: 'publish:tender' })).toBe(1)
  expect(await count('outbox', { subject: 'T-1' })).toBe(1)
  for (const table of ['ledger_entries', 'audits', 'outbox']) expect(await count(table, { subject: 'T-2' })).toBe(0)
})

test('the promise becomes a place: the entry proves itself under a checkpoint that the log signed', async ({ database, context }) => {
  const sequence = sequencerOf({ database, context })
  await settle(sequence)
  for (let n = 0; n < 5; n++) await tellOne(context(), `T-${n}`)
  const told = await tellOne(context(), 'T-9')
  expect((await showEntry(context(), { id: told.entry })).proof).toBeNull()
  await settle(sequence)
  const { entry, proof } = await showEntry(context(), { id: told.entry })
  const hashes = proof!.hashes.map((hash) => Buffer.from(hash, 'hex'))
  expect(entry.leafHash).toBe(told.leafHash)
  expect(verifyInclusion(proof!.index, proof!.checkpoint.size, leafHash(Buffer.from(entry.body)), hashes, Buffer.from(proof!.checkpoint.root, 'hex'))).toBe(true)
  const note = readNote(proof!.checkpoint.note)
  expect(signersOf(note, logVkeys(keyring).map(parseVkey))).toHaveLength(1)
  expect(parseCheckpoint(note.text)).toMatchObject({ origin: logOrigin(keyring), size: proof!.checkpoint.size })
})

test('many writers at once, some slow, some failing, and three sequencers: no entry is lost and none has two places', async ({ database, context }) => {
  const sequencers = [1, 2, 3].map(() => sequencerOf({ database, context }))
  const kept: string[] = []
  let writing = true
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let n = 0; n < 25; n++) {
      await transact(database.app, async (trx) => {
        const { entry } = await tellIn(trx, context(), `W-${writer}-${n}`)
        // A slow transaction took its number early and commits late: the case that a feed by number loses.
        if (n % 5 === 0) await trx.raw('select pg_sleep(0.03)')
        if (n % 7 === 6) throw new Error('rolled back')
        return entry
      }).then((entry) => kept.push(entry), () => {})
    }
  })
  const reading = sequencers.map(async (sequence) => {
    while (writing) await sequence()
  })
  await Promise.all(writers)
  writing = false
  await Promise.all(reading)
  const size = await settle(sequencers[0]!)
  const bodies = await bodiesInOrder({ database })
  const ids = bodies.map((body) => (JSON.parse(body) as { id: string }).id)
  expect(kept).toHaveLength(8 * 22)
  expect(kept.filter((id) => !ids.includes(id))).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
  expect(size).toBe(bodies.length)
  const checkpoint = parseCheckpoint(readNote((await findCheckpoint(context()))!).text)
  expect(checkpoint.root).toEqual(rootOf(bodies.map((body) => leafHash(Buffer.from(body)))))
})

test('inside a batch entries stand in the order of their making', async ({ database, context }) => {
  const sequence = sequencerOf({ database, context })
  const before = await settle(sequence)
  for (let n = 0; n < 20; n++) await tellOne(context(), `O-${n}`)
  await settle(sequence)
  expect((await bodiesInOrder({ database })).slice(before).map((body) => (JSON.parse(body) as { subject: string }).subject)).toEqual(Array.from({ length: 20 }, (_, n) => `O-${n}`))
})

test('an entry that was committed before everything was killed gets its place from the next sequencer, and the log continues', async ({ database, context }) => {
  await settle(sequencerOf({ database, context }))
  const older = parseCheckpoint(readNote((await findCheckpoint(context())) ?? 'x\n\n').text)
  await tellOne(context(), 'K-1')
  // A sequencer that dies in the middle leaves nothing: its transaction goes with it.
  const dying = makeSequencer({ db: database.ledger, keyring, clock: { read: () => Promise.reject(new Error('killed')) }, log: { warn: () => {} } })
  await expect(dying()).rejects.toThrow('killed')
  const size = await settle(sequencerOf({ database, context }))
  expect(size).toBe(older.size + 1)
  const { holds, from } = await showConsistency(context(), { from: older.size, to: size })
  expect(holds).toBe(true)
  expect(from.root).toBe(older.root.toString('hex'))
})

test('a stored entry that changed under the log is not signed over', async ({ database, context }) => {
  const sequence = sequencerOf({ database, context })
  await tellOne(context(), 'Y-1')
  const size = await settle(sequence)
  await database.owner.raw('alter table ledger_entries disable trigger ledger_entries_only_grow')
  await database.owner.raw(`update ledger_entries set body = replace(body, 'Y-1', 'Y-2') where subject = 'Y-1'`)
  await tellOne(context(), 'Y-3')
  // A new process reads everything once, so that a flipped bit in an old entry is found.
  await expect(sequencerOf({ database, context })()).rejects.toThrow(/Nothing was signed/)
  expect(parseCheckpoint(readNote((await findCheckpoint(context()))!).text).size).toBe(size)
})

test('a restored backup that lost entries is refused instead of forking the log; a whole one continues', async ({ database, context }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kept '))
  const keepAt = path.join(folder, 'kept.txt')
  try {
    await tellOne(context(), 'B-1')
    const size = await settle(sequencerOf({ database, context }, { keepAt }))
    await tellOne(context(), 'B-2')
    expect(await settle(sequencerOf({ database, context }, { keepAt }))).toBe(size + 1)
    const newer = readFileSync(keepAt, 'utf8')
    writeFileSync(keepAt, newer.replace(`\n${size + 1}\n`, `\n${size + 2}\n`))
    await tellOne(context(), 'B-3')
    await expect(sequencerOf({ database, context }, { keepAt })()).rejects.toThrow(/fork the log/)
    writeFileSync(keepAt, newer.replace(/\n[^\n]{44}\n/, `\n${Buffer.alloc(32, 9).toString('base64')}\n`))
    await expect(sequencerOf({ database, context }, { keepAt })()).rejects.toThrow(/fork the log/)
    writeFileSync(keepAt, newer)
    expect(await settle(sequencerOf({ database, context }, { keepAt }))).toBe(size + 2)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a promise that is kept too late is an alert', async ({ database, context }) => {
  const sequence = sequencerOf({ database, context })
  await settle(sequence)
  await tellOne(context(), 'L-1')
  const { clock } = context()
  clock.set(new Date(Date.now() + 30_000))
  expect((await sequence()).late).toBe(0)
  await tellOne(context(), 'L-2')
  clock.set(new Date(Date.now() + 61_000))
  expect((await findEntries(context(), {})).overdue).toBe(true)
  expect((await sequence()).late).toBe(1)
  expect(sequence.warnings.at(-1)).toMatchObject({ late: 1, mergeDelaySeconds: 60 })
})

together.for([
  ['app', `update ledger_entries set subject = 'x'`],
  ['app', 'delete from ledger_entries'],
  ['app', 'truncate ledger_entries cascade'],
  ['app', 'delete from ledger_pending'],
  ['app', `insert into ledger_leaves select 9999, id, leaf_hash, recorded_at from ledger_entries limit 1`],
  ['app', `insert into ledger_nodes values (0, 9999, sha256('x'))`],
  ['app', `insert into ledger_checkpoints values (9999, sha256('x'), 'k', 'n', clock_timestamp())`],
  ['app', `update ledger_payloads set body = 'x'`],
  ['app', `update audits set act = 'x'`],
  ['app', 'delete from audits'],
  ['app', 'create table mine (id int)'],
  ['ledger', `update ledger_leaves set index = index + 1`],
  ['ledger', 'delete from ledger_leaves'],
  ['ledger', `update ledger_checkpoints set note = 'x'`],
  ['ledger', 'delete from ledger_entries'],
  ['ledger', `insert into ledger_payloads values (sha256('x'), 'x')`],
  ['ledger', 'select * from accounts'],
  ['reader', 'delete from ledger_entries'],
  ['owner', `update ledger_entries set subject = 'x'`],
  ['owner', 'delete from ledger_leaves'],
  ['owner', 'truncate ledger_checkpoints'],
  ['owner', `update ledger_payloads set body = 'x'`],
] as const)('the role %s may not: %s', async ([role, statement], { database, context }) => {
  await tellOne(context(), 'R-1', { payload: 'x' })
  await settle(sequencerOf({ database, context }))
  await expect(database[role].raw(statement)).rejects.toMatchObject({ code: '42501' })
})

test('deleting the salt is the erasure: the web may do it, and the log stays as it is', async ({ database, context }) => {
  const told = await tellOne(context(), 'E-1', { concealed: { phone: '138' } })
  const size = await settle(sequencerOf({ database, context }))
  expect(await database.app('ledger_salts').where({ entry_id: told.entry }).delete()).toBe(1)
  await tellOne(context(), 'E-2')
  expect(await settle(sequencerOf({ database, context }))).toBe(size + 1)
})

test('tiles and bundles hold what the signed tree has, no more; payloads are named by their hash', async ({ database, context }) => {
  const sequence = sequencerOf({ database, context })
  for (let n = 0; n < 3; n++) await tellOne(context(), `P-${n}`, { payload: `long ${n}` })
  const size = await settle(sequence)
  await tellOne(context(), 'waiting')
  const bodies = await bodiesInOrder({ database })
  const width = size % 256 || 256
  const [last, suffix] = [String(Math.floor((size - 1) / 256)).padStart(3, '0'), width < 256 ? `.p/${width}` : '']
  const hashes = await findTile(context(), { path: `0/${last}${suffix}` })
  const tail = bodies.slice(-width)
  expect(hashes!.bytes).toEqual(Buffer.concat(tail.map((body) => leafHash(Buffer.from(body)))))
  expect(readEntryBundle((await findTile(context(), { path: `entries/${last}${suffix}` }))!.bytes).map(String)).toEqual(tail)
  expect(await findTile(context(), { path: `0/${last}.p/${width + 1}` })).toBeUndefined()
  expect(await findTile(context(), { path: '0/x001/000' })).toBeUndefined()
  const payload = (JSON.parse(bodies.at(-1)!) as { payload: string }).payload
  expect(await findPayload(context(), { hash: payload })).toBe('"long 2"')
  expect(await findPayload(context(), { hash: '../etc' })).toBeUndefined()
})

test('what one holds in hand is found: an id, a leaf hash, a subject in any case; anything else is refused in words', async ({ context }) => {
  const told = await tellOne(context(), 'MD-220100-2026-000077')
  await tellOne(context(), 'MD-220100-2026-000077', { kind: 'tender.closed' })
  expect(await findMine(context(), { text: ` ${told.entry.toUpperCase()} ` })).toEqual({ entry: told.entry })
  expect(await findMine(context(), { text: told.leafHash })).toEqual({ entry: told.entry })
  expect(await findMine(context(), { text: 'md-220100-2026-000077' })).toEqual({ subject: 'MD-220100-2026-000077' })
  await expect(findMine(context(), { text: 'nothing' })).rejects.toMatchObject({ code: 'ledger.nothing-found' })
  const { entries } = await findStory(context(), { subject: 'MD-220100-2026-000077' })
  expect(entries.map(({ kind }) => kind)).toEqual(['tender.published', 'tender.closed'])
  await expect(findStory(context(), { subject: 'nobody' })).rejects.toMatchObject({ code: 'ledger.no-such-story' })
  await expect(showEntry(context(), { id: "' or 1=1" })).rejects.toMatchObject({ code: 'ledger.no-such-entry' })
})

test('any two sizes can be compared, and impossible ones are refused', async ({ database, context }) => {
  for (let n = 0; n < 9; n++) await tellOne(context(), `C-${n}`)
  const size = await settle(sequencerOf({ database, context }))
  for (let from = 1; from <= size; from += 3) expect((await showConsistency(context(), { from, to: size })).holds).toBe(true)
  await expect(showConsistency(context(), { from: 0, to: 1 })).rejects.toMatchObject({ code: 'ledger.sizes-out-of-order' })
  await expect(showConsistency(context(), { from: 1, to: size + 1 })).rejects.toMatchObject({ code: 'ledger.size-beyond', params: { size } })
})

test('keys are announced once, their retirement too, and over a rotation both keys sign the checkpoint', async ({ database, context }) => {
  const system = { ...context(SYSTEM), keyring }
  await announceKeys(system)
  expect(await announceKeys(system)).toBe(0)
  expect(await database.owner('ledger_entries').where({ kind: 'key.added' }).whereIn('subject', keyring.keys.map(({ keyId }) => keyId))).toHaveLength(keyring.keys.length)
  const rotated = rotateKey(keyring, 'checkpoint', new Date().toISOString())
  expect(await announceKeys({ ...system, keyring: rotated })).toBe(1)
  await settle(sequencerOf({ database, context }, { keys: rotated }))
  const note = readNote((await findCheckpoint(context()))!)
  expect(signersOf(note, logVkeys(keyring).map(parseVkey))).toHaveLength(1)
  expect(signersOf(note, logVkeys(rotated).map(parseVkey))).toHaveLength(2)
  const old = keyring.keys.find(({ purpose }) => purpose === 'checkpoint')!
  const retired = retireKey(rotated, old.keyId, new Date().toISOString())
  expect(await announceKeys({ ...system, keyring: retired })).toBe(1)
  await settle(sequencerOf({ database, context }, { keys: retired }))
  const { name } = logVerifier(logOrigin(keyring), old.publicKey)
  expect(keyIdOf(rawPublicKey(old.publicKey))).toBe(old.keyId)
  expect(signersOf(readNote((await findCheckpoint(context()))!), logVkeys(keyring).map(parseVkey)), name).toHaveLength(0)
})
