import type { Database } from '#app/domain/context.ts'
import type { Json } from '#app/domain/ledger/canonical.ts'

/** One line of the house's own diary, for acts that bind nobody outside and so are not in the ledger. */
export type Audit = { at: Date; accountId: string | null; organisationId: string | null; clientId?: string; act: string; subject: string; details?: Json; traceId: string }

/** In the transaction of the act, so that one is not without the other. The account is null where a machine or the clockwork acted. Never changed. */
export async function insertAudit(db: Database, { at, accountId, organisationId, clientId, act, subject, details = {}, traceId }: Audit): Promise<void> {
  await db('audits').insert({ at, account_id: accountId, organisation_id: organisationId, client_id: clientId ?? null, act, subject, details: JSON.stringify(details), trace_id: traceId })
}
