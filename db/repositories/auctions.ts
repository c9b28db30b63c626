import type { Knex } from 'knex'
import type { AuctionQuote } from '#app/domain/bids/auction-quote.ts'
import type { Database } from '#app/domain/context.ts'
import type { AuctionExtensionCause } from '#app/domain/tenders/auction-outage.ts'
import type { AuctionTimes, RoundSpan } from '#app/domain/tenders/auction.ts'
import type { Gap } from '#app/domain/tenders/outage.ts'
import { toAuction, type StoredSpan } from './tender-row.ts'

type Row = { id: string; tender_id: string; sequence: number; bid_id: string; round: number; amount_fen: number; body: string; hash: Buffer; quoted_at: Date; quoted_by: string | null; receipt: string; ledger_entry_id: string }

/** Keeps when a tender's auction runs, in the transaction that freezes its pool. */
export async function insertAuction(trx: Knex.Transaction, { tenderId, startsAt, endsAt }: AuctionTimes & { tenderId: string }): Promise<void> {
  await trx('tender_auctions').insert({ tender_id: tenderId, starts_at: startsAt, ends_at: endsAt })
}

/** When a tender's auction runs, which is null before its pool is frozen; and whether it is over for good, since its end is on record or its owner has cancelled the tender. */
export async function findAuction(db: Database, tenderId: string): Promise<{ times: AuctionTimes | null; ended: boolean }> {
  const row = (await db('tenders')
    .leftJoin('tender_auctions as auctions', 'auctions.tender_id', 'tenders.id')
    .leftJoin('further_rounds as further', 'further.tender_id', 'tenders.id')
    .leftJoin('tender_openings as openings', 'openings.tender_id', 'tenders.id')
    .leftJoin('tender_cancellations as cancellations', 'cancellations.tender_id', 'tenders.id')
    .where('tenders.id', tenderId)
    .first('starts_at', 'ends_at', 'further.spans', 'opened_at', 'cancelled_at')) as { starts_at: Date | null; ends_at: Date | null; spans: StoredSpan[] | null; opened_at: Date | null; cancelled_at: Date | null } | undefined
  return { times: row ? toAuction(row.starts_at, row.ends_at, row.spans) : null, ended: Boolean(row?.opened_at ?? row?.cancelled_at) }
}

/** Auctions whose rounds run and whose beginning nobody was told of yet. Whoever was told of further rounds has heard of it. */
export async function listUntoldStarts(db: Database, at: Date, limit: number): Promise<{ id: string; number: string }[]> {
  return db('tender_auctions as auctions')
    .join('tenders', 'tenders.id', 'auctions.tender_id')
    .whereNull('auctions.start_told_at')
    .where('auctions.starts_at', '<=', at)
    .where('auctions.ends_at', '>', at)
    .whereNotExists(db('auction_extensions as extended').whereRaw('extended.tender_id = tenders.id'))
    .whereNotExists(db('tender_cancellations as cancelled').whereRaw('cancelled.tender_id = tenders.id'))
    .orderBy([{ column: 'auctions.starts_at' }, { column: 'tenders.id' }])
    .limit(limit)
    .select('tenders.id', 'tenders.number')
}

/** Notes that the beginning of an auction was told; false where that was noted before. */
export async function markStartTold(trx: Knex.Transaction, { tenderId, at }: { tenderId: string; at: Date }): Promise<boolean> {
  return (await trx('tender_auctions').where({ tender_id: tenderId }).whereNull('start_told_at').update({ start_told_at: at })) > 0
}

type AuctionExtension = RoundSpan & { tenderId: string; ordinal: number; cause: AuctionExtensionCause; reason: string; gap: Gap; fromEndsAt: Date; at: Date; by: string | null; ledgerEntryId: string }

