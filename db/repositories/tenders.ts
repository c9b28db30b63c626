import type { Knex } from 'knex'
import type { ClearanceGrounds } from '#app/domain/guard/clearance.ts'
import type { Database } from '#app/domain/context.ts'
import { Procedure } from '#app/domain/tenders/procedure.ts'
import { tenderNumber, type ClosingOutcome, type Method, type Tender, type TenderState, type TenderStep } from '#app/domain/tenders/tender.ts'

export type TenderRow = {
  id: string
  number: string | null
  owner_id: string
  project_code: string
  listing_id: string
  division_code: string
  title: string
  requirements: string
  contact: string
  deliverables: string
  service_days: number
  ceiling_fen: number
  method: Method
  named_agency_id: string | null
  direct_reason: string
  republishes_id: string | null
  copied_from_id: string | null
  drafted_at: Date
  drafted_by: string | null
  changed_at: Date | null
  version: number
  handed_over_at: Date | null
  handed_over_by: string | null
  discarded_at: Date | null
  published_at: Date | null
  published_by: string | null
  closes_at: Date | null
  questions_until: Date | null
  draws_after: Date | null
  procedure: unknown
  clearance: ClearanceGrounds<'publish:tender'> | null
  draw_source: 'local' | null
  draw_commitment: Buffer | null
  published_entry_id: string | null
  closed_at: Date | null
  outcome: ClosingOutcome | null
  eligible: number | null
  excluded: number | null
  frozen_at: Date | null
  drawn_at: Date | null
  open_questions: number | null
  awarded_at: Date | null
  publicity_ends_at: Date | null
  decline_until: Date | null
}

const PUBLISHED = 'tenders.published_at is not null'
const PAST = `${PUBLISHED} and tenders.closes_at <= :at`

/**
 * The twins of `TENDER_STATES` in SQL, over {@link tendersWithOutcomes}; tests/db/tender-states.test.ts walks both.
 * The only binding is `:at`.
 */
export const TENDER_STATES_IN_SQL: Record<TenderState, string> = {
  draft: 'tenders.published_at is null and tenders.discarded_at is null',
  discarded: 'tenders.published_at is null and tenders.discarded_at is not null',
  open: `${PUBLISHED} and tenders.closes_at > :at`,
  closing: `${PAST} and closings.tender_id is null`,
  closed: `${PAST} and closings.outcome = 'to-draw' and pools.tender_id is null`,
  frozen: `${PAST} and pools.tender_id is not null and draws.tender_id is null`,
  publicity: `${PAST} and awards.publicity_ends_at > :at`,
  awarded: `${PAST} and awards.publicity_ends_at <= :at`,
  failed: `${PAST} and (closings.outcome = 'too-few-bidders' or ((draws.tender_id is not null or closings.outcome = 'accepted') and awards.tender_id is null))`,
}

/** What {@link toTender} reads. */
export const tenderColumns = ['tenders.*', 'closings.closed_at', 'closings.outcome', 'closings.eligible', 'closings.excluded', 'pools.frozen_at', 'draws.drawn_at', 'waiting.open_questions', 'awards.awarded_at', 'awards.publicity_ends_at', 'awards.decline_until']

/** Every tender beside the rows that say what became of it. */
export function tendersWithOutcomes(db: Database): Knex.QueryBuilder {
  return db('tenders')
    .leftJoin('tender_closings as closings', 'closings.tender_id', 'tenders.id')
    .leftJoin('draw_pools as pools', 'pools.tender_id', 'tenders.id')
    .leftJoin('draws', 'draws.tender_id', 'tenders.id')
    .leftJoin('open_questions as waiting', 'waiting.tender_id', 'tenders.id')
    .leftJoin('standing_awards as awards', 'awards.tender_id', 'tenders.id')
}

export async function findTender(db: Database, key: { id: string } | { number: string }): Promise<Tender | undefined> {
  const row = (await tendersWithOutcomes(db).select(tenderColumns).where(keyOf(key)).first()) as TenderRow | undefined
  return row && toTender(row)
}

/**
 * Holds a tender until the transaction ends, then reads it: bids share the hold, the clock's steps take it alone.
 * The outcome rows are read after the lock is held, since somebody else may have written them while we waited.
 */
