import type { Database } from '../context.ts'
import { disputeOf } from '#db/views/project-disputes.ts'
import { Refusal } from '../refusal.ts'

/**
 * Nobody buys for a project that an operator gave to somebody else. While that is open its registrant still may: an office that wrote a
 * wrong name stops nobody's building.
 *
 * @throws Refusal `disputes.given-away`, at a field where one is named
 */
export async function mustNotBeGivenAway(db: Database, project: { code: string; registrantId: string }, field?: string): Promise<void> {
  if ((await disputeOf(db, project)) === 'applicant') throw new Refusal('conflict', 'disputes.given-away', field ? { field } : {})
}
