import { z } from 'zod'
import { transact } from '#db/client.ts'
import { insertLift, findSanction } from '#db/repositories/sanctions.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { isWithin } from '../divisions/division.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'

/**
 * Ends a recorded decision before its day: it was repealed, or the agency has mended what it was for (信用修复). From this
 * instant it keeps nobody from bidding; that it stood is not forgotten.
 *
 * @throws Refusal `sanctions.unknown` (404), `sanctions.lifted`
 */
export async function liftSanction(context: Context, { sanctionId, reason }: { sanctionId: string; reason: string }): Promise<LedgerReference> {
  const member = memberWho(context.actor, 'record:sanction')
  return transact(context.db, async (trx) => {
    const sanction = z.uuid().safeParse(sanctionId).success ? await findSanction(trx, sanctionId) : undefined
    if (!sanction || !isWithin(sanction.divisionCode, member.divisionCode)) throw new Refusal('missing', 'sanctions.unknown')
    const at = await context.clock.read(trx)
    const ledger = await tell(trx, context, {
      at,
      act: 'record:sanction',
      kind: 'agency.sanction-lifted',
      subject: sanctionId,
      divisionCode: member.divisionCode,
      facts: { kind: sanction.kind },
      concealed: { reason },
      event: { type: 'marketplace.agency.sanction-lifted.v1', subject: sanction.uscc, data: { agency: sanction.uscc, name: sanction.name, kind: sanction.kind } },
    })
    if (!(await insertLift(trx, { sanctionId, reason, at, by: member.accountId, ledgerEntryId: ledger.entry }))) throw new Refusal('conflict', 'sanctions.lifted')
    return ledger
  })
}
