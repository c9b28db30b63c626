import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { receiptText } from '#app/domain/bids/receipt.ts'
import { sha256 } from '#app/domain/ledger/canonical.ts'
import { entryBody, entryLeafHash } from '#app/domain/ledger/entry.ts'
import { logOrigin } from '#app/domain/ledger/keyring.ts'
import { newKeyring } from '#app/domain/ledger/keyring.server.ts'
import { consistencyProof, inclusionProof, leafHash, nodesOf, rootOf } from '#app/domain/ledger/merkle.ts'
import { checkpointText, signNote, writeNote } from '#app/domain/ledger/note.ts'
import { publishedKeys } from '#app/domain/ledger/published-keys.ts'
import { drawnBundle } from '#tests/support/drawn.ts'
import { changed, flips, leavesOf, type Tree } from '#tests/support/flipped.ts'
import { testKeyring } from '#tests/support/keyring.ts'
import { verifyAtOnce } from '../../bin/verify/at-once.ts'
import { kindOf } from '../../bin/verify/verify.ts'

/** A bundle, and the receipt of one bid in its pool. */
function receipted(keyring = testKeyring()) {
  const bundle = drawnBundle({ keyring })
  const leaf = bundle.leaves[0]!
  const ledger = { entry: leaf.bid, leafHash: '0'.repeat(64), index: null, checkpoint: null, promisedBy: '2026-11-20T02:50:00.000Z' }
  const receiptOf = (body = `bid ${Number(leaf.bid.slice(-12))}`) => receiptText(keyring, { tender: bundle.tender, bid: leaf.bid, bidHash: sha256(body), body, receivedAt: new Date(leaf.receivedAt), ledger })
  const published = JSON.stringify(publishedKeys(keyring))
  const faultsOf = (receipt: string, keys: string | undefined = published) => verifyAtOnce({ bundle: JSON.stringify(bundle), receipt, keys }).faults.map(({ field }) => field)
  return { bundle, leaf, receiptOf, faultsOf, published }
}

test('a receipt proves that the bid is in the pool as it was received, and one that was left out shows', () => {
  const { leaf, receiptOf, faultsOf } = receipted()
  expect(faultsOf(receiptOf())).toEqual([])
  expect(faultsOf(receiptOf('another bid'))).toEqual(['/leaves'])
  expect(faultsOf(receiptOf().replaceAll(leaf.receivedAt, '2026-11-20T00:00:00.000Z'))).toEqual(['receipt', '/leaves'])
  expect(faultsOf(receiptOf(), JSON.stringify(publishedKeys(newKeyring({ origin: 'x' }))))).toEqual(['receipt/signature/keyId'])
  expect(faultsOf('nothing')).toEqual(['receipt'])
})

test('one flipped bit in any value of a receipt is refused, and the field that is named holds it', () => {
  const { receiptOf, published } = receipted()
  const receipt = JSON.parse(/BEGIN MINGDAN RECEIPT-----(.*)-----END/s.exec(receiptOf())![1]!) as Tree
  expect(verifyAtOnce({ receipt: JSON.stringify(receipt), keys: published }).faults).toEqual([])
  for (const { way, value } of leavesOf(receipt)) {
    for (const flipped of flips(value)) {
      const [fault] = verifyAtOnce({ receipt: JSON.stringify(changed(receipt, way, flipped)), keys: published }).faults
      const pointer = `receipt/${way.join('/')}`
      expect(fault, `${pointer}: ${String(value)} → ${String(flipped)}`).toBeDefined()
      expect(pointer === fault!.field || pointer.startsWith(`${fault!.field}/`), `${pointer} was changed and ${fault!.field} was named`).toBe(true)
    }
  }
})

test('a changed body or hash of a receipt is told apart by what was signed', () => {
  const { receiptOf, faultsOf } = receipted()
  const text = receiptOf()
  const hash = /"bidHash": "([0-9a-f]{64})"/.exec(text)![1]!
  expect(faultsOf(text.replace('"body": "bid', '"body": "bad'))[0]).toBe('receipt/body')
  expect(faultsOf(text.replace(hash, '0'.repeat(64)))[0]).toBe('receipt/bidHash')
})

/** The proof of one entry, as the ledger's page gives it. */
function provenEntry({ freeze, ledger } = drawnBundle()) {
  return { format: 'mingdan-proof/v1', suite: 'intl-1', entry: freeze as object, ledger: { ...ledger!.freeze, checkpoint: ledger!.checkpoint, keys: ledger!.keys } }
}