export async function lockTender(trx: Knex.Transaction, key: { id: string } | { number: string }, hold: 'share' | 'alone' = 'alone'): Promise<Tender | undefined> {
  const held = trx('tenders').select('id').where(keyOf(key))
  const row = (await (hold === 'share' ? held.forShare() : held.forUpdate()).first()) as { id: string } | undefined
  return row && findTender(trx, { id: row.id })
}

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
            case when closings.tender_id is null then 'close' when pools.tender_id is null then 'freeze' else 'draw' end as step,
            case when closings.tender_id is null then tenders.closes_at when pools.tender_id is null then closings.closed_at else tenders.draws_after end as due
       from tenders
       left join tender_closings as closings on closings.tender_id = tenders.id
       left join draw_pools as pools on pools.tender_id = tenders.id
      where tenders.published_at is not null and tenders.settled_at is null and tenders.closes_at <= :at
        and (pools.tender_id is null or tenders.draws_after <= :at)
        and (closings.tender_id is not null or not exists (select from tender_questions questions where questions.tender_id = tenders.id and questions.answered_at is null))
      order by tenders.closes_at, tenders.id
      limit :limit`,
    { at, limit },
  )
  return rows
}

function keyOf(key: { id: string } | { number: string }): Record<string, string> {
  return 'id' in key ? { 'tenders.id': key.id } : { 'tenders.number': key.number }
}

export function toTender(row: TenderRow): Tender {
  return {
    id: row.id,
    ownerId: row.owner_id,
    projectCode: row.project_code,
    listingId: row.listing_id,
    divisionCode: row.division_code,
    title: row.title,
    requirements: row.requirements,
    contact: row.contact,
    deliverables: row.deliverables,
    serviceDays: row.service_days,
    ceilingFen: row.ceiling_fen,
    method: row.method,
    namedAgencyId: row.named_agency_id,
    directReason: row.direct_reason,
    republishesId: row.republishes_id,
    copiedFromId: row.copied_from_id,
    draftedAt: row.drafted_at,
    draftedBy: row.drafted_by,
    // Drafts that were written before savings were counted changed last when they were written.
    changedAt: row.changed_at ?? row.drafted_at,
    version: row.version,
    handedOver: row.handed_over_at && { at: row.handed_over_at, by: row.handed_over_by! },
    discardedAt: row.discarded_at,
    publication: row.published_at && {
      number: row.number!,
      publishedAt: row.published_at,
      publishedBy: row.published_by,
      closesAt: row.closes_at!,
      questionsUntil: row.questions_until,
      drawsAfter: row.draws_after,
      procedure: Procedure.parse(row.procedure),
      clearance: row.clearance!,
      drawSource: row.draw_source,
      drawCommitment: row.draw_commitment?.toString('hex') ?? null,
    },
    publicationEntry: row.published_entry_id,
    closing: row.closed_at && { closedAt: row.closed_at, outcome: row.outcome!, eligible: row.eligible!, excluded: row.excluded! },
    frozenAt: row.frozen_at,
    drawnAt: row.drawn_at,
    openQuestions: row.open_questions ?? 0,
    awardedAt: row.awarded_at,
    publicityEndsAt: row.publicity_ends_at,
    declineUntil: row.decline_until,
  }
}

function toRow(tender: Tender) {
  const { publication } = tender
  return {
    id: tender.id,
    number: publication?.number ?? null,
    owner_id: tender.ownerId,
    project_code: tender.projectCode,
    listing_id: tender.listingId,
    division_code: tender.divisionCode,
    title: tender.title,
    requirements: tender.requirements,
    contact: tender.contact,
    deliverables: tender.deliverables,
    service_days: tender.serviceDays,
    ceiling_fen: tender.ceilingFen,
    method: tender.method,
    named_agency_id: tender.namedAgencyId,
    direct_reason: tender.directReason,
    republishes_id: tender.republishesId,
    copied_from_id: tender.copiedFromId,
    drafted_at: tender.draftedAt,
    drafted_by: tender.draftedBy,
    changed_at: tender.changedAt,
    version: tender.version,
    handed_over_at: tender.handedOver?.at ?? null,
    handed_over_by: tender.handedOver?.by ?? null,
    discarded_at: tender.discardedAt,
    published_at: publication?.publishedAt ?? null,
    published_by: publication?.publishedBy ?? null,
    closes_at: publication?.closesAt ?? null,
    questions_until: publication?.questionsUntil ?? null,
    draws_after: publication?.drawsAfter ?? null,
    procedure: publication ? JSON.stringify(publication.procedure) : null,
    clearance: publication ? JSON.stringify(publication.clearance) : null,
    draw_source: publication?.drawSource ?? null,
    draw_commitment: publication?.drawCommitment ? Buffer.from(publication.drawCommitment, 'hex') : null,
    published_entry_id: tender.publicationEntry,
  }
}
