import type { Knex } from 'knex'
import type { EarlierPurchase } from '#app/domain/tenders/forecast.ts'

export type Wanted = { ownerId: string; categoryCode: string | null; listingCode: string; year: number }

/**
 * Two purchases that are published at the same moment must see each other: this holds the owner's sum in the
 * category until the transaction ends.
 */
export async function lockYearTotal(trx: Knex.Transaction, { ownerId, categoryCode, listingCode, year }: Wanted): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`purchases:${ownerId}:${categoryCode ?? listingCode}:${year}`])
}

/**
 * What one owner has published in one category since 1 January in Beijing, in fen: a purchase that was split counts as one.
 * A service without a category is added up by its own code.
 */
export async function yearTotalOf(db: Knex, wanted: Wanted): Promise<number> {
  const row = await purchases(db, wanted).sum<{ total: string | number | null }>({ total: 'tenders.ceiling_fen' }).first()
  return Number(row?.total ?? 0)
}

/** Of {@link yearTotalOf}'s sum what agencies were named for directly, with public money: bought without competition it may not be split either (政府采购法实施条例 28). */
export async function directTotalOf(db: Knex, wanted: Wanted): Promise<number> {
  const row = await purchases(db, wanted)
    .join('projects', 'projects.code', 'tenders.project_code')
    .where('tenders.method', 'direct')
    .whereNot('projects.money_source', 'private')
    .sum<{ total: string | number | null }>({ total: 'tenders.ceiling_fen' })
    .first()
  return Number(row?.total ?? 0)
}

/** The purchases behind that sum, the latest first: what an owner is shown before the next one. */
export async function listPurchasesOfTheYear(db: Knex, { limit, ...wanted }: Wanted & { limit: number }): Promise<EarlierPurchase[]> {
  return (await purchases(db, wanted)
    .select({ number: 'tenders.number', title: 'tenders.title', publishedAt: 'tenders.published_at', ceilingFen: 'tenders.ceiling_fen' })
    .orderBy([{ column: 'tenders.published_at', order: 'desc' }, { column: 'tenders.id' }])
    .limit(limit)) as EarlierPurchase[]
}

/** A small list from which nobody is picked yet has not ended. */
const PICKED = 'not exists (select from shortlists where shortlists.tender_id = draws.tender_id and not exists (select from shortlist_picks picks where picks.tender_id = draws.tender_id))'

function purchases(db: Knex, { ownerId, categoryCode, listingCode, year }: Wanted): Knex.QueryBuilder {
  return db('tenders')
    .join('listings', 'listings.id', 'tenders.listing_id')
    .where('tenders.owner_id', ownerId)
    .where('tenders.published_at', '>=', new Date(`${year}-01-01T00:00:00+08:00`))
    .where('tenders.published_at', '<', new Date(`${year + 1}-01-01T00:00:00+08:00`))
    .where(categoryCode === null ? { 'listings.code': listingCode } : { 'listings.category_code': categoryCode })
    // A tender that ended without an award bought nothing, and its republication must not count it again.
    .whereNotExists(db('tender_closings').select(db.raw('1')).whereRaw('tender_closings.tender_id = tenders.id').where('outcome', 'too-few-bidders'))
    .whereNotExists(db('draws').select(db.raw('1')).whereRaw('draws.tender_id = tenders.id').whereRaw('not exists (select from standing_awards as awards where awards.tender_id = draws.tender_id)').whereRaw(PICKED))
    .whereNotExists(db('tender_closings').select(db.raw('1')).whereRaw('tender_closings.tender_id = tenders.id').where('outcome', 'accepted').whereRaw('not exists (select from standing_awards as awards where awards.tender_id = tenders.id)'))
}
