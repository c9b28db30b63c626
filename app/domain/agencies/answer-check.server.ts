import { transact } from '#db/client.ts'
import { insertCheckAnswer, listChecks } from '#db/repositories/agency-checks.ts'
import { lockAgency } from '#db/repositories/agencies.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { isReturned } from './agency-state.ts'

/**
 * An agency answers a formal check that was returned; from then on it may offer and bid again, and the operator checks once more.
 *
 * @throws Refusal `agencies.nothing-returned` where no returned check waits, as after another tab's answer
 */
export async function answerCheck(context: Context, { answer }: { answer: string }): Promise<LedgerReference> {
  const member = memberWho(context.actor, 'keep:agency')
  return transact(context.db, async (trx) => {
    const agency = await lockAgency(trx, member.organisationId, 'update')
    if (!agency || !isReturned(agency.check)) throw new Refusal('conflict', 'agencies.nothing-returned')
    const [latest] = await listChecks(trx, member.organisationId)
    const at = await context.clock.read(trx)
    await insertCheckAnswer(trx, { checkId: latest!.id, answer, at, by: member.accountId })
    return tell(trx, context, {
      at,
      act: 'keep:agency',
      kind: 'agency.check-answered',
      subject: member.uscc!,
      divisionCode: member.divisionCode,
      facts: { agency: member.uscc, check: latest!.id },
      event: { type: 'marketplace.agency.check-answered.v1', data: { agency: member.uscc, name: member.organisationName, check: latest!.id } },
    })
  })
}
