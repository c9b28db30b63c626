import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import { tenderNumber, type Tender, type TenderState, type TenderStep } from '#app/domain/tenders/tender.ts'
import { toTender, type TenderRow } from './tender-row.ts'
import { toRow } from './tender-to-row.ts'

const PUBLISHED = 'tenders.published_at is not null'
const ENDED = `(cancellations.tender_id is not null and (not cancellations.after_value or draws.tender_id is not null or coalesce(openings.outcome, '') = 'too-few-valid'))`
const RUNS = `${PUBLISHED} and suspensions.tender_id is null and not ${ENDED}`
const PAST = `${RUNS} and tenders.closes_at <= :at`

/**
 * The twins of `TENDER_STATES` in SQL, over {@link tendersWithOutcomes}; tests/db/tender-states.test.ts walks both.
 * The only binding is `:at`.
 */
export const TENDER_STATES_IN_SQL: Record<TenderState, string> = {
  draft: 'tenders.published_at is null and tenders.discarded_at is null',
  discarded: 'tenders.published_at is null and tenders.discarded_at is not null',
  suspended: `${PUBLISHED} and suspensions.tender_id is not null`,
  open: `${RUNS} and tenders.closes_at > :at`,
  closing: `${PAST} and closings.tender_id is null`,
  closed: `${PAST} and closings.outcome in ('to-draw', 'to-open', 'to-auction') and pools.tender_id is null`,
  frozen: `${PAST} and pools.tender_id is not null and openings.tender_id is null and draws.tender_id is null and (auctions.tender_id is null or auctions.starts_at > :at)`,
  auction: `${PAST} and auctions.starts_at <= :at and openings.tender_id is null`,
  opened: `${PAST} and openings.outcome = 'to-rank' and draws.tender_id is null`,
  shortlisted: `${PAST} and shortlists.tender_id is not null and picks.tender_id is null`,
  publicity: `${PAST} and awards.tender_id is not null and (awards.publicity_ends_at > :at or objecting.tender_id is not null)`,
  awarded: `${PAST} and awards.publicity_ends_at <= :at and objecting.tender_id is null`,
  failed: `${PAST} and cancellations.tender_id is null and (closings.outcome = 'too-few-bidders' or openings.outcome = 'too-few-valid' or ((draws.tender_id is not null and (shortlists.tender_id is null or picks.tender_id is not null) or closings.outcome = 'accepted') and awards.tender_id is null))`,
  cancelled: `${PUBLISHED} and suspensions.tender_id is null and ${ENDED}`,
}

/** By name and not as a star: a plan that a connection keeps must go on answering while a migration adds a column. */
const ownColumns = ['id', 'number', 'owner_id', 'project_code', 'listing_id', 'division_code', 'title', 'requirements', 'contact', 'deliverables', 'service_days', 'ceiling_fen', 'method', 'quote_rule', 'tie_rule', 'two_keys', 'auction_rule', 'conditions', 'shortlist_sizes', 'merit', 'named_agency_id', 'direct_reason', 'republishes_id', 'copied_from_id', 'drafted_at', 'drafted_by', 'changed_at', 'version', 'handed_over_at', 'handed_over_by', 'discarded_at', 'published_at', 'published_by', 'closes_at', 'questions_until', 'draws_after', 'announce_by', 'procedure', 'clearance', 'draw_source', 'draw_commitment', 'sealing', 'published_entry_id'] as const satisfies readonly (keyof TenderRow)[]

/** What {@link toTender} reads. */
export const tenderColumns = [...ownColumns.map((name) => `tenders.${name}`), 'closings.closed_at', 'closings.outcome', 'closings.eligible', 'closings.excluded', 'pools.frozen_at', 'pools.release_by', 'released.releases', 'auctions.starts_at as auction_starts_at', 'auctions.ends_at as auction_ends_at', 'further.spans as further_spans', 'openings.opened_at', 'openings.decides_after', 'openings.explain_until', 'openings.outcome as opening_outcome', 'openings.valid', 'openings.invalid', 'judging.declared', 'judging.committed', 'judging.sheets_due', 'judging.silent_due', 'reveals.revealed_at', 'reveals.decides_after as reveal_decides_after', 'values.taken_at as beacon_at', 'draws.drawn_at', 'shortlists.pick_by', 'picks.picked_at', 'waiting.open_questions', 'objecting.open_objections', 'cancellations.cancelled_at', 'cancellations.after_value', 'suspensions.suspended_at', 'suspensions.until as suspended_until', 'awards.awarded_at', 'awards.publicity_ends_at', 'awards.decline_until', 'awards.objections_until']

