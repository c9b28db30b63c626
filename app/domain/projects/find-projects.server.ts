import { listProjects } from '#db/repositories/projects.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import type { Project } from './project.ts'

const PAGE = 20

/**
 * The caller's own projects, newest first.
 *
 * @param q a part of the name or the code
 * @param before the code at the end of the page before; one that is not the caller's gives an empty page
 */
export async function findProjects(context: Context, { q, before }: { q?: string; before?: string } = {}): Promise<{ projects: Project[]; next: string | null }> {
  const member = memberWho(context.actor, 'register:project')
  const rows = await listProjects(context.db, { ownerId: member.organisationId, q, before, limit: PAGE + 1 })
  const projects = rows.slice(0, PAGE)
  return { projects, next: rows.length > PAGE ? projects.at(-1)!.code : null }
}
