import { newId } from '#app/domain/chance.server.ts'
import { transact } from '#db/client.ts'
import { insertCheck } from '#db/repositories/agency-checks.ts'
import { lockAgency } from '#db/repositories/agencies.ts'
import { lockOrganisationByUscc } from '#db/repositories/organisations.ts'
import { memberWho } from '../accounts/actor.ts'
import { normaliseUscc } from '../accounts/uscc.ts'
import type { Context } from '../context.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import type { CheckFields } from './agency-check.ts'
import { checkStateOf } from './agency-state.ts'

/**
 * An operator's formal check of an agency that is active already: passes it, or returns it with every reason at once
 * (行政许可法 32). A returned agency offers and bids for nothing new until it answers. The note stays between the two.
 *
 * @throws Refusal `agencies.unknown` (404); `agencies.check-closed` where nothing waits for a check
 */
export async function checkAgency(context: Context, { uscc, verdict, reasons, note }: CheckFields & { uscc: string }): Promise<LedgerReference> {
  const operator = memberWho(context.actor, 'check:agency')
  return transact(context.db, async (trx) => {
    const organisation = await lockOrganisationByUscc(trx, normaliseUscc(uscc.slice(0, 100)))
    const agency = organisation && (await lockAgency(trx, organisation.id, 'update'))
    if (!organisation || !agency?.admittedAt) throw new Refusal('missing', 'agencies.unknown')
    const open = !agency.expelledAt && ['unchecked', 'answered'].includes(checkStateOf(agency.check))
    if (!open) throw new Refusal('conflict', 'agencies.check-closed')
    const at = await context.clock.read(trx)
    const id = newId()
    const ledger = await tell(trx, context, {
      at,
      act: 'check:agency',
      kind: verdict === 'passed' ? 'agency.check-passed' : 'agency.check-returned',
      subject: organisation.uscc!,
      divisionCode: organisation.divisionCode,
      facts: { agency: organisation.uscc, name: organisation.name, check: id, reasons },
      event: { type: verdict === 'passed' ? 'marketplace.agency.check-passed.v1' : 'marketplace.agency.check-returned.v1', data: { agency: organisation.uscc, name: organisation.name, check: id, reasons } },
    })
    await insertCheck(trx, { id, agencyId: organisation.id, verdict, reasons, note, at, by: operator.accountId, ledgerEntryId: ledger.entry })
    return ledger
  })
}
