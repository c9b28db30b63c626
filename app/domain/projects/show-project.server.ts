import { findDivision } from '#db/repositories/divisions.ts'
import { findProject } from '#db/repositories/projects.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import type { Project } from './project.ts'

/** One own project with the name of its place. @throws Refusal `projects.unknown` (404), also for somebody else's */
export async function showProject(context: Context, { code }: { code: string }): Promise<Project & { divisionName: string }> {
  const member = memberWho(context.actor, 'register:project')
  const project = await findProject(context.db, code)
  if (project?.ownerId !== member.organisationId) throw new Refusal('missing', 'projects.unknown')
  const division = await findDivision(context.db, project.divisionCode)
  return { ...project, divisionName: division?.name ?? project.divisionCode }
}
