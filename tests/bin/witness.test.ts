import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { entryLeafHash } from '#app/domain/ledger/entry.ts'
import { logOrigin, type Keyring } from '#app/domain/ledger/keyring.ts'
import { newKeyring, retireKey, rotateKey } from '#app/domain/ledger/keyring.server.ts'
import { nodesOf, rootOf } from '#app/domain/ledger/merkle.ts'
import { checkpointText, parseCheckpoint, readNote, signersOf, signNote, witnessVerifier, writeNote } from '#app/domain/ledger/note.ts'
import { logVkeys, publishedKeys } from '#app/domain/ledger/published-keys.ts'
import { parseTilePath, TILE_LEVELS, TILE_WIDTH, tileBytes } from '#app/domain/ledger/tile.ts'
import { testKeyring } from '#tests/support/keyring.ts'
import { Fork, look } from '../../bin/witness/look.ts'
import { WitnessStore } from '../../bin/witness/store.ts'

/** A log held in memory and served as the site serves its own; tests write to it, and some rewrite it. */
const log: { entries: string[]; keyring: Keyring } = { entries: [], keyring: testKeyring() }
let server: Server
let site: string
let folder: string
const said: string[] = []

function checkpoint(): string {
  const origin = logOrigin(log.keyring)
  const text = checkpointText({ origin, size: log.entries.length, root: rootOf(log.entries.map(entryLeafHash)) })
  return writeNote({ text, signatures: log.keyring.keys.filter(({ purpose }) => purpose === 'checkpoint').map((key) => signNote(text, origin, key)) })
}

function answer(url: string): Buffer | string | undefined {
  if (url === '/ledger/checkpoint') return checkpoint()
  if (url === '/.well-known/mingdan-keys.json') return JSON.stringify(publishedKeys(log.keyring))
  const tile = parseTilePath(url.slice('/ledger/tile/'.length))
  if (!tile || tile.level === 'entries') return undefined
  const nodeAt = nodesOf(log.entries.map(entryLeafHash))
  const level = tile.level * TILE_LEVELS
  return tileBytes(Array.from({ length: tile.width }, (_, n) => nodeAt(level, tile.index * TILE_WIDTH + n)))
}

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    const body = answer(url ?? '')
    response.writeHead(body === undefined ? 404 : 200).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

beforeEach((context) => {
  folder = mkdtempSync(path.join(tmpdir(), 'witness '))
  context.onTestFinished(() => rmSync(folder, { recursive: true }))
  log.keyring = testKeyring()
  log.entries = []
  said.length = 0
  grow(3)
})

function grow(count: number): void {
  for (let n = 0; n < count; n++) log.entries.push(`entry ${log.entries.length}`)
}

const see = (keys: string[] = []) => look({ site, name: 'w.example', store: new WitnessStore(folder), keys, say: (line) => said.push(line) })

test('the first look trusts the site’s own keys and says so; the checkpoint is kept with a cosignature that verifies', async () => {
  expect(await see()).toBe(3)
  expect(said.join('\n')).toContain('compare them with what others kept')
  const store = new WitnessStore(folder)
  const note = readNote(store.latest()!)
  expect(signersOf(note, [witnessVerifier('w.example', store.ownKey().publicKey)])).toHaveLength(1)
  expect(parseCheckpoint(note.text).size).toBe(3)
  expect(statSync(path.join(folder, 'witness-key.pem')).mode & 0o777).toBe(0o600)
})

test('a log that only grows is followed over tiles, from every size to every other', async () => {
  for (const count of [0, 1, 1, 3, 250, 1, 40, 300]) {
    grow(count)
    expect(await see(logVkeys(log.keyring))).toBe(log.entries.length)
  }
  expect(readdirSync(path.join(folder, 'checkpoints'))).toHaveLength(8)
})

const CHEATS: [what: string, wrong: () => void, sentence: string][] = [
  ['another entry in the past', () => void ((log.entries[1] = 'forged'), grow(5)), 'rewritten'],
  ['another tree of the same size', () => void (log.entries[1] = 'forged'), 'two different trees'],
  ['a log that was cut back', () => void log.entries.pop(), 'cut back'],
  ['a log under another name', () => void (log.keyring = { ...log.keyring, origin: 'other.example' }), 'No trusted key'],
  ['a checkpoint signed by a strange key', () => void (log.keyring = newKeyring({ origin: log.keyring.origin })), 'No trusted key'],
]

test.each(CHEATS)('%s is refused loudly', async (_what, wrong, sentence) => {
  await see()
  const kept = new WitnessStore(folder).latest()
  wrong()
  await expect(see()).rejects.toThrow(Fork)
  await expect(see()).rejects.toThrow(sentence)
  expect(new WitnessStore(folder).latest()).toBe(kept)
})

test('both sides of a fork stay as evidence', async () => {
  await see()
  log.entries[0] = 'forged'
  await expect(see()).rejects.toThrow(Fork)
  const evidence = readdirSync(folder).find((name) => name.startsWith('fork-'))
  expect(readFileSync(path.join(folder, evidence!), 'utf8')).toContain(checkpoint())
})

test('a rotation is followed by the older key’s word, even when the older key is gone at the next look', async () => {
  await see()
  const old = log.keyring.keys.find(({ purpose }) => purpose === 'checkpoint')!
  log.keyring = retireKey(rotateKey(log.keyring, 'checkpoint', 'now'), old.keyId, 'later')
  grow(2)
  expect(await see()).toBe(5)
  expect(said.at(-2)).toContain('vouched for')
})

test('a new key that the older one did not vouch for is not followed', async () => {
  await see()
  const stranger = newKeyring({ origin: log.keyring.origin }).keys[0]!
  const endorsement = rotateKey(newKeyring({ origin: log.keyring.origin }), 'checkpoint', 'now').keys.at(-1)!.endorsement
  log.keyring = { ...log.keyring, keys: [{ ...stranger, endorsement }] }
  grow(1)
  await expect(see()).rejects.toThrow(Fork)
})

test('a site that is away leaves everything as it was and is no fork', async () => {
  await expect(look({ site: `${site}/nowhere`, name: 'w', store: new WitnessStore(folder), keys: [], say: () => {} })).rejects.not.toThrow(Fork)
  expect(existsSync(path.join(folder, 'checkpoint'))).toBe(false)
})
