import type { Knex } from 'knex'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { insertAuctionExtension, listAuctionExtensions } from '#db/repositories/auctions.ts'
import { findPool } from '#db/repositories/draws.ts'
import { listSpells } from '#db/repositories/service-spells.ts'
import { moveAnnouncement } from '#db/repositories/tender-changes.ts'
import { furtherRounds, gapsOfRounds, type AuctionExtensionCause } from './auction-outage.ts'
import { roundsOf } from './auction.ts'
import { gapsBetween, type Gap } from './outage.ts'
import type { PublishedTender } from './own-published.server.ts'
import type { Tender } from './tender.ts'

type Held = { tender: PublishedTender; at: Date }

/**
 * What the end of an auction asks first, in its own transaction: did the marketplace fail its bidders while the rounds ran? If so
 * there are further rounds instead of an end, once a gap. While nobody serves yet nothing is decided, since nobody could be told.
 * An auction that its owner has cancelled after its last round takes no quote any more, and is not extended.
 *
 * @returns the tender with the later end; `wait` while the gap lasts; null where the auction ends
 */
export async function answerAuctionOutage(trx: Knex.Transaction, context: Context, { tender, at }: Held): Promise<Tender | 'wait' | null> {
  const { procedure } = tender.publication
  if (!tender.auction || tender.cancellation || procedure.method !== 'live-auction' || !procedure.auction.outage) return null
  const gaps = gapsBetween(await listSpells(trx, tender.auction.startsAt), at)
  const counting = gapsOfRounds(gaps, await answeredGaps(trx, tender.id), tender.auction, procedure.auction)
  if (counting.some(({ until }) => until >= at)) return 'wait'
  let extended: PublishedTender | null = null
  for (const gap of counting) extended = await extendAuction(trx, context, { tender: extended ?? tender, at, gap, cause: 'outage', reason: '' })
  return extended
}

/**
 * Gives an auction further rounds for a gap that two operators vouch for, where its own published rule says so and its end is not on
 * record yet.
 *
 * @returns the tender with the later end, or null where the gap gives it nothing
 */
export async function extendForClaim(trx: Knex.Transaction, context: Context, { tender, at, gap, reason }: Held & { gap: Gap; reason: string }): Promise<Tender | null> {
  const { procedure } = tender.publication
  if (!tender.auction || tender.opening || tender.cancellation || procedure.method !== 'live-auction') return null
  if (gapsOfRounds([gap], await answeredGaps(trx, tender.id), tender.auction, procedure.auction).length === 0) return null
  return extendAuction(trx, context, { tender, at, gap, cause: 'operator', reason })
}

async function answeredGaps(trx: Knex.Transaction, tenderId: string): Promise<Gap[]> {
  return (await listAuctionExtensions(trx, tenderId)).map(({ gap }) => gap)
}

/** The last round ends later, and by as much the day by which its result has to be announced. */
async function extendAuction(trx: Knex.Transaction, context: Context, { tender, at, gap, cause, reason }: Held & { gap: Gap; cause: AuctionExtensionCause; reason: string }): Promise<PublishedTender> {
  const { number, procedure } = tender.publication
  const auction = tender.auction!
  if (procedure.method !== 'live-auction') throw new Error('Only an auction has rounds.')
  const span = furtherRounds(gap, auction, procedure.auction, at)
  const ordinal = (await listAuctionExtensions(trx, tender.id)).length + 1
  const times = { startsAt: span.startsAt.toISOString(), endsAt: span.endsAt.toISOString() }
  const extension = {
    freeze: (await findPool(trx, tender.id))!.ledgerEntryId,
    number: ordinal,
    cause,
    gap: { from: gap.from.toISOString(), until: gap.until.toISOString() },
    fromEndsAt: auction.endsAt.toISOString(),
    ...times,
  }
  const further = { ...auction, endsAt: span.endsAt, further: [...(auction.further ?? []), span] }
  const rounds = roundsOf(further, procedure.auction)
  const ledger = await tell(trx, context, {
    at,
    act: 'extend:auction',
    kind: 'auction.extended',
    subject: number,
    divisionCode: tender.divisionCode,
    facts: { extension },
    payload: { reason },
    event: { type: 'marketplace.tender.auction-extended.v1', data: { tender: number, project: tender.projectCode, cause, rounds, ...times } },
  })
  const by = context.actor.kind === 'member' ? context.actor.accountId : null
  await insertAuctionExtension(trx, { tenderId: tender.id, ordinal, cause, reason, gap, fromEndsAt: auction.endsAt, ...span, at, by, ledgerEntryId: ledger.entry })
  const announceBy = tender.publication.announceBy && new Date(tender.publication.announceBy.getTime() + span.endsAt.getTime() - auction.endsAt.getTime())
  if (announceBy) await moveAnnouncement(trx, tender.id, announceBy)
  return { ...tender, publication: { ...tender.publication, announceBy }, auction: further }
}
