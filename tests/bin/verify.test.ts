import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { logOrigin } from '#app/domain/ledger/keyring.ts'
import { newKeyring } from '#app/domain/ledger/keyring.server.ts'
import { checkpointText, signNote, writeNote } from '#app/domain/ledger/note.ts'
import { drawnBundle } from '#tests/support/drawn.ts'
import { changed, expectFlipsNamed } from '#tests/support/flipped.ts'
import { testKeyring } from '#tests/support/keyring.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'
import { isTrustable } from '../../bin/verify/kept-checks.ts'
import { fingerprintOf, readLogKey } from '../../bin/verify/primitives.ts'
import { en } from '../../bin/verify/sentences.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'
import { verify } from '../../bin/verify/verify.ts'

test('a real draw verifies, and each check says in words what it found', () => {
  const { passed, faults } = verifyBundle(JSON.stringify(drawnBundle()))
  expect(faults).toEqual([])
  expect(passed.map(({ sentence }) => sentence)).toContain('Drawing again gives the same order and the same winner.')
  expect(passed.length).toBeGreaterThanOrEqual(12)
})

test('a draw whose deadline moved verifies by the dates in force, and by no others', () => {
  const bundle = drawnBundle({ moved: true })
  expect(verifyBundle(JSON.stringify(bundle)).faults).toEqual([])
  const [early, late] = [structuredClone(bundle), structuredClone(bundle)]
  delete (early.freeze.facts.draw as { moved?: unknown }).moved
  expect(verifyBundle(JSON.stringify(early)).faults.map(({ field }) => field)).toContain('/steps/draw/facts/draw/beacon/at')
  Object.assign((late.freeze.facts.draw as { moved: object }).moved, { closesAt: '2026-11-20T02:05:00.000Z' })
  expect(verifyBundle(JSON.stringify(late)).faults.map(({ field }) => field)).toContain('/freeze/facts/draw/moved/closesAt')
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

test.each([false, true])('one flipped bit in any value is refused, and the field that is named holds it, the deadline moved: %s', (moved) => {
  const bundle = drawnBundle({ moved })
  expectFlipsNamed(bundle, (changed) => verifyBundle(JSON.stringify(changed)).faults, { least: 120, everyBit: true })
})

test.each(['/winner', '/secret', '/commitment', '/drawNumber', '/tender', '/beacon/value', '/steps/order/1/position', '/ledger/steps/draw/index', '/ledger/freeze/leafHash', '/leafHashes/2'])(
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

test('a key is known again by its fingerprint, spelled as people spell it, and by no shorter part', () => {
  const bundle = drawnBundle()
  const text = JSON.stringify(bundle)
  const fingerprint = fingerprintOf(readLogKey(bundle.ledger!.keys[0]!)!)
  const spelled = fingerprint.toUpperCase().replace(/(.{4})(?=.)/g, '$1 ')
  expect(verifyBundle(text, { keys: [spelled] }).faults).toEqual([])
  expect(verifyBundle(text, { keys: [fingerprint.slice(0, 16)] }).faults[0]!.field).toBe('/ledger/keys')
  expect([spelled, bundle.ledger!.keys[0]!, 'sm-1', fingerprint.slice(1)].map(isTrustable)).toEqual([true, true, false, false])
})

test('in Chinese the same checks pass and the same fields are named', () => {
  const bundle = drawnBundle()
  const inChinese = (given: object) => verifyAtOnce({ bundle: JSON.stringify(given) }, { keys: [] }, zh)
  const [ours, theirs] = [inChinese(bundle), verifyBundle(JSON.stringify(bundle))]
  expect(ours.passed.length).toBe(theirs.passed.length)
  for (const { sentence } of ours.passed) expect(sentence).toMatch(/[\u4e00-\u9fff]/)
  expect(inChinese({ ...bundle, winner: 'x' }).faults).toMatchObject([{ field: '/winner', wrong: expect.stringContaining('重新计算') }])
})

test('ten thousand labels are drawn with many stops for breath, each soon', () => {
  const text = JSON.stringify(drawnBundle({ bids: 10_000 }))
  const work = verify({ bundle: text }, { keys: [] }, en, {})
  let stops = 0
  let step = work.next()
  for (; !step.done; step = work.next()) stops++
  expect(step.value.faults).toEqual([])
  expect(stops).toBeGreaterThan(100)
})

test('the command prints the checks, and its exit code is 1 with the field named when a bit is wrong', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'verify '))
  const run = (bundle: object, ...more: string[]) => {
    const file = path.join(folder, 'bundle.json')
    writeFileSync(file, JSON.stringify(bundle))
    return spawnSync(process.execPath, ['bin/verify.ts', file, ...more], { encoding: 'utf8' })
  }
  try {
    const bundle = drawnBundle()
    const good = run(bundle, '--bid', bundle.leaves[0]!.bidHash)
    expect(good.status, good.stderr).toBe(0)
    expect(good.stdout).toContain('Everything holds together, under keys that the file itself brought.')
    const bad = run({ ...bundle, winner: 'somebody else' })
    expect(bad.status).toBe(1)
    expect(bad.stdout).toContain('✗ /winner')
    expect(run(bundle, '--bid', '00').status).toBe(1)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the verifier imports nothing of the product it checks', () => {
  const files = ['bin/verify.ts', ...readdirSync('bin/verify').map((name) => `bin/verify/${name}`)]
  for (const file of files) {
    for (const [, from] of readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)) expect(from, file).toMatch(/^(node:|#verify\/(crypto|cipher)$|@noble\/|\.\/)/)
  }
})
