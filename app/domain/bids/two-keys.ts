import { combine, split } from 'shamir-secret-sharing'
import { commits, openSecret, sealWithKeys, shareHash, type Deal, type Holder, type PartName, type Sealable, type SealedPart } from './seal.ts'

/*
 * The mode in which nobody alone can open a bid. The bidder's own browser splits the content key (Shamir, k of n) and seals one
 * share to each holder; no dealer ever has a key of the whole tender. It knows WebCrypto alone and nothing of Node.
 */

const SALT_BYTES = 16

/** What one holder shows when bids are opened: its share, and the salt that keeps the share's hash from being guessed. */
export type HeldShare = { holder: string; share: Uint8Array; salt: Uint8Array }

/** Why shares do not give the key. `holders` names whose share is none of those that the bidder sealed; with too few left, who is missing. */
export type ShareFault = { fault: 'share-wrong' | 'shares-missing' | 'other-commitment'; holders: string[] }

/**
 * Seals the parts of a bid so that `threshold` of the holders open it together, and fewer learn nothing.
 *
 * @param threshold at least 2, at most as many as there are holders
 */
export async function sealInShares(contents: Partial<Record<PartName, unknown>>, { threshold, ...given }: Sealable & { threshold: number }): Promise<{ envelope: string; keys: Partial<Record<PartName, Uint8Array>> }> {
  if (!Number.isInteger(threshold) || threshold < 2 || threshold > given.holders.length) throw new RangeError('Two holders at least, and no more than there are, open a bid together.')
  return sealWithKeys(contents, { ...given, deal: dealing(threshold) })
}

function dealing(threshold: number): Deal {
  return async (key: Uint8Array, holders: readonly Holder[]) => {
    const shares = await split(Uint8Array.from(key), holders.length, threshold)
    const salted = shares.map((share) => ({ share, salt: crypto.getRandomValues(new Uint8Array(SALT_BYTES)) }))
    const hashes = await Promise.all(salted.map(({ share, salt }) => shareHash(share, salt)))
    return { header: { mode: 'two-keys', threshold, shares: hashes }, secrets: salted.map(({ share, salt }) => Uint8Array.from([...salt, ...share])) }
  }
}

/** Opens a holder's own share; null where what it was sealed is not for its key, was changed, or is no share. */
export async function recoverShare(part: SealedPart, holder: { id: string; privateKey: Uint8Array }): Promise<HeldShare | null> {
  const secret = await openSecret(part, holder)
  if (!secret || secret.length <= SALT_BYTES) return null
  return { holder: holder.id, salt: secret.slice(0, SALT_BYTES), share: secret.slice(SALT_BYTES) }
}

/**
 * Is this the share whose hash the bidder put into the header for its holder? What a holder sees in its own share before it shows
 * it, and everybody afterwards. A share that is not was changed by its holder, or never was what the bidder said it was.
 */
export async function isPromised({ header }: SealedPart, { holder, share, salt }: HeldShare): Promise<boolean> {
  const promised = header.shares?.[header.holders.indexOf(holder)]
  return promised !== undefined && (await shareHash(share, salt)) === promised
}

/**
 * Puts the content key together from what the holders show. Wrong shares are set aside and their holders named; as long as enough
 * right ones are left the bid opens without them. Every choice of the right ones is tried, so that a bidder whose shares fit in
 * one choice and not in another cannot have its bid opened or not by whoever comes.
 *
 * @returns the key that the header commits to, with the holders whose share was wrong; or why there is none
 */
export async function combineShares(part: SealedPart, shown: readonly HeldShare[]): Promise<{ key: Uint8Array; wrong: string[] } | ShareFault> {
  const { holders, threshold = holders.length } = part.header
  const right = new Map<string, HeldShare>()
  const wrong = new Set<string>()
  for (const share of shown) {
    if (await isPromised(part, share)) right.set(share.holder, share)
    else wrong.add(share.holder)
  }
  // Whoever shows a wrong share and the right one has shown the right one.
  for (const holder of right.keys()) wrong.delete(holder)
  if (right.size < threshold) return wrong.size ? { fault: 'share-wrong', holders: [...wrong] } : { fault: 'shares-missing', holders: holders.filter((holder) => !right.has(holder)) }
  for (const some of choices([...right.values()], threshold)) {
    const key = await combine(some.map(({ share }) => Uint8Array.from(share))).catch(() => null)
    if (key && (await commits(part.header, key))) return { key, wrong: [...wrong] }
  }
  // Every share is what the bidder promised, and together they are not the key that it promised.
  return { fault: 'other-commitment', holders: [] }
}

function* choices<T>(from: readonly T[], count: number): Generator<T[]> {
  if (count === 0) return void (yield [])
  for (let first = 0; first <= from.length - count; first++) {
    for (const rest of choices(from.slice(first + 1), count - 1)) yield [from[first]!, ...rest]
  }
}
