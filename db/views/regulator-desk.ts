import type { Database } from '#app/domain/context.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { TenderState } from '#app/domain/tenders/tender.ts'
import { TENDER_STATES_IN_SQL, tendersWithOutcomes } from '../repositories/tenders.ts'

const COUNTED = ['open', 'suspended', 'closing', 'closed', 'frozen', 'auction', 'opened', 'shortlisted', 'publicity', 'awarded', 'failed', 'cancelled'] as const satisfies TenderState[]

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

/** Tenders whose clock owed a step at `since` already and that still stand: nothing of ours should ever be here. */
export async function listStuckTenders(db: Database, { divisionPrefix, since, limit }: { divisionPrefix: string; since: Date; limit: number }): Promise<{ number: string; title: string; closesAt: Date }[]> {
  return db('tenders')
    .leftJoin('tender_closings as closings', 'closings.tender_id', 'tenders.id')
    .whereNotNull('tenders.published_at')
    .whereNull('tenders.settled_at')
    .whereNull('closings.tender_id')
    .whereNotExists(db('open_questions as waiting').whereRaw('waiting.tender_id = tenders.id'))
    .whereNotExists(db('standing_suspensions as held').whereRaw('held.tender_id = tenders.id'))
    .where('tenders.closes_at', '<=', since)
    .whereLike('tenders.division_code', `${divisionPrefix}%`)
    .orderBy([{ column: 'tenders.closes_at' }, { column: 'tenders.id' }])
    .limit(limit)
    .select('tenders.number', 'tenders.title', { closesAt: 'tenders.closes_at' })
}

/** A hold that stopped the clock of an answer before it was over. */
function stoppedBefore(db: Database) {
  return db('standing_suspensions as stopped').whereRaw('stopped.tender_id = tenders.id and stopped.suspended_at < waiting.answer_by')
}

/** Tenders whose owners should have answered a question by now, the longest overdue first. */
export async function listOverdueQuestions(db: Database, { divisionPrefix, at, limit }: { divisionPrefix: string; at: Date; limit: number }): Promise<{ number: string; title: string; answerBy: Date; count: number }[]> {
  return db('open_questions as waiting')
    .join('tenders', 'tenders.id', 'waiting.tender_id')
    .where('waiting.answer_by', '<=', at)
    .whereNotExists(stoppedBefore(db))
    .whereNull('tenders.settled_at')
    .whereLike('tenders.division_code', `${divisionPrefix}%`)
    .orderBy([{ column: 'waiting.answer_by' }, { column: 'tenders.id' }])
    .limit(limit)
    .select('tenders.number', 'tenders.title', { answerBy: 'waiting.answer_by', count: 'waiting.open_questions' })
}

/**
 * Decisions that would put a bidder out of a tender which had closed when they were recorded, and to which no second officer has agreed; not those that
 * the reader recorded. Only while the result does not bind yet.
 */
export async function listSanctionsToAgree(db: Database, { divisionPrefix, accountId, at, on, limit }: { divisionPrefix: string; accountId: string; at: Date; on: Day; limit: number }): Promise<{ id: string; agency: string; number: string; recordedAt: Date; tenders: number }[]> {
  return db('agency_sanctions as s')
    .join('organisations as agency', 'agency.id', 's.agency_id')
    .join('bids', (bid) => bid.on('bids.agency_id', 's.agency_id').andOnNull('bids.withdrawn_at').andOnNull('bids.replaced_at'))
    .join('tender_closings as closed', (closed) => closed.on('closed.tender_id', 'bids.tender_id').andOn('closed.closed_at', '<', 's.recorded_at'))
    .join('tenders', 'tenders.id', 'bids.tender_id')
    .leftJoin('standing_awards as award', 'award.tender_id', 'tenders.id')
    .whereNotExists(db('agency_sanction_agreements as agreed').whereRaw('agreed.sanction_id = s.id'))
    .whereNotExists(db('agency_sanction_lifts as lifts').whereRaw('lifts.sanction_id = s.id'))
    .whereNot('s.recorded_by', accountId)
    .whereLike('agency.division_code', `${divisionPrefix}%`)
    .where('s.from_on', '<=', on)
    .where((ending) => ending.whereNull('s.until_on').orWhere('s.until_on', '>=', on))
    .where((open) => open.whereNull('tenders.settled_at').orWhere('award.publicity_ends_at', '>', at))
    .groupBy('s.id', 'agency.name')
    .orderBy([{ column: 's.recorded_at' }, { column: 's.id' }])
    .limit(limit)
    .select('s.id', 'agency.name as agency', 's.number', 's.recorded_at as recordedAt', db.raw('cast(count(distinct tenders.id) as int) as tenders'))
}

/** Frozen tenders that wait for the shares of an organisation which their publication names, the soonest due first. */
export async function listWaitingForKeys(db: Database, { organisationId, limit }: { organisationId: string; limit: number }): Promise<{ number: string; title: string; frozenAt: Date; releaseBy: Date }[]> {
  const { rows } = await db.raw<{ rows: { number: string; title: string; frozenAt: Date; releaseBy: Date }[] }>(
    `select tender.number, tender.title, pool.frozen_at as "frozenAt", pool.release_by as "releaseBy"
       from draw_pools pool
       join tenders tender on tender.id = pool.tender_id
      cross join lateral jsonb_array_elements(tender.sealing -> 'holders') as named
       join holder_keys key on key.public_key = decode(named ->> 'publicKey', 'hex') and key.organisation_id = :organisationId
      where pool.release_by is not null and tender.settled_at is null
        and not exists (select from tender_openings opening where opening.tender_id = tender.id)
        and not exists (select from tender_cancellations cancelled where cancelled.tender_id = tender.id)
        and not exists (select from standing_suspensions held where held.tender_id = tender.id)
        and not exists (select from share_releases shown where shown.tender_id = tender.id and shown.holder = named ->> 'id')
      order by pool.release_by, tender.id limit :limit`,
    { organisationId, limit },
  )
  return rows
}

/** Tenders whose owners should have answered an objection by now, the longest overdue first. */
export async function listOverdueObjections(db: Database, { divisionPrefix, at, limit }: { divisionPrefix: string; at: Date; limit: number }): Promise<{ number: string; title: string; answerBy: Date; count: number }[]> {
  return db('open_objections as waiting')
    .join('tenders', 'tenders.id', 'waiting.tender_id')
    .where('waiting.answer_by', '<=', at)
    .whereNotExists(stoppedBefore(db))
    .whereLike('tenders.division_code', `${divisionPrefix}%`)
    .orderBy([{ column: 'waiting.answer_by' }, { column: 'tenders.id' }])
    .limit(limit)
    .select('tenders.number', 'tenders.title', { answerBy: 'waiting.answer_by', count: 'waiting.open_objections' })
}

/** Tenders that are held now, what ends first first. */
export async function listHeldTenders(db: Database, { divisionPrefix, limit }: { divisionPrefix: string; limit: number }): Promise<{ number: string; title: string; suspendedAt: Date; until: Date }[]> {
  return db('standing_suspensions as held')
    .join('tenders', 'tenders.id', 'held.tender_id')
    .whereLike('tenders.division_code', `${divisionPrefix}%`)
    .orderBy([{ column: 'held.until' }, { column: 'tenders.id' }])
    .limit(limit)
    .select('tenders.number', 'tenders.title', { suspendedAt: 'held.suspended_at', until: 'held.until' })
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
