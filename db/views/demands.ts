import type { Knex } from 'knex'
import type { Database } from '#app/domain/context.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Verdict } from '#app/domain/guard/judgement.ts'

/** One line of a list of demands. `listing` is null where nothing listed matched. */
export type DemandLine = {
  id: string
  ordinal: number
  authority: string
  caseNumber: string | null
  approvalItem: string
  listing: { code: string; name: string } | null
  /** What the officer wrote, or the code that no listing answers to; undefined where the reader may not have it. */
  words?: string | null
  demandedOn: Day
  verdict: Verdict
  reasons: string[]
  decidedAt: Date
  /** What a regulator said that the officer's words mean: it stands in the place of the answer above. */
  reading: Reading | null
}

export type Reading = { id: string; verdict: Verdict; listing: { code: string; name: string } | null }

export type DemandFilter = {
  authorityId?: string
  /** The national code of the project that a demand names. */
  projectCode?: string
  /** A division and everything in it: the digits its codes begin with. */
  divisionPrefix?: string
  verdict?: Verdict
  /** With the officer's own words, for those who may have the whole decision. */
  withWords?: boolean
  /** The ordinal to continue behind. */
  before?: number
  limit: number
}

/** Of `decided`: the officer's words; where a code was given and nothing is listed under it, the code. */
export const DEMANDED_WORDS = `(
  select coalesce(demanded ->> 'text', case when decided.listing_id is null then coalesce(demanded ->> 'material', demanded ->> 'item') end)
    from (select cast(decided.document as jsonb) #> '{demand,demanded}' as demanded) as document)`

/** Of `decided`: a regulator's reading of an officer's words is a decision of its own and no other demand. */
const READ_AS = `(
  select jsonb_build_object('id', answer.id, 'verdict', answer.verdict, 'listing', case when meant.id is not null then jsonb_build_object('code', meant.code, 'name', meant.name) end)
    from word_reviews review join guard_decisions answer on answer.id = review.answer_id left join listings meant on meant.id = answer.listing_id
   where review.decision_id = decided.id)`
export const NO_READING = 'not exists (select from word_reviews review where review.answer_id = decided.id)'
/** The answer that stands: the reading's where there is one. */
const STANDING_VERDICT = `coalesce((select answer.verdict from word_reviews review join guard_decisions answer on answer.id = review.answer_id where review.decision_id = decided.id), decided.verdict)`

/** Each demand of `decided` once, with its reading as `reading`. */
export function onceWithReading(db: Database, query: Knex.QueryBuilder): void {
  void query.whereRaw(NO_READING).select(db.raw(`${READ_AS} as reading`))
}

type Row = Omit<DemandLine, 'listing'> & { listingCode: string | null; listingName: string | null }

/** Demands, newest first, by their ordinal: what arrives meanwhile moves nothing. */
export async function listDemands(db: Database, { authorityId, projectCode, divisionPrefix, verdict, withWords, before, limit }: DemandFilter): Promise<DemandLine[]> {
  const rows = await db('guard_decisions as decided')
    .join('organisations as authority', 'authority.id', 'decided.authority_id')
    .leftJoin('listings', 'listings.id', 'decided.listing_id')
    .select({
      id: 'decided.id',
      ordinal: 'decided.ordinal',
      authority: 'authority.name',
      caseNumber: 'decided.case_number',
      approvalItem: 'decided.approval_item',
      listingCode: 'listings.code',
      listingName: 'listings.name',
      demandedOn: 'decided.demanded_on',
      verdict: 'decided.verdict',
      reasons: 'decided.reasons',
      decidedAt: 'decided.decided_at',
    })
    .modify((query) => onceWithReading(db, query))
    .modify((query) => withWords && query.select(db.raw(`${DEMANDED_WORDS} as words`)))
    .modify((query) => authorityId && query.where('decided.authority_id', authorityId))
    .modify((query) => projectCode && query.where('decided.project_code', projectCode))
    .modify((query) => divisionPrefix && query.whereLike('decided.division_code', `${divisionPrefix}%`))
    .modify((query) => verdict && query.whereRaw(`${STANDING_VERDICT} = ?`, [verdict]))
    .modify((query) => before !== undefined && query.where('decided.ordinal', '<', before))
    .orderBy('decided.ordinal', 'desc')
    .limit(limit)
  return (rows as Row[]).map(({ listingCode, listingName, ...line }) => ({ ...line, listing: listingCode === null ? null : { code: listingCode, name: listingName! } }))
}

/** The name of the authority behind a decision, and its approval item where that is one of ours and not somebody's own words. */
export async function findAuthorityName(db: Database, { authorityId, approvalItem }: { authorityId: string; approvalItem: string }): Promise<{ name: string; knownItem: string | null }> {
  const row = await db('organisations')
    .leftJoin('approval_items', (join) => join.on('approval_items.name', db.raw('?', [approvalItem])))
    .select({ name: 'organisations.name', knownItem: 'approval_items.name' })
    .where('organisations.id', authorityId)
    .first()
  return row as { name: string; knownItem: string | null }
}

export type DemandFigures = { verdicts: Record<Verdict, number>; reasons: { code: string; count: number }[]; since: Date | null }

/** How many demands got which answer, and how often each reason applied, in one query. Words that a regulator has read count by the reading, on the day of the demand. */
export async function countDemands(db: Database, { divisionPrefix, from }: { divisionPrefix?: string; from?: Date }): Promise<DemandFigures> {
  const { rows } = await db.raw(
    `with counted as materialized (
       select coalesce(answer.verdict, decided.verdict) as verdict, coalesce(answer.reasons, decided.reasons) as reasons, decided.decided_at from guard_decisions decided
       left join word_reviews read on read.decision_id = decided.id
       left join guard_decisions answer on answer.id = read.answer_id
       where (cast(:prefix as text) is null or decided.division_code like cast(:prefix as text) || '%') and (cast(:from as timestamptz) is null or decided.decided_at >= :from)
         and ${NO_READING}
     )
     select
       coalesce((select jsonb_object_agg(verdict, n) from (select verdict, count(*) as n from counted group by verdict) by_verdict), '{}') as verdicts,
       coalesce((
         select jsonb_agg(jsonb_build_object('code', code, 'count', n) order by n desc, code)
         from (select reason as code, count(*) as n from counted, unnest(reasons) as reason group by reason) by_reason
       ), '[]') as reasons,
       (select min(decided_at) from counted) as since`,
    { prefix: divisionPrefix ?? null, from: from ?? null } as never,
  )
  const [row] = rows
  return { verdicts: { refused: 0, 'needs-facts': 0, allowed: 0, ...row.verdicts }, reasons: row.reasons, since: row.since }
}
