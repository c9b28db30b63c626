import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { receiptText } from '#app/domain/bids/receipt.ts'
import { sha256 } from '#app/domain/ledger/canonical.ts'
import { logOrigin } from '#app/domain/ledger/keyring.ts'
import { newKeyring } from '#app/domain/ledger/keyring.server.ts'
import { checkpointText, signNote, writeNote } from '#app/domain/ledger/note.ts'
import { publishedKeys } from '#app/domain/ledger/published-keys.ts'
import { drawnBundle } from '#tests/support/drawn.ts'
import { testKeyring } from '#tests/support/keyring.ts'
import { checkReceipt } from '../../bin/verify/receipt-checks.ts'
import { verifyBundle } from '../../bin/verify/verify.ts'

type Tree = { [name: string]: unknown } | unknown[]

/** Every leaf value of a JSON tree, with the way to it. */
function leavesOf(value: unknown, way: string[] = []): { way: string[]; value: unknown }[] {
  if (value === null || typeof value !== 'object') return [{ way, value }]
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...way, name]))
}

function changed(tree: Tree, way: string[], value: unknown): Tree {
  const copy = structuredClone(tree)
  let place = copy as Record<string, unknown>
  for (const step of way.slice(0, -1)) place = place[step] as Record<string, unknown>
  place[way.at(-1)!] = value
  return copy
}

/** The value with one bit of it turned over; several times at different places for a text. */
function flips(value: unknown): unknown[] {
  if (typeof value === 'number') return [value ^ 1]
  if (typeof value === 'boolean') return [!value]
  if (typeof value !== 'string') return ['x']
  const bytes = Buffer.from(value)
  return [0, bytes.length >> 1, bytes.length - 1].flatMap((at) => [0x01, 0x20].map((bit) => Buffer.from(bytes.map((byte, place) => (place === at ? byte ^ bit : byte))).toString()))
}

test('a real draw verifies, and each check says in words what it found', () => {
  const { passed, faults } = verifyBundle(JSON.stringify(drawnBundle()))
  expect(faults).toEqual([])
  expect(passed).toContain('Drawing again gives the same order and the same winner.')
  expect(passed.length).toBeGreaterThanOrEqual(12)
})

test.each([1, 2, 5, 33])('a pool of %i bids verifies', (bids) => {
  expect(verifyBundle(JSON.stringify(drawnBundle({ bids, around: bids }))).faults).toEqual([])
})

test.each([
  ['a second winner before the real one', '"winner":', '"winner":"91220100FAKE000000","winner":', '/winner'],
  ['a name twice in another spelling', '"winner":', '"win\\u006eer":"91220100FAKE000000","winner":', '/winner'],
  ['facts that a program drops unseen', '"facts":{', '"facts":{"__proto__":{"owner":"somebody"},', '/__proto__'],
])('%s is refused', (_, before, after, field) => {
  const text = JSON.stringify(drawnBundle())
  expect(text).toContain(before)
  expect(verifyBundle(text.replace(before, after)).faults).toMatchObject([{ field }])
})

test('one flipped bit in any value is refused, and the field that is named holds it', () => {
  const bundle = drawnBundle()
  const leaves = leavesOf(bundle)
  expect(leaves.length).toBeGreaterThan(120)
  for (const { way, value } of leaves) {
    const pointer = `/${way.join('/')}`
    for (const flipped of flips(value)) {
      const { faults } = verifyBundle(JSON.stringify(changed(bundle, way, flipped)))
      expect(faults, `${pointer}: ${String(value)} → ${String(flipped)}`).not.toEqual([])
      const { field } = faults[0]!
      expect(pointer === field || pointer.startsWith(`${field}/`), `${pointer} was changed and ${field} was named: ${faults[0]!.wrong}`).toBe(true)
      expect(field).not.toBe('')
    }
  }
})

test.each(['/winner', '/secret', '/commitment', '/drawNumber', '/tender', '/beacon/value', '/order/1/position', '/ledger/draw/index', '/ledger/freeze/leafHash', '/leafHashes/2'])(
  'a change in %s is named exactly',
  (pointer) => {
    const bundle = drawnBundle()
    const way = pointer.slice(1).split('/')
    const value = way.reduce<unknown>((place, step) => (place as Record<string, unknown>)[step], bundle)
    const other = typeof value === 'number' ? value + 1 : `${(value as string).slice(0, -1)}${(value as string).endsWith('1') ? '2' : '1'}`
    expect(verifyBundle(JSON.stringify(changed(bundle, way, other))).faults[0]?.field).toBe(pointer)
  },
)