/** Keeps further rounds of an auction; the database moves its end by them and refuses what starts from another end, or from one that is on record. */
export async function insertAuctionExtension(trx: Knex.Transaction, { tenderId, ordinal, cause, reason, gap, fromEndsAt, startsAt, endsAt, at, by, ledgerEntryId }: AuctionExtension): Promise<void> {
  await trx('auction_extensions').insert({ tender_id: tenderId, ordinal, cause, reason, from_ends_at: fromEndsAt, starts_at: startsAt, ends_at: endsAt, gap_from: gap.from, gap_until: gap.until, extended_at: at, extended_by: by, ledger_entry_id: ledgerEntryId })
}

/** The gaps that gave an auction further rounds, with the ledger's entries, in their order. */
export async function listAuctionExtensions(db: Database, tenderId: string): Promise<{ gap: Gap; ledgerEntryId: string }[]> {
  const rows = (await db('auction_extensions').where({ tender_id: tenderId }).orderBy('ordinal').select('gap_from', 'gap_until', 'ledger_entry_id')) as { gap_from: Date; gap_until: Date; ledger_entry_id: string }[]
  return rows.map((row) => ({ gap: { from: row.gap_from, until: row.gap_until }, ledgerEntryId: row.ledger_entry_id }))
}

/** The auctions of a division and below whose rounds have begun and whose end is not on record, in the order in which they are held. */
export async function listRunningAuctions(db: Database, { divisionPrefix, at }: { divisionPrefix: string; at: Date }): Promise<string[]> {
  return db('tender_auctions as auctions').join('tenders', 'tenders.id', 'auctions.tender_id').whereNull('tenders.settled_at').where('auctions.starts_at', '<=', at).whereLike('tenders.division_code', `${divisionPrefix}%`).whereNotExists(db('tender_openings as openings').whereRaw('openings.tender_id = tenders.id')).orderBy('tenders.id').pluck('tenders.id')
}

/** Holds a tender's auction alone, so that its quotes are counted one after another. */
export async function lockAuction(trx: Knex.Transaction, tenderId: string): Promise<void> {
  await trx('tender_auctions').select('tender_id').where({ tender_id: tenderId }).forUpdate()
}

/** Every quote of an auction in the order in which they were taken. */
export async function listQuotes(db: Database, tenderId: string): Promise<AuctionQuote[]> {
  return (await db<Row>('auction_quotes').where({ tender_id: tenderId }).orderBy('sequence')).map(toQuote)
}

/** The ledger's entries of an auction's quotes, in their order. */
export async function listQuoteEntries(db: Database, tenderId: string): Promise<string[]> {
  return db('auction_quotes').where({ tender_id: tenderId }).orderBy('sequence').pluck('ledger_entry_id') as Promise<string[]>
}

/** A quote by its id, with the agency that made it. */
export async function findQuote(db: Database, id: string): Promise<(AuctionQuote & { agencyId: string }) | undefined> {
  const row = (await db('auction_quotes').join('bids', 'bids.id', 'auction_quotes.bid_id').where('auction_quotes.id', id).first('auction_quotes.*', 'bids.agency_id')) as (Row & { agency_id: string }) | undefined
  return row && { ...toQuote(row), agencyId: row.agency_id }
}

/**
 * After {@link lockAuction}: `sequence` counts on from 1 without a gap, and the key refuses one twice. `amountFen` is above nought; `body` is the text
 * that `hash` is of. It is never changed.
 */
export async function insertQuote(trx: Knex.Transaction, quote: AuctionQuote, { quotedBy, ledgerEntryId }: { quotedBy: string; ledgerEntryId: string }): Promise<void> {
  await trx('auction_quotes').insert({
    id: quote.id,
    tender_id: quote.tenderId,
    sequence: quote.sequence,
    bid_id: quote.bidId,
    round: quote.round,
    amount_fen: quote.amountFen,
    body: quote.body,
    hash: quote.hash,
    quoted_at: quote.quotedAt,
    quoted_by: quotedBy,
    receipt: quote.receipt,
    ledger_entry_id: ledgerEntryId,
  })
}

function toQuote(row: Row): AuctionQuote {
  return { id: row.id, tenderId: row.tender_id, sequence: row.sequence, bidId: row.bid_id, round: row.round, amountFen: row.amount_fen, body: row.body, hash: row.hash, quotedAt: row.quoted_at, receipt: row.receipt }
}
