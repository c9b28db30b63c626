import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkpointText, cosignNote, logVerifier, parseCheckpoint, parseVkey, readNote, signersOf, signNote, vkeyOf, witnessVerifier, writeNote } from '#app/domain/ledger/note.ts'
import { runThrough } from '../../../bin/verify/findings.ts'
import { readLogKey } from '../../../bin/verify/primitives.ts'
import { readCheckpoint } from '../../../bin/verify/signatures.ts'
import { sharedData } from '#tests/support/shared-data.ts'

const published = sharedData<{ signed_note: { vkey: string; note: string }; checkpoint_format_example: string }>('c2sp-notes/examples.json')

test.skipIf(!published)('the published note verifies under its published key, and no changed one does', () => {
  const { vkey, note } = published!.signed_note
  const verifier = parseVkey(vkey)
  expect(vkeyOf(verifier)).toBe(vkey)
  expect(signersOf(readNote(note), [verifier])).toEqual([verifier])
  expect(writeNote(readNote(note))).toBe(note)
  expect(() => signersOf(readNote(note.replace('example message', 'Example message')), [verifier])).toThrow('false')
  expect(() => parseVkey(vkey.replace('530d903a', '530d903b'))).toThrow('not its key')
})

test.skipIf(!published)('the published checkpoint reads as one', () => {
  const { text, signatures } = readNote(published!.checkpoint_format_example)
  expect(parseCheckpoint(text)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163 })
  expect(checkpointText(parseCheckpoint(text))).toBe(text)
  expect(signatures).toHaveLength(1)
})

const key = generateKeyPairSync('ed25519')
const checkpoint = { origin: 'log.example/ledger', size: 3, root: Buffer.alloc(32, 1) }

test('a checkpoint that log and witness signed names both, and strangers’ lines are passed over', () => {
  const witness = generateKeyPairSync('ed25519')
  const text = checkpointText(checkpoint)
  const stranger = signNote(text, 'stranger.example', generateKeyPairSync('ed25519'))
  const note = writeNote({ text, signatures: [signNote(text, checkpoint.origin, key), stranger, cosignNote(text, 'w.example', witness, new Date('2026-11-22T00:00:00Z'))] })
  const verifiers = [logVerifier(checkpoint.origin, key.publicKey), witnessVerifier('w.example', witness.publicKey)]
  expect(signersOf(readNote(note), verifiers).map(({ name }) => name)).toEqual([checkpoint.origin, 'w.example'])
  expect(parseVkey(vkeyOf(verifiers[1]!))).toMatchObject({ name: 'w.example', kind: 4 })
  // The time is signed too.
  const signature = cosignNote(text, 'w.example', witness, new Date('2026-11-22T00:00:00Z'))
  signature.bytes[7]! ^= 1
  expect(() => signersOf({ text, signatures: [signature] }, verifiers)).toThrow('false')
})

test('the independent verifier reads the same checkpoint', () => {
  const text = checkpointText(checkpoint)
  const note = writeNote({ text, signatures: [signNote(text, checkpoint.origin, key)] })
  const known = readLogKey(vkeyOf(logVerifier(checkpoint.origin, key.publicKey)))!
  const read = (text: string) => runThrough(readCheckpoint(text, [known], {}))
  expect(read(note)).toMatchObject({ origin: checkpoint.origin, size: 3, root: Uint8Array.from(checkpoint.root) })
  expect(read(note.replace('\n3\n', '\n4\n'))).toBeUndefined()
})

test.each(['', 'text\n', 'text\n\n— name x y\n', 'text\n\n— name AAAA\n', 'te\txt\n\n— name AAAAAAAA\n', 'text\n\n— name AAAAAAAA'])('%j is no signed note', (note) => {
  expect(() => readNote(note)).toThrow()
})

test.each(['log\n03\nAAAA\n', 'log\n-1\nAAAA\n', 'log\n3\nAAAA\n', `\n3\n${'A'.repeat(43)}=\n`, `log\n3\n${'A'.repeat(43)}=`])('%j is no checkpoint', (text) => {
  expect(() => parseCheckpoint(text)).toThrow()
})
