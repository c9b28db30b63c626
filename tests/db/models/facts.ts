import { expect } from 'vitest'
import type { Model } from './model.ts'
import type { World } from './world.ts'

/** Facts of which each row has its entry in the ledger. */
const ROWS: Record<string, string[]> = {
  bids: ['bid.received'], tender_questions: ['question.asked'], tender_corrections: ['tender.corrected'], tender_extensions: ['tender.extended'], tender_suspensions: ['tender.suspended'], suspension_endings: ['tender.resumed'],
  tender_cancellations: ['tender.cancelled'], tender_objections: ['objection.raised'], draw_pools: ['pool.frozen'], auction_quotes: ['quote.received'], auction_extensions: ['auction.extended'], tender_judges: ['judge.invited'], score_sheets: ['sheet.committed'],
  sheet_reveals: ['sheets.revealed'], draws: ['draw.drawn', 'shortlist.drawn', 'bids.ranked'], shortlist_picks: ['shortlist.picked'], awards: ['award.made'],
}

/** The ledger was told everything that happened, as often as it did, and nothing else; every fact has its row, and every receipt counts. */
export async function factsMustAgree({ told, closed, frozen }: Model, { database: { owner: db }, tender: { id }, number }: World): Promise<void> {
  const kinds = (await db('ledger_entries').where({ subject: number }).orWhereIn('subject', db('bids').where({ tender_id: id }).select(db.raw('cast(id as text)'))).groupBy('kind').select('kind').count({ count: '*' })) as { kind: string; count: string }[]
  expect(Object.fromEntries(kinds.map(({ kind, count }) => [kind, Number(count)]))).toEqual(Object.fromEntries(told))
  for (const [table, made] of Object.entries(ROWS)) {
    const [{ count }] = (await db(table).where({ tender_id: id }).count()) as [{ count: string }]
    expect(Number(count), table).toBe(made.reduce((sum, kind) => sum + (told.get(kind) ?? 0), 0))
  }
  const receipts = told.get('bid.received') ?? 0
  const closings = (await db('tender_closings').where({ tender_id: id }).pluck('verdicts')) as unknown[][]
  expect(closings.map(({ length }) => length)).toEqual(closed ? [receipts] : [])
  const pools = (await db('draw_pools').where({ tender_id: id }).pluck('leaves')) as unknown[][]
  expect(pools.map(({ length }) => length)).toEqual(frozen ? [receipts] : [])
}