/** Small lists with the end of their owner's time: the draw's own instant, later by what the regulator's holds took of it. */
const SHORTLISTS = `lateral (
    select listed.tender_id, listed.pick_by + (
             select coalesce(sum(paused.ended_at - paused.suspended_at), interval '0')
               from (tender_suspensions join suspension_endings using (tender_id, ordinal)) as paused
               join draws as drawn on drawn.tender_id = paused.tender_id
               left join shortlist_picks as picked on picked.tender_id = paused.tender_id
              where paused.tender_id = listed.tender_id and paused.suspended_at >= drawn.drawn_at and (picked.picked_at is null or paused.suspended_at < picked.picked_at)
           ) as pick_by
      from shortlists listed where listed.tender_id = tenders.id
  ) as shortlists on true`

/** The rows that say what became of a tender, beside it, under the names that the states are written in. */
export const WITH_OUTCOMES = `
  left join tender_closings as closings on closings.tender_id = tenders.id
  left join draw_pools as pools on pools.tender_id = tenders.id
  left join released_shares as released on released.tender_id = tenders.id
  left join tender_auctions as auctions on auctions.tender_id = tenders.id
  left join further_rounds as further on further.tender_id = tenders.id
  left join tender_openings as openings on openings.tender_id = tenders.id
  left join tender_judging as judging on judging.tender_id = tenders.id
  left join sheet_reveals as reveals on reveals.tender_id = tenders.id
  left join tender_beacons as values on values.tender_id = tenders.id
  left join draws on draws.tender_id = tenders.id
  left join ${SHORTLISTS}
  left join shortlist_picks as picks on picks.tender_id = tenders.id
  left join open_questions as waiting on waiting.tender_id = tenders.id
  left join open_objections as objecting on objecting.tender_id = tenders.id
  left join tender_cancellations as cancellations on cancellations.tender_id = tenders.id
  left join standing_suspensions as suspensions on suspensions.tender_id = tenders.id
  left join standing_awards as awards on awards.tender_id = tenders.id`

/** Every tender beside the rows that say what became of it. */
export function tendersWithOutcomes(db: Database): Knex.QueryBuilder {
  return db('tenders').joinRaw(WITH_OUTCOMES)
}

/** Read at every step of a tender, and ten times longer to plan than to find: so each connection keeps the statement prepared. */
export async function findTender(db: Database, key: { id: string } | { number: string }): Promise<Tender | undefined> {
  const row = (await tendersWithOutcomes(db).select(tenderColumns).where(keyOf(key)).first().options({ name: 'id' in key ? 'tender-by-id' : 'tender-by-number' })) as TenderRow | undefined
  return row && toTender(row)
}

/**
 * Holds a tender until the transaction ends, then reads it: bids share the hold, the clock's steps take it alone.
 * The outcome rows are read after the lock is held, since somebody else may have written them while we waited.
 */
export async function lockTender(trx: Knex.Transaction, key: { id: string } | { number: string }, hold: 'share' | 'alone' = 'alone'): Promise<Tender | undefined> {
  const held = trx('tenders').select('id').where(keyOf(key))
  const row = (await (hold === 'share' ? held.forShare() : held.forUpdate()).first().options({ name: `hold-tender-${hold}-by-${'id' in key ? 'id' : 'number'}` })) as { id: string } | undefined
  return row && findTender(trx, { id: row.id })
}

/** A draft under an id that was made for it; where a form was handed the id, {@link insertDraft} writes it. */
export async function insertTender(trx: Knex.Transaction, tender: Tender): Promise<void> {
  await trx('tenders').insert(toRow(tender))
}

/** Writes a draft under the id that its form was handed; false where a first click has written it already. */
export async function insertDraft(trx: Knex.Transaction, tender: Tender): Promise<boolean> {
  return (await trx('tenders').insert(toRow(tender)).onConflict('id').ignore().returning('id')).length === 1
}

/** What follows a failed tender: its one republication, a draft without a number or published. */
export async function findRepublication(db: Database, republishesId: string): Promise<{ id: string; number: string | null } | undefined> {
  return db('tenders').select('id', 'number').where({ republishes_id: republishesId }).whereNull('discarded_at').first()
}

/** Writes what may change in a tender's own row: the draft saved again, handed over, thrown away, or published. */
export async function saveTender(trx: Knex.Transaction, tender: Tender): Promise<void> {
  const { id: _id, ...changed } = toRow(tender)
  await trx('tenders').where({ id: tender.id }).update(changed)
}

/** Notes that the clock owes this tender nothing more, in the transaction of the row that ended it. */
export async function settleTender(trx: Knex.Transaction, id: string, at: Date): Promise<void> {
  await trx('tenders').where({ id }).update({ settled_at: at })
}

