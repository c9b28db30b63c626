import { can } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findGuardDecision } from '#db/repositories/guard-decisions.ts'
import { findStanding, type DemandStanding } from '#db/repositories/upheld-demands.ts'
import { findOwnedProject } from '#db/repositories/projects.ts'
import { showDecision } from './show-decision.server.ts'

export type { DemandStanding }

/**
 * What became of a decision, for those who may know: the authority, the regulator, and the owner of its project. What the regulator
 * answered is for everybody.
 *
 * @param whole whether the reader may have the whole document, as `showPublicDecision` says
 */
export async function showStanding({ db, actor }: Context, { id, whole }: { id: string; whole: boolean }): Promise<DemandStanding> {
  const [standing, row] = await Promise.all([findStanding(db, id), findGuardDecision(db, id)])
  const project = row?.projectCode && actor.kind === 'member' ? await findOwnedProject(db, row.projectCode) : undefined
  const may = whole || (project && actor.kind === 'member' && project.ownerId === actor.organisationId)
  return may ? standing : { ...standing, upheld: null, withdrawn: null }
}

/** A decision on the page where its authority keeps the demand up or takes it back. Refuses `guard.no-such-decision` to everybody else. */
export async function showToUphold(context: Context, id: string) {
  if (!can(context.actor, 'uphold:demand')) throw new Refusal('forbidden', 'accounts.not-allowed')
  const decision = await showDecision(context, id)
  return { decision, standing: await findStanding(context.db, id) }
}
