import { findDivision } from '#db/repositories/divisions.ts'
import { findProject } from '#db/repositories/projects.ts'
import { disputeOf } from '#db/views/project-disputes.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import type { Project } from './project.ts'

/** One own project with the name of its place, and whether offices name another as its owner. @throws Refusal `projects.unknown` (404), also for somebody else's */
export async function showProject(context: Context, { code }: { code: string }): Promise<Project & { divisionName: string; dispute: 'open' | 'applicant' | null }> {
  const member = memberWho(context.actor, 'register:project')
  const project = await findProject(context.db, code)
  if (project?.ownerId !== member.organisationId) throw new Refusal('missing', 'projects.unknown')
  const [division, dispute] = await Promise.all([findDivision(context.db, project.divisionCode), disputeOf(context.db, { code, registrantId: member.organisationId })])
  return { ...project, divisionName: division?.name ?? project.divisionCode, dispute }
}