test('a leaf that was left out, added or given twice is refused', () => {
  const bundle = drawnBundle()
  for (const leaves of [bundle.leaves.slice(1), [...bundle.leaves, bundle.leaves[0]!], [...bundle.leaves].reverse()]) {
    expect(verifyBundle(JSON.stringify({ ...bundle, leaves })).faults.length).toBeGreaterThan(0)
  }
})

test('a field that nobody knows is refused by its name', () => {
  expect(verifyBundle(JSON.stringify({ ...drawnBundle(), note: 'x' })).faults[0]!.field).toBe('/note')
})

test('a draw that waits for its checkpoint is not called good', () => {
  expect(verifyBundle(JSON.stringify({ ...drawnBundle(), ledger: null })).faults[0]!.field).toBe('/ledger')
})

test('a bundle forged whole under another key is refused by who kept the key', () => {
  const ours = drawnBundle().ledger!.keys
  const forged = JSON.stringify(drawnBundle({ keyring: { ...newKeyring({ origin: 'test.mingdan.invalid' }) } }))
  expect(verifyBundle(forged).faults).toEqual([])
  expect(verifyBundle(forged, { keys: ours }).faults[0]!.field).toBe('/ledger/keys')
})

test('a kept checkpoint of the same size with another root shows the fork', () => {
  const keyring = testKeyring()
  const bundle = drawnBundle({ keyring })
  const size = Number(bundle.ledger!.checkpoint.split('\n')[1])
  const text = checkpointText({ origin: logOrigin(keyring), size, root: Buffer.alloc(32, 7) })
  const key = keyring.keys.find(({ purpose }) => purpose === 'checkpoint')!
  const checkpoint = writeNote({ text, signatures: [signNote(text, logOrigin(keyring), key)] })
  expect(verifyBundle(JSON.stringify(bundle), { keys: [], checkpoint }).faults[0]!.wrong).toContain('forked')
  expect(verifyBundle(JSON.stringify(bundle), { keys: [], checkpoint: bundle.ledger!.checkpoint }).faults).toEqual([])
})

test('a receipt proves that the bid is in the pool as it was received, and one that was left out shows', () => {
  const keyring = testKeyring()
  const bundle = drawnBundle({ keyring })
  const leaf = bundle.leaves[0]!
  const number = Number(leaf.bid.slice(-12))
  const ledger = { entry: leaf.bid, leafHash: '', index: null, checkpoint: null, promisedBy: '' }
  const receiptOf = (body: string) => receiptText(keyring, { tender: bundle.tender, bid: leaf.bid, bidHash: sha256(body), body, receivedAt: new Date(leaf.receivedAt), ledger })
  const keys = JSON.stringify(publishedKeys(keyring))
  const faultsOf = (receipt: string, published = keys) => {
    const findings = { passed: [], faults: [] as { field: string }[] }
    checkReceipt(bundle as never, receipt, published, findings as never)
    return findings.faults.map(({ field }) => field)
  }
  expect(faultsOf(receiptOf(`bid ${number}`))).toEqual([])
  expect(faultsOf(receiptOf('another bid'))).toEqual(['/leaves'])
  expect(faultsOf(receiptOf(`bid ${number}`).replaceAll(leaf.receivedAt, '2026-11-20T00:00:00.000Z'))).toEqual(['/leaves', 'receipt/signature'])
  expect(faultsOf(receiptOf(`bid ${number}`), JSON.stringify(publishedKeys(newKeyring({ origin: 'x' }))))).toEqual(['receipt/signature/keyId'])
  expect(faultsOf('nothing')).toEqual(['receipt'])
})

test('the command prints the checks, and its exit code is 1 with the field named when a bit is wrong', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'verify '))
  const verify = (bundle: object, ...more: string[]) => {
    const file = path.join(folder, 'bundle.json')
    writeFileSync(file, JSON.stringify(bundle))
    return spawnSync(process.execPath, ['bin/verify.ts', file, ...more], { encoding: 'utf8' })
  }
  try {
    const bundle = drawnBundle()
    const good = verify(bundle, '--bid', bundle.leaves[0]!.bidHash)
    expect(good.status, good.stderr).toBe(0)
    expect(good.stdout).toContain('Everything holds together, under keys that the file itself brought.')
    const bad = verify({ ...bundle, winner: 'somebody else' })
    expect(bad.status).toBe(1)
    expect(bad.stdout).toContain('✗ /winner')
    expect(verify(bundle, '--bid', '00').status).toBe(1)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the verifier imports nothing of the product it checks', () => {
  const files = ['bin/verify.ts', ...readdirSync('bin/verify').map((name) => `bin/verify/${name}`)]
  for (const file of files) {
    for (const [, from] of readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)) expect(from, file).toMatch(/^(node:|zod$|\.\/)/)
  }
})
