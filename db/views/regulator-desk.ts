import type { Database } from '#app/domain/context.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { TenderState } from '#app/domain/tenders/tender.ts'
import { TENDER_STATES_IN_SQL, tendersWithOutcomes } from '../repositories/tenders.ts'

const COUNTED = ['open', 'closing', 'closed', 'frozen', 'publicity', 'awarded', 'failed'] as const satisfies TenderState[]

/** How many published tenders of a division are in which state at an instant; states without any are left out. */
export async function countTenders(db: Database, { divisionPrefix, at }: { divisionPrefix: string; at: Date }): Promise<{ state: TenderState; count: number }[]> {
  const sums = COUNTED.map((state) => `count(*) filter (where ${TENDER_STATES_IN_SQL[state]}) as "${state}"`).join(', ')
  const row = await tendersWithOutcomes(db)
    .select(db.raw(sums, { at }))
    .whereNotNull('tenders.published_at')
    .whereLike('tenders.division_code', `${divisionPrefix}%`)
    .first()
  return COUNTED.map((state) => ({ state, count: Number(row?.[state] ?? 0) })).filter(({ count }) => count > 0)
}

/** The version of the list that holds in the nearest division on a day. */
export async function findCurrentVersion(db: Database, { divisions, on }: { divisions: string[]; on: Day }): Promise<{ number: number; effectiveOn: Day } | null> {
  const row = await db('catalogue_versions')
    .select({ number: 'number', effectiveOn: 'effective_on' })
    .whereIn('division_code', divisions)
    .where('effective_on', '<=', on)
    .orderBy([{ column: 'division_code', order: 'desc' }, { column: 'number', order: 'desc' }])
    .first()
  return (row as { number: number; effectiveOn: Day } | undefined) ?? null
}
