import { newId } from '#app/domain/chance.server.ts'
import { transact } from '#db/client.ts'
import { insertCorrection, lockRecorded, saveRecorded } from '#db/repositories/agency-corrections.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { changedBetween, type Correctable } from './correction.ts'
import { lockOwnAgency } from './own-agency.server.ts'

/**
 * An agency corrects its legal representative, telephone, address or contacts; it holds from this instant. What stood before
 * is kept: a tender that was public by then judges kinship by both. With another legal representative an agency whose check
 * had passed waits for one again, and the operator is told (docs/decisions/021-corrections.md).
 *
 * @param now the whole record as it shall read; the ledger learns which fields changed and no person's data
 * @throws Refusal `agencies.nothing-corrected` where it reads like that already; `agencies.not-admitted`
 */
export async function correctAgency(context: Context, now: Correctable): Promise<LedgerReference> {
  return transact(context.db, async (trx) => {
    const { member, at } = await lockOwnAgency(trx, context)
    const before = await lockRecorded(trx, member.organisationId)
    const changed = changedBetween(before, now)
    if (changed.length === 0) throw new Refusal('conflict', 'agencies.nothing-corrected')
    await saveRecorded(trx, member.organisationId, now)
    const facts = { agency: member.uscc, changed }
    const ledger = await tell(trx, context, {
      at,
      act: 'keep:agency',
      kind: 'agency.corrected',
      subject: member.uscc!,
      divisionCode: member.divisionCode,
      facts,
      event: { type: 'marketplace.agency.corrected.v1', data: { ...facts, name: member.organisationName } },
    })
    await insertCorrection(trx, { id: newId(), agencyId: member.organisationId, changed, before, at, by: member.accountId, ledgerEntryId: ledger.entry })
    return ledger
  })
}
