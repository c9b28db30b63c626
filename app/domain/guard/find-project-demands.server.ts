import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findOwnedProject, findProject } from '#db/repositories/projects.ts'
import { listDemands, type DemandLine } from '#db/views/demands.ts'

const MOST = 20

/**
 * What authorities demanded for one's own project, in which words, and what the list said, the latest first.
 *
 * @throws Refusal `projects.unknown` (404), also for somebody else's
 */
export async function findProjectDemands(context: Context, { code }: { code: string }): Promise<DemandLine[]> {
  const member = memberWho(context.actor, 'register:project')
  const project = await findProject(context.db, code)
  if (project?.ownerId !== member.organisationId) throw new Refusal('missing', 'projects.unknown')
  // Words that offices wrote to somebody else are not the registrant's to read.
  if (!(await findOwnedProject(context.db, code))) return []
  return listDemands(context.db, { projectCode: code, withWords: true, limit: MOST })
}
