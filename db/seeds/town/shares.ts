import { createHash } from 'node:crypto'
import type { Member } from '#app/domain/accounts/actor.ts'
import { saltDigits } from '#app/domain/bids/offer-salt.ts'
import type { Quote } from '#app/domain/bids/quote.ts'
import { registerHolderKey } from '#app/domain/bids/register-holder-key.server.ts'
import { releaseShares } from '#app/domain/bids/release-shares.server.ts'
import { sealWithKeys, type Deal } from '#app/domain/bids/seal.ts'
import { listToOpen, showRelease } from '#app/domain/bids/show-release.server.ts'
import { submitSealedBid } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { recoverShare } from '#app/domain/bids/two-keys.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { sealingKey } from '#app/domain/ledger/sealing-key.ts'
import type { Publication } from '#app/domain/tenders/tender.ts'
import { diceFor, type Dice } from './dice.ts'

/*
 * What bidders' and holders' browsers do where nobody opens a bid alone. A story has no browsers and must come out the same twice, so
 * its shares are dealt by the scene's dice, and its holders' keys follow from the marketplace's own seed and are written nowhere:
 * in a story one hand plays all three. A holder who is played from then on makes a key of its own.
 */

const SALT_BYTES = 16

function keyOf({ keyring }: Context, { organisationId }: Member): ReturnType<typeof sealingKey> {
  return sealingKey(keyring, `story/${organisationId}`)
}

/** A holder registers the public half of its key. */
export async function registerStoryKey(context: Context, member: Member): Promise<void> {
  await registerHolderKey(context, { publicKey: keyOf(context, member).publicKey })
}

/** A bid whose key is split among the holders whom the publication names. */
export async function bidInShares(context: Context, { bid, number, sealing, rules, member, quote, contribution }: { bid: string; number: string; sealing: NonNullable<Publication['sealing']>; rules: string; member: Member; quote: Quote; contribution: string }): Promise<void> {
  const dice = diceFor(`${bid}/seal`)
  const about = { tender: number, bid: newId(), uscc: member.uscc! }
  const unsalted = { ...about, quote, contribution }
  const salt = dice.bytes(Math.ceil(saltDigits(unsalted) / 2)).toString('hex').slice(0, saltDigits(unsalted))
  const { envelope } = await sealWithKeys({ offer: { ...unsalted, salt } }, { ...about, rules, holders: sealing.holders, bytes: dice.bytes, deal: dealing(dice, sealing.threshold!) })
  await submitSealedBid(context, { number, bid: about.bid, envelope })
}

/** A holder opens its own share of every bid and shows them all. */
export async function showStoryShares(context: Context, { number, member }: { number: string; member: Member }): Promise<void> {
  const [{ own }, { privateKey }] = [await showRelease(context, { number }), keyOf(context, member)]
  const found = await Promise.all((await listToOpen(context, { number })).map(async ({ bid, part }) => ({ bid, held: await recoverShare(part, { id: own, privateKey }) })))
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  await releaseShares(context, { number, shares: found.flatMap(({ bid, held }) => (held ? [{ bid, share: hex(held.share), salt: hex(held.salt) }] : [])) })
}

/** Shamir's scheme as docs/verification.md has it, by dice: the library of the browser takes its chance from the machine. */
function dealing(dice: Dice, threshold: number): Deal {
  return async (key, holders) => {
    const coefficients = [key, ...Array.from({ length: threshold - 1 }, () => dice.bytes(key.length))]
    const salted = holders.map((_, place) => {
      const x = place + 1
      const values = Array.from(key, (_byte, at) => coefficients.reduceRight((sum, each) => times(sum, x) ^ each[at]!, 0))
      return { share: Buffer.from([...values, x]), salt: dice.bytes(SALT_BYTES) }
    })
    const shares = salted.map(({ share, salt }) => createHash('sha256').update(share).update(salt).digest('hex'))
    return { header: { mode: 'two-keys', threshold, shares }, secrets: salted.map(({ share, salt }) => Uint8Array.from([...salt, ...share])) }
  }
}

/** In the field of 256 elements, modulo x⁸ + x⁴ + x³ + x + 1. */
function times(one: number, other: number): number {
  let [product, left, right] = [0, one, other]
  for (; right; right >>= 1, left = (left << 1) ^ (left & 0x80 ? 0x11b : 0)) if (right & 1) product ^= left
  return product
}
