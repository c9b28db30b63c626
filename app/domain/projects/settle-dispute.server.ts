import { transact } from '#db/client.ts'
import { holdCode, listDisputes, listNamed, saveSettlement } from '#db/repositories/project-disputes.ts'
import { findOrganisation } from '#db/repositories/organisations.ts'
import { findProject } from '#db/repositories/projects.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { othersThan, partyKey, STAYS, type DisputeOutcome } from './dispute.ts'

/**
 * An operator decides whose project it is where offices name another than its registrant. It stays with the registrant, who speaks for
 * it again; or it goes to one whom the offices name, who takes its code by registering it, and from now on nobody else does. Tenders that
 * the registrant has published stay as they are. Both hear of it.
 *
 * @param goesTo {@link STAYS}, or the {@link partyKey} of one whom the offices name now
 * @throws Refusal `disputes.none` (404) where nothing is open about this code; `disputes.goes-to` at `goesTo`
 */
export async function settleDispute(context: Context, { code, goesTo: key, reason }: { code: string; goesTo: string; reason: string }): Promise<{ outcome: DisputeOutcome; ledger: LedgerReference }> {
  const { accountId } = memberWho(context.actor, 'settle:project')
  return transact(context.db, async (trx) => {
    await holdCode(trx, code)
    const at = await context.clock.read(trx)
    const dispute = (await listDisputes(trx, code)).find(({ settledAt }) => settledAt === null)
    const [project, said] = await Promise.all([findProject(trx, code), listNamed(trx, code)])
    if (!dispute || !project) throw new Refusal('missing', 'disputes.none')
    const registrant = (await findOrganisation(trx, dispute.registrantId))!
    const named = othersThan(registrant, said)
    const goesTo = named.find((one) => partyKey(one) === key) ?? null
    if (!goesTo && key !== STAYS) throw new Refusal('invalid', 'disputes.goes-to', { field: 'goesTo' })
    const outcome = goesTo ? 'applicant' : 'registrant'
    await saveSettlement(trx, { id: dispute.id, named, settledAt: at, outcome, goesTo, reason, by: accountId })
    const ledger = await tell(trx, context, {
      at,
      act: 'settle:project',
      kind: 'project.dispute-settled',
      subject: code,
      divisionCode: project.divisionCode,
      facts: { project: code, ...(registrant.uscc && { registrant: registrant.uscc }), outcome },
      concealed: { reason, ...(goesTo && { goesTo: goesTo.name }) },
      event: { type: 'marketplace.project.dispute-settled.v1', data: { project: code, dispute: dispute.id, outcome } },
      details: { named, goesTo, reason },
    })
    return { outcome, ledger }
  })
}
