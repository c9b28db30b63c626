import { combine, split } from 'shamir-secret-sharing'
import { z } from 'zod'
import { sha256, SUITE } from './canonical.ts'
import type { Keyring } from './keyring.ts'
import { keyringText } from './keyring.server.ts'

const Share = z.object({
  format: z.literal('mingdan-escrow-share/v1'),
  suite: z.literal(SUITE),
  origin: z.string(),
  number: z.int().positive(),
  of: z.int(),
  threshold: z.int(),
  /** SHA-256 of what is split, so that shares of two different keyrings are not mixed up. */
  keyring: z.string(),
  value: z.base64(),
})
export type Share = z.output<typeof Share>

/** Splits a keyring by Shamir's scheme: `threshold` shares restore it, one fewer say nothing about it. */
export async function splitKeyring(keyring: Keyring, of: number, threshold: number): Promise<Share[]> {
  if (!(Number.isInteger(of) && Number.isInteger(threshold) && threshold >= 2 && of >= threshold && of <= 255)) {
    throw new RangeError('Of at most 255 shares at least two, and not more than there are, must be needed.')
  }
  const text = keyringText(keyring)
  const shares = await split(new Uint8Array(Buffer.from(text)), of, threshold)
  const common = { format: 'mingdan-escrow-share/v1', suite: SUITE, origin: keyring.origin, of, threshold, keyring: sha256(text).toString('hex') } as const
  return shares.map((share, place) => ({ ...common, number: place + 1, value: Buffer.from(share).toString('base64') }))
}

/** Puts a keyring's text together again. Throws when the shares are too few, of different keyrings, or damaged. */
export async function joinShares(given: readonly unknown[]): Promise<string> {
  const shares = given.map((share) => Share.parse(share))
  const [first] = shares
  if (!first || shares.length < first.threshold) throw new Error(`${first?.threshold ?? 2} shares are needed, ${shares.length} are there.`)
  if (shares.some(({ keyring }) => keyring !== first.keyring)) throw new Error('These shares are of different keyrings.')
  const bytes = await combine(shares.map(({ value }) => new Uint8Array(Buffer.from(value, 'base64'))))
  if (sha256(bytes).toString('hex') !== first.keyring) throw new Error('The shares do not give the keyring back: one of them is damaged.')
  return Buffer.from(bytes).toString('utf8')
}
