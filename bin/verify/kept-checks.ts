import { equal } from './bytes.ts'
import { check, type Findings, type Work } from './findings.ts'
import { fingerprintOf, readLogKey, type LogKey } from './primitives.ts'
import { readCheckpoint, type SignedCheckpoint } from './signatures.ts'

/**
 * What the reader trusts from elsewhere: verifier keys or their fingerprints, and a checkpoint. Where the reader has
 * none, a page can bring its own keys; then `fromPage` says so, because a page cannot vouch for its own house.
 */
export type Kept = { keys: readonly string[]; checkpoint?: string | undefined; fromPage?: boolean }

const FINGERPRINT = /^[0-9a-f]{64}$/
const bare = (text: string) => text.replace(/[\s:]/g, '').toLowerCase()

/** Is this a verifier key or the fingerprint of one? */
export const isTrustable = (text: string): boolean => readLogKey(text.trim()) !== undefined || FINGERPRINT.test(bare(text))

/** Is this the key that the reader means, by itself or by its fingerprint? */
export function isKept(key: LogKey, kept: readonly string[]): boolean {
  return kept.some((text) => text.trim() === key.text || bare(text) === fingerprintOf(key))
}

/** What one kept from earlier, or got from somebody else, must agree with what the bundle brings. */
export function* checkKept({ checkpoint, keys }: { checkpoint: SignedCheckpoint; keys: readonly LogKey[] }, findings: Findings, kept: Kept): Work {
  const { kept: say } = findings.say
  if (kept.keys.length) {
    const known = checkpoint.signers.filter((key) => isKept(key, kept.keys))
    yield* check(findings, kept.fromPage ? say.pageKeySigned : say.keySigned, (must) => {
      must(known.length > 0, '/ledger/keys', kept.fromPage ? say.notByPage : say.notByYours)
    }, () => known.map(fingerprintOf).join('\n'))
  }
  if (kept.checkpoint === undefined) return
  let older: number | undefined
  const trusted = kept.keys.length ? [...kept.keys.flatMap((text) => readLogKey(text.trim()) ?? []), ...keys.filter((key) => isKept(key, kept.keys))] : keys
  const own = yield* readCheckpoint(kept.checkpoint, trusted, findings, { strangers: true })
  yield* check(findings, say.sameLog, (must) => {
    must(own !== undefined, '/ledger/checkpoint', say.checkpointUnsigned)
    if (!own) return
    must(own.origin === checkpoint.origin, '/ledger/checkpoint', say.otherOrigin(own.origin, checkpoint.origin))
    if (own.size === checkpoint.size) must(equal(own.root, checkpoint.root), '/ledger/checkpoint', say.forked)
    else older = own.size
  }, () => (older === undefined ? undefined : say.otherSize(older, checkpoint.size)))
}
