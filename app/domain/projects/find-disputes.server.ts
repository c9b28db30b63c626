import { listDisputeViews, type DisputeView } from '#db/views/project-disputes.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { differentParties, othersThan, type NamedParty } from './dispute.ts'

export type ShownDispute = DisputeView & { others: NamedParty[] }
const MOST = 50

/** Projects of which offices name another than their registrant: what an operator has to settle, and what was settled last. */
export async function findDisputes({ actor, db }: Context): Promise<{ open: ShownDispute[]; settled: ShownDispute[] }> {
  memberWho(actor, 'settle:project')
  const [open, settled] = await Promise.all([listDisputeViews(db, { settled: false, limit: MOST }), listDisputeViews(db, { settled: true, limit: MOST })])
  return { open: open.map(withOthers), settled: settled.map(withOthers) }
}

/** The latest dispute about a project, open or settled. @throws Refusal `disputes.none` (404) where there never was one */
export async function showDispute({ actor, db }: Context, { code }: { code: string }): Promise<ShownDispute> {
  memberWho(actor, 'settle:project')
  const [found] = await listDisputeViews(db, { code, limit: 1 })
  if (!found) throw new Refusal('missing', 'disputes.none')
  return withOthers(found)
}

function withOthers(view: DisputeView): ShownDispute {
  const parties = (as: 'owner' | 'applicant') => differentParties(view.said.filter((one) => one.as === as))
  return { ...view, others: othersThan(view.registrant, { owners: parties('owner'), applicants: parties('applicant') }).map(({ uscc, name }) => ({ uscc, name })) }
}
