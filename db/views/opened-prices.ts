import type { OpenedPrice } from '#app/domain/bids/opened-price.ts'
import type { Database } from '#app/domain/context.ts'

type Row = { bid: string; uscc: string; name: string; place: number | null; offer: { quote: OpenedPrice['quote'] } | null; amount_fen: number | null; reason: OpenedPrice['invalid']; low_marks: OpenedPrice['lowMarks']; words: string | null; explained_at: Date | null; agency_id: string }

/** The opened bids of a tender, best place first; before they are ranked by price, and what does not count last. */
export async function listOpenedPrices(db: Database, tenderId: string): Promise<(OpenedPrice & { agencyId: string })[]> {
  const rows = (await db('bid_openings as opened')
    .join('bids', 'bids.id', 'opened.bid_id')
    .join('organisations as agencies', 'agencies.id', 'bids.agency_id')
    .leftJoin('draw_positions as positions', 'positions.bid_id', 'opened.bid_id')
    .leftJoin('quote_explanations as explanations', 'explanations.bid_id', 'opened.bid_id')
    .where('opened.tender_id', tenderId)
    .orderByRaw(`opened.outcome = 'invalid', positions.place nulls last, opened.amount_fen, bids.ordinal`)
    .select('opened.bid_id as bid', 'agencies.uscc', 'agencies.name', 'agencies.id as agency_id', 'positions.place', 'opened.offer', 'opened.amount_fen', 'opened.reason', 'opened.low_marks', 'explanations.words', 'explanations.explained_at')) as Row[]
  return rows.map((row) => ({
    bid: row.bid,
    uscc: row.uscc,
    name: row.name,
    agencyId: row.agency_id,
    place: row.place,
    quote: row.offer?.quote ?? null,
    amountFen: row.amount_fen,
    invalid: row.reason,
    lowMarks: row.low_marks,
    explanation: row.words === null ? null : { words: row.words, at: row.explained_at!.toISOString() },
  }))
}
