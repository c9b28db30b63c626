import type { Knex } from 'knex'

/** Writes a browser's mark in a tender once for each organisation; the last use counts for how long it is kept. */
export async function saveDeviceMark(trx: Knex.Transaction, { tenderId, organisationId, mark, expiresAt }: { tenderId: string; organisationId: string; mark: Buffer; expiresAt: Date }): Promise<void> {
  await trx('device_marks').insert({ tender_id: tenderId, organisation_id: organisationId, mark, expires_at: expiresAt }).onConflict(['tender_id', 'organisation_id', 'mark']).merge(['expires_at'])
}
