import { findEntryRecord } from '#db/views/agencies.ts'
import { isRefusal } from '../refusal.ts'
import type { Database } from '../context.ts'
import { isReturned } from './agency-state.ts'
import { mustHoldWhatIsNeeded } from './needed-qualifications.server.ts'

/** What stops an agency from a new bid, and nothing that runs. */
export type EntryFault = 'not-committed' | 'check-returned' | 'qualification-expired' | 'qualification-missing'

/** Why an agency may not newly bid for a listed service: nobody committed for it, a formal check waits for its answer, its certificate ran out. */
export async function findEntryFaults(db: Database, { agencyId, listingId, divisionCode, at }: { agencyId: string; listingId: string; divisionCode: string; at: Date }): Promise<EntryFault[]> {
  const record = await findEntryRecord(db, { agencyId, listingId })
  if (!record) return []
  const faults: EntryFault[] = []
  if (!record.committedAt) faults.push('not-committed')
  if (isReturned(record.check)) faults.push('check-returned')
  try {
    await mustHoldWhatIsNeeded(db, { agencyId, categoryCode: record.categoryCode, divisionCode, at })
  } catch (error) {
    if (!isRefusal(error)) throw error
    faults.push(error.code === 'agencies.qualification-expired' ? 'qualification-expired' : 'qualification-missing')
  }
  return faults
}
