import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context, Database } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findHolder } from '#app/domain/tenders/find-holder.server.ts'
import { lockPublished, type PublishedTender } from '#app/domain/tenders/own-published.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import type { HolderName } from '#app/domain/tenders/two-keys-rule.ts'
import { transact } from '#db/client.ts'
import { listReceivedBids } from '#db/repositories/bids.ts'
import { findPool, type Pool } from '#db/repositories/draws.ts'
import { listReleases, type Release } from '#db/repositories/share-releases.ts'
import { findPosition } from '#db/views/ledger-proofs.ts'
import type { Knex } from 'knex'
import { keepRelease } from './keep-release.server.ts'
import type { Share } from './release.ts'

/**
 * A holder shows its shares of the keys of a frozen tender, once: owner and regulator by their own people, with keys that never
 * left their browsers. A share that is not what its bidder promised is taken and counted, since nobody but the two knows whose
 * fault it is; where none fits at all, another key was used, and nothing is taken.
 *
 * Nothing is opened here: that is the clock's next step, as soon as enough holders have shown theirs. Who is late may still come
 * while it waits; the regulator sees who is.
 *
 * @param shares of the bids that the holder's key opened; those that it did not are left out
 * Refuses `tenders.no-such-tender`, `keys.not-a-holder`, `changes.suspended`, `keys.not-waiting`, `keys.too-early` (no signed
 * checkpoint covers the freeze yet), `keys.released-already`, `keys.other-bids`, `keys.nothing-fits`.
 */
export async function releaseShares(context: Context, { number, shares }: { number: string; shares: readonly Share[] }): Promise<Release> {
  return transact(context.db, async (trx) => {
    const { tender, at } = await lockPublished(trx, context, number)
    const member = memberWho(context.actor, 'hold:key')
    const holder = await mustHold(trx, tender, member.organisationId)
    const pool = await mustBeAsked(trx, tender, at)
    if ((await listReleases(trx, tender.id)).some((each) => each.holder === holder)) throw new Refusal('conflict', 'keys.released-already')
    const bids = await listEligible(trx, tender.id, pool)
    const known = new Set(bids.map(({ id }) => id))
    if (shares.some(({ bid }) => !known.has(bid)) || new Set(shares.map(({ bid }) => bid)).size < shares.length) throw new Refusal('invalid', 'keys.other-bids', { field: 'shares' })
    const release = await keepRelease(trx, context, { tender, at, pool, bids, holder, shares, releasedBy: member.accountId })
    if (bids.length > 0 && release.wrong === release.shares.length) throw new Refusal('invalid', 'keys.nothing-fits', { field: 'shares' })
    return release
  })
}

/** As which holder of a tender an organisation was named, by the key that its publication has. Refuses `keys.not-a-holder`. */
export async function mustHold(db: Database, { publication: { sealing } }: PublishedTender, organisationId: string): Promise<HolderName> {
  const holder = sealing && (await findHolder(db, sealing, organisationId))
  if (!holder) throw new Refusal('forbidden', 'keys.not-a-holder')
  return holder
}

async function mustBeAsked(trx: Knex.Transaction, tender: PublishedTender, at: Date): Promise<Pool> {
  if (tender.suspension) throw new Refusal('conflict', 'changes.suspended')
  if (statusAt(tender, at) !== 'frozen') throw new Refusal('conflict', 'keys.not-waiting')
  const pool = (await findPool(trx, tender.id))!
  if (!(await findPosition(trx, pool.ledgerEntryId))?.checkpoint) throw new Refusal('conflict', 'keys.too-early')
  return pool
}

/** The bids that will be opened, in the order of receipt. */
export async function listEligible(db: Database, tenderId: string, { leaves }: Pick<Pool, 'leaves'>): Promise<{ id: string; body: string }[]> {
  const eligible = new Set(leaves.flatMap(({ bid, standing, label }) => (standing === 'eligible' && label ? [bid] : [])))
  return (await listReceivedBids(db, tenderId)).filter(({ id }) => eligible.has(id))
}
