import type { Database } from '#app/domain/context.ts'
import type { OwnTender } from '#app/domain/desks/owner-agenda.ts'
import { toTender, type TenderRow } from '../repositories/tender-row.ts'
import { TENDER_STATES_IN_SQL, tenderColumns, tendersWithOutcomes } from '../repositories/tenders.ts'

/** How long a tender that failed stays on the desk of an owner who does nothing about it. */
const REMEMBERED = '60 days'

const REPUBLISHED = 'exists (select from tenders later where later.republishes_id = tenders.id and later.discarded_at is null)'

/** An owner's tenders about which something may be left to do: drafts, those under way, and those that failed lately. */
export async function listOwnTenders(db: Database, { ownerId, at, limit }: { ownerId: string; at: Date; limit: number }): Promise<OwnTender[]> {
  const rows = (await tendersWithOutcomes(db)
    .select(...tenderColumns, 'waiting.answer_by', 'objecting.answer_by as objection_by', db.raw(`${REPUBLISHED} as republished`))
    .where('tenders.owner_id', ownerId)
    .whereNull('tenders.discarded_at')
    .whereRaw(`(tenders.settled_at is null or objecting.tender_id is not null or tenders.settled_at > cast(? as timestamptz) - interval '${REMEMBERED}')`, [at])
    .orderByRaw('tenders.closes_at nulls last, tenders.drafted_at desc, tenders.id')
    .limit(limit)) as (TenderRow & { republished: boolean; answer_by: Date | null; objection_by: Date | null })[]
  return rows.map((row) => ({ tender: toTender(row), republished: row.republished, answerBy: row.answer_by, objectionBy: row.objection_by }))
}

/** How many of an owner's tenders are drafts, under way, awarded, failed. */
export async function countOwnTenders(db: Database, { ownerId, at }: { ownerId: string; at: Date }): Promise<{ drafts: number; running: number; awarded: number; failed: number }> {
  const states = { drafts: ['draft'], running: ['open', 'suspended', 'closing', 'closed', 'frozen', 'auction', 'opened', 'shortlisted'], awarded: ['publicity', 'awarded'], failed: ['failed', 'cancelled'] } as const
  const sums = Object.entries(states).map(([name, of]) => `cast(count(*) filter (where ${of.map((state) => `(${TENDER_STATES_IN_SQL[state]})`).join(' or ')}) as int) as "${name}"`)
  const row = await tendersWithOutcomes(db).select(db.raw(sums.join(', '), { at } as never)).where('tenders.owner_id', ownerId).first()
  return row as { drafts: number; running: number; awarded: number; failed: number }
}
