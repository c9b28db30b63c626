import { isSignedBy } from '#verify/crypto'
import { concat, fromBase64, toHex } from './bytes.ts'
import { settled, type Findings, type Work } from './findings.ts'
import { jcs, type LogKey } from './primitives.ts'

/** Checks Ed25519 where a browser has none of its own; a page fetches it only there (docs/decisions/012). */
export type Library = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean

const P = 2n ** 255n - 19n
/** The heights of the eight points whose multiples by eight are nothing: under such a key a signature can hold over any message. */
const EIGHTH = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n
const SMALL = [0n, 1n, P - 1n, EIGHTH, P - EIGHTH]

/** Is this half of a signature, or key, spelled in the one way there is, and no point of small order? RFC 8032 leaves both open, and programs differ. */
function isStrict(point: Uint8Array): boolean {
  const height = BigInt(`0x${toHex(Uint8Array.from(point).reverse())}`) & (2n ** 255n - 1n)
  return height < P && !SMALL.includes(height)
}

/** Did this Ed25519 key sign this message? Whatever is looked at by Node, by the browser or by the library gives the same answer. */
export function* isSigned(publicKey: Uint8Array | undefined, message: string | Uint8Array, signature: Uint8Array | undefined, { library }: Pick<Findings, 'library'>): Work<boolean> {
  if (publicKey?.length !== 32 || signature?.length !== 64 || !isStrict(publicKey) || !isStrict(signature.subarray(0, 32))) return false
  const bytes = concat(message)
  return library ? library(publicKey, bytes, signature) : yield* settled(isSignedBy(publicKey, bytes, signature))
}

export type SignedCheckpoint = { origin: string; size: number; root: Uint8Array; signers: LogKey[] }

/**
 * Reads a C2SP checkpoint and checks its signatures. Undefined when it is malformed, when a signature line names no
 * key that is given, or when one of them is false: here every line must hold, since a bundle brings its own keys.
 */
export function* readCheckpoint(note: string, keys: readonly LogKey[], findings: Pick<Findings, 'library'>, { strangers = false } = {}): Work<SignedCheckpoint | undefined> {
  const [, text, lines] = /^((?:[^\n]+\n)+)\n((?:— [^\n]+\n)+)$/u.exec(note) ?? []
  const [, origin, size, rootText] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text ?? '') ?? []
  const root = fromBase64(rootText ?? '')
  if (!text || !lines || !origin || !size || !root) return undefined
  const signers: LogKey[] = []
  for (const line of lines.trimEnd().split('\n')) {
    const [, name, base64] = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line) ?? []
    const bytes = fromBase64(base64 ?? '')
    if (!name || !bytes) return undefined
    const signer = keys.find((key) => key.name === name && key.id === toHex(bytes.subarray(0, 4)))
    if (!signer && strangers) continue
    if (!signer || !(yield* isSigned(signer.key, text, bytes.subarray(4), findings))) return undefined
    signers.push(signer)
  }
  return signers.length ? { origin, size: Number(size), root, signers } : undefined
}

/** A signed object of the platform: everything but `signature` and `ledger` stands under `mingdan/<kind>/v1`. */
export function* isSignedObject(kind: string, { signature, ledger: _ledger, ...signed }: { signature: { value: string }; ledger?: unknown; [name: string]: unknown }, publicKey: string, findings: Findings): Work<boolean> {
  return yield* isSigned(fromBase64(publicKey), `mingdan/${kind}/v1\n${jcs(signed)}`, fromBase64(signature.value), findings)
}
