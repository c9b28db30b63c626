import type { Knex } from 'knex'
import type { Context } from '#app/domain/context.ts'
import { PLATFORM, sealingKey } from '#app/domain/ledger/sealing-key.ts'
import type { PublishedTender } from '#app/domain/tenders/own-published.server.ts'
import { tellOfTender } from '#app/domain/tenders/tell-of-tender.server.ts'
import type { HolderName } from '#app/domain/tenders/two-keys-rule.ts'
import type { Pool } from '#db/repositories/draws.ts'
import { insertRelease, listReleases, type Release } from '#db/repositories/share-releases.ts'
import { countWrong, heldShare, offerOf, releaseFacts, type Share } from './release.ts'
import type { SealedPart } from './seal.ts'
import { recoverShare, type HeldShare } from './two-keys.ts'

type Sealed = { id: string; body: string }
type Kept = { tender: PublishedTender; at: Date; pool: Pick<Pool, 'ledgerEntryId'>; bids: readonly Sealed[]; holder: HolderName; shares: readonly Share[]; releasedBy: string | null }

/** The sealed offers of the bids whose keys are wanted. */
export function partsOf(bids: readonly Sealed[]): Map<string, SealedPart> {
  return new Map(bids.flatMap(({ id, body }) => {
    const part = offerOf(body)
    return part ? [[id, part]] : []
  }))
}

/** Writes down what a holder shows, inside the caller's transaction; shares stand in the order of receipt. */
export async function keepRelease(trx: Knex.Transaction, context: Context, { tender, at, pool, bids, holder, shares: shown, releasedBy }: Kept): Promise<Release & { wrong: number }> {
  const byBid = new Map(shown.map((share) => [share.bid, share]))
  const shares = bids.flatMap(({ id }) => byBid.get(id) ?? [])
  const wrong = await countWrong(holder, shares, partsOf(bids))
  const facts = releaseFacts({ holder, freeze: pool.ledgerEntryId, shares, wrong })
  const ledger = await tellOfTender(trx, context, tender, { at, act: 'release:shares', kind: 'shares.released', facts, event: 'marketplace.tender.shares-released.v1' })
  const release = { holder, shares, releasedAt: at, ledgerEntryId: ledger.entry }
  await insertRelease(trx, tender.id, release, releasedBy)
  return { ...release, wrong }
}

/**
 * Everything that the holders show of the keys of these bids, the platform's own included, which it shows now and not before:
 * until the last of the others has come, nobody has put anything together.
 */
export async function sharesShown(trx: Knex.Transaction, context: Context, given: Pick<Kept, 'tender' | 'at' | 'pool' | 'bids'>): Promise<Map<string, HeldShare[]>> {
  const { tender, bids } = given
  const own = { id: PLATFORM, privateKey: sealingKey(context.keyring, tender.publication.number).privateKey }
  const recovered = await Promise.all([...partsOf(bids)].map(async ([bid, part]) => ({ bid, held: await recoverShare(part, own) })))
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  const shares = recovered.flatMap(({ bid, held }) => (held ? [{ bid, share: hex(held.share), salt: hex(held.salt) }] : []))
  const before = await listReleases(trx, tender.id)
  const releases = [...before, await keepRelease(trx, context, { ...given, holder: 'platform', shares, releasedBy: null })]
  const shown = new Map<string, HeldShare[]>()
  for (const { holder, shares: each } of releases) for (const share of each) shown.set(share.bid, [...(shown.get(share.bid) ?? []), heldShare(holder, share)])
  return shown
}
