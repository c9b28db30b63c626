import { randomUUID } from 'node:crypto'
import type { Member } from '#app/domain/accounts/actor.ts'
import type { Share } from '#app/domain/bids/release.ts'
import { offerOf } from '#app/domain/bids/release.ts'
import { registerHolderKey } from '#app/domain/bids/register-holder-key.server.ts'
import type { Quote } from '#app/domain/bids/offer.ts'
import { submitSealedBid } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { recoverShare, sealInShares } from '#app/domain/bids/two-keys.ts'
import { sealingKey } from '#app/domain/ledger/sealing-key.ts'
import type { TestContext, TestDatabase } from './database.ts'
import { CHANGCHUN, owner, regulator } from './factories.ts'
import { aTender, type Stage } from './tenders.ts'

export type KeyPair = { publicKey: string; privateKey: Uint8Array }
export type HeldStage = Stage & { governor: Member; keys: Record<'owner' | 'regulator', KeyPair> }

/** A key pair that no server made; the same seed gives the same one. */
export const keyPair = (seed: string): KeyPair => sealingKey({ drawSeed: Buffer.from(seed.padEnd(32, '.')) }, seed)

/** A published tender whose prices owner, regulator and platform open together, two of three. */
export async function heldTender(database: TestDatabase, make: (member: Member) => TestContext): Promise<HeldStage> {
  const [by, governor] = [await owner(database.owner), await regulator(database.owner, { divisionCode: CHANGCHUN })]
  const keys = { owner: keyPair(`owner ${randomUUID().slice(0, 8)}`), regulator: keyPair(`regulator ${randomUUID().slice(0, 8)}`) }
  await registerHolderKey(make(by), keys.owner)
  // Of several offices of a division the first that registered a key is named.
  await database.owner('holder_keys').whereIn('organisation_id', database.owner('organisation_roles').select('organisation_id').where({ role: 'regulator' })).delete()
  await registerHolderKey(make(governor), keys.regulator)
  return { ...(await aTender(database, make, { method: 'lowest-price', twoKeys: 'yes', by })), governor, keys }
}

/** A bid as the bidder's browser seals it, and its number. */
export async function bidInShares(context: TestContext, stage: Stage, member: Member, quote: Quote, damage: (envelope: string) => string = (envelope) => envelope): Promise<string> {
  const bid = randomUUID()
  await submitSealedBid(context, { number: stage.number, bid, envelope: damage(await envelopeInShares(stage, member, { bid, quote })) })
  return bid
}

/** What that browser sends. */
export async function envelopeInShares({ number, tender }: Stage, { uscc }: Member, { bid, quote }: { bid: string; quote: Quote }): Promise<string> {
  const { sealing, procedure } = tender.publication
  const about = { tender: number, bid, uscc: uscc! }
  const { envelope } = await sealInShares({ offer: { ...about, quote, contribution: '', salt: '0'.repeat(40) } }, { ...about, rules: procedure.rules, holders: sealing!.holders, threshold: sealing!.threshold! })
  return envelope
}

/** The shares that a holder's browser opens. */
export async function sharesOf(database: TestDatabase, { tender }: Stage, holder: 'owner' | 'regulator', { privateKey }: KeyPair): Promise<Share[]> {
  const bids = (await database.owner('bids').where({ tender_id: tender.id }).whereNull('replaced_at').whereNull('withdrawn_at').orderBy('ordinal')) as { id: string; body: string }[]
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  const found = await Promise.all(bids.map(async ({ id, body }) => ({ bid: id, held: await recoverShare(offerOf(body)!, { id: holder, privateKey }) })))
  return found.flatMap(({ bid, held }) => (held ? [{ bid, share: hex(held.share), salt: hex(held.salt) }] : []))
}
