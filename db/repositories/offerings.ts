import type { Knex } from 'knex'
import type { Offering, OfferingState } from '#app/domain/agencies/offering.ts'

type Row = {
  id: string
  agency_id: string
  listing_id: string
  listing_code: string
  conditions: string
  process: string
  promised_days: number
  fee: string
  service_divisions: string[]
  offered_at: Date
  withdrawn_at: Date | null
  replaces: string | null
}

/** Writes an offering; false when the agency offers this service already. */
export async function insertOffering(trx: Knex.Transaction, offering: Offering): Promise<boolean> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into offerings (id, agency_id, listing_id, listing_code, conditions, process, promised_days, fee, service_divisions, offered_at, replaces)
     values (:id, :agencyId, :listingId, :listingCode, :conditions, :process, :promisedDays, :fee, :serviceDivisions, :offeredAt, :replaces)
     on conflict (agency_id, listing_code) where withdrawn_at is null do nothing`,
    { ...offering, serviceDivisions: offering.serviceDivisions },
  )
  return rowCount === 1
}

/** An agency's offering that stands, held for change. */
export async function lockOffering(trx: Knex.Transaction, { id, agencyId }: { id: string; agencyId: string }): Promise<Offering | undefined> {
  const row = await trx<Row>('offerings').where({ id, agency_id: agencyId }).whereNull('withdrawn_at').forUpdate().first()
  return row && toOffering(row)
}

/** After {@link lockOffering}. One that is edited is withdrawn too; its new version names it, and so it has not left the market. */
export async function saveWithdrawal(trx: Knex.Transaction, id: string, at: Date): Promise<void> {
  await trx<Row>('offerings').where({ id }).update({ withdrawn_at: at })
}

/** The twin of `offeringStateOf`, over `offerings as f`: a version that another one replaces is not withdrawn from the market. */
export const OFFERING_STATES_IN_SQL: Record<OfferingState, string> = {
  standing: 'f.withdrawn_at is null',
  replaced: 'f.withdrawn_at is not null and exists (select from offerings newer where newer.replaces = f.id)',
  withdrawn: 'f.withdrawn_at is not null and not exists (select from offerings newer where newer.replaces = f.id)',
}

function toOffering(row: Row): Offering {
  return {
    id: row.id,
    agencyId: row.agency_id,
    listingId: row.listing_id,
    listingCode: row.listing_code,
    conditions: row.conditions,
    process: row.process,
    promisedDays: row.promised_days,
    fee: row.fee,
    serviceDivisions: row.service_divisions,
    offeredAt: row.offered_at,
    withdrawnAt: row.withdrawn_at,
    replaces: row.replaces,
  }
}
