import { newId } from '#app/domain/chance.server.ts'
import { transact } from '#db/client.ts'
import { insertSanction } from '#db/repositories/sanctions.ts'
import { findAgencyView } from '#db/views/agencies.ts'
import { findOrganisation } from '#db/repositories/organisations.ts'
import { memberWho } from '../accounts/actor.ts'
import { dayOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import { isWithin } from '../divisions/division.ts'
import { tell, type LedgerReference } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import type { SanctionFields } from './sanction.ts'

/**
 * Writes down a decision that keeps an agency from bidding: one under the platform agreement, after notice and reply, or one
 * copied from the authority that made it, with its number. It counts from its first day; bids that were received stay and are
 * asked again at the close and at the award. The clock ends it.
 *
 * While it can be contested, nothing public names the agency: the ledger has salted hashes, and the agency's page says nothing.
 *
 * @throws Refusal `agencies.unknown`, `sanctions.elsewhere` where the agency's seat is not the regulator's to oversee, `sanctions.known`
 */
export async function recordSanction(context: Context, { uscc, heard: _heard, ...fields }: SanctionFields): Promise<{ sanctionId: string; ledger: LedgerReference }> {
  const member = memberWho(context.actor, 'record:sanction')
  return transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    const agency = await findAgencyView(trx, { uscc })
    if (!agency) throw new Refusal('invalid', 'agencies.unknown', { field: 'uscc' })
    const seat = (await findOrganisation(trx, agency.id))!.divisionCode
    if (!isWithin(seat, member.divisionCode)) throw new Refusal('forbidden', 'sanctions.elsewhere', { field: 'uscc' })
    const id = newId()
    const open = { kind: fields.kind, from: fields.fromOn, until: fields.untilOn, finalOn: fields.finalOn }
    const named = { agency: uscc, number: fields.number, authority: fields.authority }
    const isFinal = fields.finalOn <= dayOf(at)
    const ledger = await tell(trx, context, {
      at,
      act: 'record:sanction',
      kind: 'agency.sanctioned',
      subject: id,
      divisionCode: member.divisionCode,
      facts: isFinal ? { ...open, ...named } : open,
      concealed: isFinal ? { reason: fields.reason } : { ...named, reason: fields.reason },
      event: { type: 'marketplace.agency.sanctioned.v1', subject: uscc, data: { agency: uscc, name: agency.name, ...open } },
    })
    const isNew = await insertSanction(trx, { ...fields, id, agencyId: agency.id, at, by: member.accountId, ledgerEntryId: ledger.entry })
    if (!isNew) throw new Refusal('conflict', 'sanctions.known', { field: 'number' })
    return { sanctionId: id, ledger }
  })
}
