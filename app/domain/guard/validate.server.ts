import { can } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { runRules, type RuleRun } from './against.ts'
import { fittedToCase } from './case-demand.ts'
import { answerOf, type Answer, type Say } from './decision.ts'
import type { Demand } from './demand.ts'
import { gatherFacts } from './gather-facts.server.ts'
import { judge } from './guard.ts'

export type Validation = Answer & { rules: RuleRun[]; recorded: false; validatedAt: string }

/**
 * The same rules without a record: every rule that ran, with its result.
 *
 * @throws Refusal `guard.not-your-authority` where a machine asks for another authority, what {@link fittedToCase} refuses
 */
export async function validate(context: Context, { demand, say }: { demand: Demand; say: Say }): Promise<Validation> {
  const { actor, db, clock } = context
  if (actor.kind === 'visitor') throw new Refusal('unauthenticated', 'accounts.sign-in-first')
  if (actor.kind === 'system' || !can(actor, 'validate:demand')) throw new Refusal('forbidden', 'accounts.not-allowed')
  if (actor.kind === 'client' && demand.authority !== actor.uscc) throw new Refusal('forbidden', 'guard.not-your-authority', { field: 'authority' })
  const at = await clock.read(db)
  const { facts, read, demand: asked } = await gatherFacts(db, demand, { divisionCode: actor.divisionCode, authorityId: actor.organisationId, idempotency: null })
  fittedToCase(demand, { divisionCode: actor.divisionCode, at, found: read.demandedCase, meant: read.approvalItem?.code ?? null })
  return { ...answerOf(judge(asked, facts), facts, say), rules: runRules(asked, facts), recorded: false, validatedAt: at.toISOString() }
}
