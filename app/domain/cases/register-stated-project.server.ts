import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { registerProject } from '#app/domain/projects/register-project.server.ts'
import type { Project } from '#app/domain/projects/project.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findCaseById } from '#db/repositories/cases.ts'
import { findProjectStatement } from '#db/repositories/project-statements.ts'
import { isApplicant } from './show-case.server.ts'

/**
 * Registers the project of an own case as its case system described it, so that its owner types nothing twice. The facts of the site
 * are not taken over: an authority would be its own witness, and what its demands are judged by is the owner's to say.
 *
 * @throws Refusal `cases.no-such-case`; `cases.nothing-stated` where the case's authority said nothing of the project or names
 *   another owner; what {@link registerProject} refuses
 */
export async function registerStatedProject(context: Context, { caseId }: { caseId: string }): Promise<Project> {
  const member = memberWho(context.actor, 'register:project')
  const found = await findCaseById(context.db, caseId)
  if (!found || !(await isApplicant(context.db, member, found))) throw new Refusal('missing', 'cases.no-such-case')
  const stated = await findProjectStatement(context.db, found)
  if (!stated || stated.owner.uscc !== member.uscc) throw new Refusal('conflict', 'cases.nothing-stated')
  const { projectCode: code, name, divisionCode, flowType, moneySource, investmentFen } = stated
  const { project } = await registerProject(context, { code, name, divisionCode, flowType, moneySource, investmentFen, facts: {} })
  return project
}
