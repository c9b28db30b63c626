import { transact } from '#db/client.ts'
import { lockProject, saveProjectFacts } from '#db/repositories/projects.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import type { Json } from '../ledger/canonical.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { withFacts, type Project } from './project.ts'
import type { FactKey, ProjectFacts } from './project-facts.ts'

/**
 * Puts other facts in the place of those an own project has. Later demands are judged by them; decisions already made
 * keep the facts that they were judged by. The ledger says which facts changed; what they say stays with the audit.
 *
 * @returns the project, which of its facts changed, and the ledger's promise; null where nothing changed and nothing was told
 * @throws Refusal `projects.unknown` (404), also for somebody else's
 */
export async function changeProjectFacts(context: Context, { code, facts }: { code: string; facts: ProjectFacts }): Promise<{ project: Project; changed: FactKey[]; ledger: LedgerReference | null }> {
  const member = memberWho(context.actor, 'register:project')
  return transact(context.db, async (trx) => {
    const before = await lockProject(trx, code)
    if (before?.ownerId !== member.organisationId) throw new Refusal('missing', 'projects.unknown')
    const at = await context.clock.read(trx)
    const { project, changed } = withFacts(before, facts)
    if (!changed.length) return { project: before, changed, ledger: null }
    await saveProjectFacts(trx, { ...project, at })
    const { name, divisionCode } = project
    const ledger = await tell(trx, context, {
      at,
      act: 'register:project',
      kind: 'project.facts-changed',
      subject: code,
      divisionCode,
      // A natural person's project is told without its name, as when it was registered.
      facts: { project: code, changed, ...(member.uscc && { owner: member.uscc, name }) },
      ...(!member.uscc && { concealed: { name } }),
      event: { type: 'marketplace.project.facts-changed.v1', data: { project: code, changed } },
      details: { before: before.facts as Json, after: facts as Json },
    })
    return { project, changed, ledger }
  })
}
