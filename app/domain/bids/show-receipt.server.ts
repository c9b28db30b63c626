import { memberWho } from '#app/domain/accounts/actor.ts'
import { findEntryProof } from '#app/domain/ledger/find-entry-proof.server.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { findQuote } from '#db/repositories/auctions.ts'
import { findBid } from '#db/repositories/bids.ts'
import { entryOf } from './receipt.ts'

/**
 * The receipt of one's own bid, or of one's quote in an auction, as a text file; once the ledger has its entry under a checkpoint, the proof
 * of that stands below it. Somebody else's is `missing`: that it exists is nobody's business.
 */
export async function showReceipt({ db, keyring, actor }: Context, { id }: { id: string }): Promise<string> {
  const member = memberWho(actor, 'submit:bid')
  const bid = isUuid(id) ? ((await findBid(db, id)) ?? (await findQuote(db, id))) : undefined
  if (!bid || bid.agencyId !== member.organisationId) throw new Refusal('missing', 'tenders.no-such-bid')
  const proof = await findEntryProof({ db, keyring }, { id: entryOf(bid.receipt) })
  return proof ? `${bid.receipt}\n-----BEGIN MINGDAN PROOF-----\n${proof}\n-----END MINGDAN PROOF-----\n` : bid.receipt
}
