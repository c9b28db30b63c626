import { z } from 'zod'
import { transact } from '#db/client.ts'
import { findSanction, insertAgreement } from '#db/repositories/sanctions.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { isWithin } from '../divisions/division.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'

/**
 * A second officer agrees to a recorded decision: from now on it counts in tenders too that had closed when it was recorded.
 *
 * @throws Refusal `sanctions.unknown` (404), `sanctions.own` for whoever recorded it, `sanctions.lifted`, `sanctions.agreed`
 */
export async function agreeToSanction(context: Context, { sanctionId }: { sanctionId: string }): Promise<LedgerReference> {
  const member = memberWho(context.actor, 'record:sanction')
  return transact(context.db, async (trx) => {
    const sanction = z.uuid().safeParse(sanctionId).success ? await findSanction(trx, sanctionId) : undefined
    if (!sanction || !isWithin(sanction.divisionCode, member.divisionCode)) throw new Refusal('missing', 'sanctions.unknown')
    if (sanction.recordedBy === member.accountId) throw new Refusal('forbidden', 'sanctions.own')
    if (sanction.liftedAt) throw new Refusal('conflict', 'sanctions.lifted')
    const at = await context.clock.read(trx)
    const ledger = await tell(trx, context, { at, act: 'record:sanction', kind: 'agency.sanction-agreed', subject: sanctionId, divisionCode: member.divisionCode, facts: { kind: sanction.kind } })
    if (!(await insertAgreement(trx, { sanctionId, at, by: member.accountId, ledgerEntryId: ledger.entry }))) throw new Refusal('conflict', 'sanctions.agreed')
    return ledger
  })
}
