import type { Database } from '#app/domain/context.ts'
import type { Gap, Spell } from '#app/domain/tenders/outage.ts'
import type { Knex } from 'knex'

/**
 * A web says that it serves: its spell grows, or a new one begins after a silence.
 *
 * @param silence the longest break, in milliseconds, that does not end a spell
 */
export async function recordBeat(db: Database, { process, at, silence }: { process: string; at: Date; silence: number }): Promise<void> {
  const grown = await db('service_spells').where({ process }).where('beat_at', '>=', new Date(at.getTime() - silence)).where('beat_at', '<=', at).update({ beat_at: at })
  if (!grown) await db('service_spells').insert({ process, began_at: at, beat_at: at }).onConflict().ignore()
}

/** The spells that reach into the time from `since` on, with the last one before it: a gap may have begun there. */
export async function listSpells(db: Database, since: Date): Promise<Spell[]> {
  const rows = (await db('service_spells')
    .where('beat_at', '>=', since)
    .orWhere('beat_at', '=', db('service_spells').where('beat_at', '<', since).max('beat_at'))
    .orderBy('began_at')
    .select('began_at', 'beat_at')) as { began_at: Date; beat_at: Date }[]
  return rows.map(({ began_at: began, beat_at: beat }) => ({ began, beat }))
}

/** Since when anybody has measured, if anybody has. */
export async function findFirstBeat(db: Database): Promise<Date | null> {
  return ((await db('service_spells').min('began_at as first').first()) as { first: Date | null }).first
}

export type Claim = { id: string; divisionCode: string; gap: Gap; reason: string; proposedAt: Date; proposedBy: string; approvedAt: Date | null }

const CLAIM = ['claims.id', 'claims.division_code', 'claims.gap_from', 'claims.gap_until', 'claims.reason', 'claims.proposed_at', 'claims.proposed_by', 'approvals.approved_at']
const toClaim = (row: { id: string; division_code: string; gap_from: Date; gap_until: Date; reason: string; proposed_at: Date; proposed_by: string; approved_at: Date | null }): Claim => ({ id: row.id, divisionCode: row.division_code, gap: { from: row.gap_from, until: row.gap_until }, reason: row.reason, proposedAt: row.proposed_at, proposedBy: row.proposed_by, approvedAt: row.approved_at })

/** Claims of a division that wait for a second operator, the longest waiting first. */
export async function listWaitingClaims(db: Database, { divisionCode, limit }: { divisionCode: string; limit: number }): Promise<Claim[]> {
  return ((await db('outage_claims as claims').leftJoin('outage_approvals as approvals', 'approvals.claim_id', 'claims.id').where('claims.division_code', divisionCode).whereNull('approvals.claim_id').orderBy(['claims.proposed_at', 'claims.id']).limit(limit).select(CLAIM)) as Parameters<typeof toClaim>[0][]).map(toClaim)
}

/** Claims of an outage, the newest first. */
export async function listClaims(db: Database, { since, limit }: { since: Date; limit: number }): Promise<Claim[]> {
  return ((await db('outage_claims as claims').leftJoin('outage_approvals as approvals', 'approvals.claim_id', 'claims.id').where('claims.proposed_at', '>=', since).orderBy([{ column: 'claims.proposed_at', order: 'desc' }, { column: 'claims.id' }]).limit(limit).select(CLAIM)) as Parameters<typeof toClaim>[0][]).map(toClaim)
}

/** Holds a claim until the transaction ends, so that of two approvals at once the second sees the first. */
export async function lockClaim(trx: Knex.Transaction, id: string): Promise<Claim | undefined> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`outage:${id}`])
  const row = (await trx('outage_claims as claims').leftJoin('outage_approvals as approvals', 'approvals.claim_id', 'claims.id').where('claims.id', id).first(CLAIM)) as Parameters<typeof toClaim>[0] | undefined
  return row && toClaim(row)
}

/** An operator's word that the site was out, for a second one to approve: it moves nothing. The gap is over when it is proposed, else the table refuses it. */
export async function insertClaim(trx: Knex.Transaction, claim: Omit<Claim, 'approvedAt'> & { ledgerEntryId: string }): Promise<void> {
  await trx('outage_claims').insert({ id: claim.id, division_code: claim.divisionCode, gap_from: claim.gap.from, gap_until: claim.gap.until, reason: claim.reason, proposed_at: claim.proposedAt, proposed_by: claim.proposedBy, ledger_entry_id: claim.ledgerEntryId })
}

/** After {@link lockClaim}, once; the table refuses an approval by whoever proposed it. */
export async function insertApproval(trx: Knex.Transaction, { claimId, at, by, ledgerEntryId }: { claimId: string; at: Date; by: string; ledgerEntryId: string }): Promise<void> {
  await trx('outage_approvals').insert({ claim_id: claimId, approved_at: at, approved_by: by, ledger_entry_id: ledgerEntryId })
}

/** The open tenders of a division and below whose deadlines come after `at`, in the order in which they are held. */
export async function listOpenIn(db: Database, { divisionPrefix, at }: { divisionPrefix: string; at: Date }): Promise<string[]> {
  return db('tenders').whereNotNull('published_at').whereNull('settled_at').where('closes_at', '>', at).whereLike('division_code', `${divisionPrefix}%`).orderBy('id').pluck('id')
}
