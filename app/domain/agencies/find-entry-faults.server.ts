import { findEntryRecord } from '#db/views/agencies.ts'
import type { Database } from '../context.ts'
import { isReturned } from './agency-state.ts'

/** What stops an agency from a new bid, and nothing that runs. */
export type EntryFault = 'not-committed' | 'check-returned'

/** Why an agency may not newly bid, whatever the service: nobody committed for it, or a formal check waits for its answer. */
export async function findEntryFaults(db: Database, agencyId: string): Promise<EntryFault[]> {
  const record = await findEntryRecord(db, agencyId)
  if (!record) return []
  return [...(record.committedAt ? [] : (['not-committed'] as const)), ...(isReturned(record.check) ? (['check-returned'] as const) : [])]
}
