import { sign as signBytes, verify as verifyBytes, type KeyObject } from 'node:crypto'
import { sha256 } from './canonical.ts'
import { publicKeyOf, rawPublicKey } from './keyring.ts'

/** C2SP signed-note: the byte that says what kind of signature a key makes. */
const ED25519 = 1
const COSIGNATURE = 4
const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u

/** Who may sign a note: a log by its own key, or a witness by a cosignature, which also says when it looked. */
export type Verifier = { name: string; id: Buffer; kind: typeof ED25519 | typeof COSIGNATURE; publicKey: KeyObject }
export type NoteSignature = { name: string; id: Buffer; bytes: Buffer }
export type Note = { text: string; signatures: NoteSignature[] }
export type Checkpoint = { origin: string; size: number; root: Buffer }

function noteKeyId(name: string, kind: number, raw: Uint8Array): Buffer {
  return sha256(name, '\n', Uint8Array.of(kind), raw).subarray(0, 4)
}

/** C2SP signed-note: the log's key under the log's name; the id is of both, so that the same key under another name is another signer. */
export function logVerifier(name: string, publicKey: KeyObject): Verifier {
  return { name, kind: ED25519, id: noteKeyId(name, ED25519, rawPublicKey(publicKey)), publicKey }
}

/** The same for a key that cosigns (tlog-cosignature v1): its kind is part of its id, so that it never passes for a log's. */
export function witnessVerifier(name: string, publicKey: KeyObject): Verifier {
  return { name, kind: COSIGNATURE, id: noteKeyId(name, COSIGNATURE, rawPublicKey(publicKey)), publicKey }
}

/** The line people exchange to trust a key: name, key id, and the key itself. */
export function vkeyOf({ name, id, kind, publicKey }: Verifier): string {
  return `${name}+${id.toString('hex')}+${Buffer.concat([Uint8Array.of(kind), rawPublicKey(publicKey)]).toString('base64')}`
}

/** Reads a verifier key line. Throws when its id is not the one of its name and key. */
export function parseVkey(vkey: string): Verifier {
  const [, name, id, key] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(vkey) ?? []
  const bytes = fromBase64(key ?? '')
  const kind = bytes?.[0]
  if (!name || !bytes || bytes.length !== 33 || (kind !== ED25519 && kind !== COSIGNATURE)) throw new Error(`Not a verifier key: ${vkey}`)
  const raw = bytes.subarray(1)
  if (noteKeyId(name, kind, raw).toString('hex') !== id) throw new Error(`The id of this verifier key is not its key's: ${vkey}`)
  return { name, kind, id: Buffer.from(id!, 'hex'), publicKey: publicKeyOf(raw) }
}

/** Writes a text with its signatures; the text ends with a line feed. */
export function writeNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(({ name, id, bytes }) => `— ${name} ${Buffer.concat([id, bytes]).toString('base64')}\n`).join('')}`
}

/**
 * Parts a C2SP signed note into its text, line feed included, and its signatures, of which none is checked yet: {@link signersOf} does. Throws
 * where anything is not to the letter, control characters too.
 */
export function readNote(note: string): Note {
  const end = note.lastIndexOf('\n\n')
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2)
  if (end < 0 || !lines.endsWith('\n') || /[\u0000-\u0009\u000B-\u001F]/.test(note)) throw new Error('This is not a signed note.')
  const signatures = lines.slice(0, -1).split('\n').map((line) => {
    const [, name, base64] = SIGNATURE_LINE.exec(line) ?? []
    const bytes = fromBase64(base64 ?? '')
    if (!name || !bytes || bytes.length < 5) throw new Error('A signature line of this note is malformed.')
    return { name, id: bytes.subarray(0, 4), bytes: bytes.subarray(4) }
  })
  return { text, signatures }
}

/** An Ed25519 signature over the text as it stands; the text ends with a line feed, and `name` is the log's. */
export function signNote(text: string, name: string, { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }): NoteSignature {
  return { name, id: logVerifier(name, publicKey).id, bytes: signBytes(null, Buffer.from(text), privateKey) }
}

/** C2SP tlog-cosignature v1: the witness signs the checkpoint and the second in which it looked. */
export function cosignNote(text: string, name: string, { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }, at: Date): NoteSignature {
  const seconds = Math.floor(at.getTime() / 1000)
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  return { name, id: witnessVerifier(name, publicKey).id, bytes: Buffer.concat([time, signBytes(null, cosigned(seconds, text), privateKey)]) }
}

function cosigned(seconds: number | bigint, text: string): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)
}

/**
 * Which of the verifiers signed this note? Signatures of strangers are passed over, as the specification says;
 * a false signature under a known key makes the whole note false.
 */
export function signersOf(note: Note, verifiers: readonly Verifier[]): Verifier[] {
  const signers: Verifier[] = []
  for (const { name, id, bytes } of note.signatures) {
    const verifier = verifiers.find((each) => each.name === name && each.id.equals(id))
    if (!verifier) continue
    if (!isSignature(note.text, bytes, verifier)) throw new Error(`The signature of ${name} on this note is false.`)
    signers.push(verifier)
  }
  return signers
}

function isSignature(text: string, bytes: Buffer, { kind, publicKey }: Verifier): boolean {
  if (kind === ED25519) return bytes.length === 64 && verifyBytes(null, Buffer.from(text), publicKey, bytes)
  return bytes.length === 72 && verifyBytes(null, cosigned(bytes.readBigUInt64BE(0), text), publicKey, bytes.subarray(8))
}

/** C2SP tlog-checkpoint: the log's name, how many entries, and the root over them. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`
}

/**
 * Reads a note's text, lines after the third passed over as C2SP tlog-checkpoint lets them be. Throws unless the size is a decimal that fits and
 * the root has 32 bytes.
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, digits, base64, ...rest] = text.split('\n')
  const root = fromBase64(base64 ?? '')
  const size = Number(digits)
  if (!origin || !/^(0|[1-9]\d*)$/.test(digits ?? '') || !Number.isSafeInteger(size) || root?.length !== 32 || rest.at(-1) !== '') throw new Error('This text is not a checkpoint.')
  return { origin, size, root }
}

/** Strict: one text for one value, so that no flipped bit passes unseen. */
function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined
}
