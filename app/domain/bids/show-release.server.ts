import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { mustBePublished } from '#app/domain/tenders/own-published.server.ts'
import { isTenderNumber, statusAt } from '#app/domain/tenders/tender.ts'
import type { HolderName } from '#app/domain/tenders/two-keys-rule.ts'
import { findPool } from '#db/repositories/draws.ts'
import { listReleases } from '#db/repositories/share-releases.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { findPosition } from '#db/views/ledger-proofs.ts'
import { offerOf } from './release.ts'
import { listEligible, mustHold } from './release-shares.server.ts'
import type { SealedPart } from './seal.ts'

/** What a holder may do now: show its shares, wait for the checkpoint, or nothing, for the reason that is said. */
export type ReleaseState = 'open' | 'too-early' | 'released' | 'opened' | 'stopped' | 'before'
export type ShownRelease = {
  number: string
  title: string
  state: ReleaseState
  own: HolderName
  publicKey: string
  threshold: number
  releaseBy: Date | null
  /** In the order of the publication. */
  holders: { id: string; publicKey: string; releasedAt: Date | null }[]
}

/** Who of a tender's holders has shown its shares, for one of them. Refuses `tenders.no-such-tender` also where nothing is sealed in shares, `keys.not-a-holder`. */
export async function showRelease(context: Context, { number }: { number: string }): Promise<ShownRelease> {
  const { db } = context
  const [at, tender] = [await context.clock.read(db), await publishedInShares(context, number)]
  const member = memberWho(context.actor, 'hold:key')
  const own = await mustHold(db, tender, member.organisationId)
  const [pool, releases] = await Promise.all([findPool(db, tender.id), listReleases(db, tender.id)])
  const sealing = tender.publication.sealing!
  const isCovered = pool ? Boolean((await findPosition(db, pool.ledgerEntryId))?.checkpoint) : false
  return {
    number,
    title: tender.title,
    state: stateOf({ isOpened: tender.opening !== null, isStopped: tender.suspension !== null || tender.cancellation !== null, isFrozen: statusAt(tender, at) === 'frozen', isReleased: releases.some(({ holder }) => holder === own), isCovered }),
    own,
    publicKey: sealing.holders.find(({ id }) => id === own)!.publicKey,
    threshold: sealing.threshold!,
    releaseBy: tender.releaseBy,
    holders: sealing.holders.map(({ id, publicKey }) => ({ id, publicKey, releasedAt: releases.find(({ holder }) => holder === id)?.releasedAt ?? null })),
  }
}

/** What a holder's browser opens its shares from: the sealed offer of every eligible bid, with its own sealed share alone. Refuses what {@link showRelease} refuses, and `keys.not-waiting`. */
export async function listToOpen(context: Context, { number }: { number: string }): Promise<{ bid: string; part: SealedPart }[]> {
  const { own, state } = await showRelease(context, { number })
  if (state !== 'open') throw new Refusal('conflict', 'keys.not-waiting')
  const { id } = await publishedInShares(context, number)
  const bids = await listEligible(context.db, id, (await findPool(context.db, id))!)
  return bids.flatMap(({ id: bid, body }) => {
    const part = offerOf(body)
    return part ? [{ bid, part: { ...part, keys: part.keys.filter(({ holder }) => holder === own) } }] : []
  })
}

async function publishedInShares({ db }: Context, number: string) {
  const tender = mustBePublished(isTenderNumber(number) ? await findTender(db, { number }) : undefined)
  if (tender.publication.sealing?.threshold === undefined) throw new Refusal('missing', 'tenders.no-such-tender')
  return tender
}

function stateOf({ isOpened, isStopped, isFrozen, isReleased, isCovered }: Record<'isOpened' | 'isStopped' | 'isFrozen' | 'isReleased' | 'isCovered', boolean>): ReleaseState {
  if (isOpened) return 'opened'
  if (isStopped) return 'stopped'
  if (!isFrozen) return 'before'
  if (isReleased) return 'released'
  return isCovered ? 'open' : 'too-early'
}
