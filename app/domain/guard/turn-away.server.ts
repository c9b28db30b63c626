import { memberWho } from '#app/domain/accounts/actor.ts'
import { newId } from '#app/domain/chance.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { holdTurnedAway, insertTurnedAway } from '#db/repositories/demand-reports.ts'
import { findAuthority } from '#db/views/named-authorities.ts'
import { meantListing } from './meant-listing.server.ts'
import type { TurnedAwayFields } from './report.ts'

/**
 * Records that a paper which the applicant wrote without an agency was not taken, with the reason as it was given: by the officer of the
 * authority that turned it away, or by the owner who brought it. A document is judged by what it says and never by who wrote it
 * (国办发〔2015〕31号); so this is a lead for the regulator of the authority's division.
 *
 * What an owner says names nobody in the ledger before a finding is final; what an authority says of itself names it.
 *
 * @param fields as `TurnedAwayForm` parses them; `id` was given by the page, so that a form sent twice is one record
 * Refuses `reports.no-such-authority`, `reports.agency-needed` (the law wants an agency for this one), `guard.day-ahead`.
 */
export async function recordTurnedAway(context: Context, { id = newId(), authority: said, service, material, reason, on, project }: TurnedAwayFields): Promise<{ id: string }> {
  const member = memberWho(context.actor, 'tell:turned-away')
  const isOwn = member.role === 'authority'
  return transact(context.db, async (trx) => {
    const held = await holdTurnedAway(trx, id)
    if (held?.toldBy === member.organisationId) return { id }
    if (held) throw new Refusal('invalid', 'forms.invalid_value')
    const authority = isOwn ? { id: member.organisationId, divisionCode: member.divisionCode, uscc: member.uscc } : await findAuthority(trx, said.trim())
    if (!authority) throw new Refusal('invalid', 'reports.no-such-authority', { field: 'authority' })
    const at = await context.clock.read(trx)
    const day = on || dayOf(at)
    if (day > dayOf(at)) throw new Refusal('invalid', 'guard.day-ahead', { params: { day: dayOf(at) }, field: 'on' })
    const listing = await meantListing(trx, service, { divisionCode: authority.divisionCode, on: day })
    if (listing?.rules.selfPrepare === false) throw new Refusal('conflict', 'reports.agency-needed', { params: { name: listing.name }, field: 'service' })
    const ledger = await tell(trx, context, {
      at,
      act: 'tell:turned-away',
      kind: 'document.turned-away',
      subject: id,
      divisionCode: authority.divisionCode,
      facts: { told: isOwn ? 'authority' : 'owner', listing: listing?.code ?? null, on: day, ...(isOwn && { authority: authority.uscc }) },
      concealed: { material, reason, ...(!isOwn && { authority: authority.uscc ?? '' }) },
      event: { type: 'marketplace.document.turned-away.v1', data: { paper: id, told: isOwn ? 'authority' : 'owner' } },
    })
    await insertTurnedAway(trx, { id, divisionCode: authority.divisionCode, authorityId: authority.id, toldBy: member.organisationId, toldAs: isOwn ? 'authority' : 'owner', accountId: member.accountId, listingId: listing?.id ?? null, material, reason, turnedAwayOn: day, projectCode: project, toldAt: at }, ledger.entry)
    return { id }
  })
}