/** Notes that a result's lateness was told; false where that was noted before. */
export async function markOverdueTold(trx: Knex.Transaction, id: string, at: Date): Promise<boolean> {
  return (await trx('tenders').where({ id }).whereNull('overdue_told_at').update({ overdue_told_at: at })) > 0
}

/** The next number of a division and a Beijing year. Publications of one division take turns here; one that fails gives its number back. */
export async function nextTenderNumber(trx: Knex.Transaction, divisionCode: string, year: number): Promise<string> {
  const { rows } = await trx.raw<{ rows: [{ last: number }] }>(
    `insert into tender_numbers (division_code, year, last) values (?, ?, 1)
     on conflict (division_code, year) do update set last = tender_numbers.last + 1 returning last`,
    [divisionCode, year],
  )
  return tenderNumber(divisionCode, year, rows[0].last)
}

/** A step that the clock owes, and since when. */
export type DueStep = { id: string; number: string; step: TenderStep; due: Date }

/**
 * What the clock owes at an instant, oldest first. One query over the index of unsettled tenders: what ended long ago
 * is never looked at, and what waits for an answer is not owed.
 */
export async function listDueSteps(db: Database, at: Date, limit: number): Promise<DueStep[]> {
  const { rows } = await db.raw<{ rows: DueStep[] }>(
    `select tenders.id, tenders.number,
            case when held.tender_id is not null then 'resume' when closings.tender_id is null then 'close' when pools.tender_id is null then 'freeze' when shortlists.tender_id is not null then 'pick' when tenders.sealing is null and auctions.tender_id is null then 'draw' when openings.tender_id is null then case when auctions.tender_id is null then 'open' else 'end' end when tenders.merit is null or reveals.tender_id is not null then 'rank' when judging.silent_due <= :at then 'report' else 'reveal' end as step,
            case when held.tender_id is not null then held.until when closings.tender_id is null then tenders.closes_at when pools.tender_id is null then closings.closed_at when shortlists.tender_id is not null then shortlists.pick_by when tenders.sealing is null and auctions.tender_id is null then tenders.draws_after when openings.tender_id is null then coalesce(auctions.ends_at, pools.frozen_at) when tenders.merit is null or reveals.tender_id is not null then greatest(reveals.decides_after, openings.decides_after, openings.explain_until) when judging.silent_due <= :at then judging.silent_due else judging.sheets_due end as due
       from tenders
       left join standing_suspensions as held on held.tender_id = tenders.id
       left join tender_closings as closings on closings.tender_id = tenders.id
       left join draw_pools as pools on pools.tender_id = tenders.id
       left join tender_auctions as auctions on auctions.tender_id = tenders.id
       left join tender_openings as openings on openings.tender_id = tenders.id
       left join ${SHORTLISTS}
       left join tender_judging as judging on judging.tender_id = tenders.id
       left join sheet_reveals as reveals on reveals.tender_id = tenders.id
       left join tender_beacons as values on values.tender_id = tenders.id
       left join released_shares as released on released.tender_id = tenders.id
      where tenders.published_at is not null
        and case when held.tender_id is not null then held.until <= :at else tenders.settled_at is null and tenders.closes_at <= :at
        and (pools.tender_id is null or case when shortlists.tender_id is not null then shortlists.pick_by <= :at
                                             when tenders.sealing is null and auctions.tender_id is null then tenders.draws_after <= :at and (tenders.draw_source = 'local' or values.tender_id is not null)
                                             when openings.tender_id is null then case when auctions.tender_id is null then (tenders.merit is null or judging.declared >= (tenders.merit ->> 'judges')::int) and coalesce(released.releases, 0) + 1 >= coalesce(cast(tenders.sealing ->> 'threshold' as int), 0) else auctions.ends_at <= :at end
                                             when tenders.merit is null or reveals.tender_id is not null then greatest(reveals.decides_after, openings.decides_after, openings.explain_until) <= :at and (tenders.draw_source = 'local' or values.tender_id is not null)
                                             else judging.silent_due <= :at or (judging.committed >= (tenders.merit ->> 'judges')::int and judging.sheets_due <= :at) end)
        and (closings.tender_id is not null or not exists (select from tender_questions questions where questions.tender_id = tenders.id and questions.answered_at is null)) end
        and (tenders.settled_at is null or held.tender_id is not null)
      order by tenders.closes_at, tenders.id
      limit :limit`,
    { at, limit },
  ).options({ name: 'due-steps' })
  return rows
}

function keyOf(key: { id: string } | { number: string }): Record<string, string> {
  return 'id' in key ? { 'tenders.id': key.id } : { 'tenders.number': key.number }
}