test('an entry is proved by itself, and one flipped bit in any value is refused with its field', () => {
  const proof = provenEntry()
  expect(kindOf(JSON.stringify(proof))).toBe('proof')
  expect(verifyAtOnce({ proof: JSON.stringify(proof) }).faults).toEqual([])
  for (const { way, value } of leavesOf(proof)) {
    for (const flipped of flips(value)) {
      const [fault] = verifyAtOnce({ proof: JSON.stringify(changed(proof as never, way, flipped)) }).faults
      const pointer = `/${way.join('/')}`
      expect(fault && (pointer === fault.field || pointer.startsWith(`${fault.field}/`)), `${pointer}: ${fault?.field}`).toBe(true)
    }
  }
})

test('an award beside a bundle must be of who stands at its place', () => {
  const keyring = testKeyring()
  const bundle = drawnBundle({ keyring })
  const awarded = (facts: object, index = 40, subject = bundle.tender) => {
    const body = entryBody({ id: randomUUID(), kind: 'award.made', subject, division: '220100', facts: facts as never, at: bundle.steps.draw.at, recordedAt: bundle.steps.draw.at })
    const log = Array.from({ length: 50 }, (_, n) => (n === index ? body : `entry ${n}`)).map(entryLeafHash)
    const text = checkpointText({ origin: logOrigin(keyring), size: log.length, root: rootOf(log) })
    const checkpoint = writeNote({ text, signatures: keyring.keys.filter(({ purpose }) => purpose === 'checkpoint').map((key) => signNote(text, logOrigin(keyring), key)) })
    const proof = inclusionProof(index, log.length, nodesOf(log)).map((hash) => hash.toString('hex'))
    const file = { ...provenEntry(bundle), entry: JSON.parse(body) as object, ledger: { index, leafHash: log[index]!.toString('hex'), proof, checkpoint, keys: bundle.ledger!.keys } }
    return verifyAtOnce({ bundle: JSON.stringify(bundle), [kindOf(JSON.stringify(file))]: JSON.stringify(file) }).faults.map(({ field }) => field)
  }
  const [first, second] = bundle.steps.order
  expect(awarded({ winner: first!.label, place: 1, passedOver: 0 })).toEqual([])
  expect(awarded({ winner: second!.label, place: 2, passedOver: 1 })).toEqual([])
  expect(awarded({ winner: second!.label, place: 1, passedOver: 0 })).toEqual(['award/entry/facts/winner'])
  // The first had the award and declined it.
  expect(awarded({ winner: second!.label, place: 2, passedOver: 0 })).toEqual([])
  expect(awarded({ winner: second!.label, place: 2, passedOver: 2 })).toEqual(['award/entry/facts/passedOver'])
  expect(awarded({ winner: second!.label, place: 99, passedOver: 98 })).toEqual(['award/entry/facts/place'])
  expect(awarded({ winner: first!.label, place: 1, passedOver: 0 }, 3)).toEqual(['award/ledger/index'])
  expect(awarded({ winner: first!.label, place: 1, passedOver: 0 }, 40, 'MD-220100-2026-000002')).toEqual(['award/entry/subject'])
})

test('two states of the log that continue one another do, and a changed root or step is named', () => {
  const leaves = Array.from({ length: 11 }, (_, n) => leafHash(Buffer.from(`entry ${n}`)))
  const state = (size: number) => ({ size, root: rootOf(leaves.slice(0, size)).toString('hex') })
  const text = { format: 'mingdan-consistency/v1', suite: 'intl-1', from: state(6), to: state(11), proof: consistencyProof(6, 11, nodesOf(leaves)).map((hash) => hash.toString('hex')) }
  const faultsOf = (changed: object) => verifyAtOnce({ consistency: JSON.stringify({ ...text, ...changed }) }).faults.map(({ field }) => field)
  expect(faultsOf({})).toEqual([])
  expect(faultsOf({ from: { ...state(6), root: '0'.repeat(64) } })).toEqual(['/from/root'])
  expect(faultsOf({ to: { ...state(11), root: '0'.repeat(64) } })).toEqual(['/to/root'])
  expect(faultsOf({ proof: text.proof.slice(1) })).toEqual(['/proof'])
})
