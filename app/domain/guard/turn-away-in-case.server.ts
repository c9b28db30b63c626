import type { Knex } from 'knex'
import { newId } from '#app/domain/chance.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { turnedBack } from '#app/domain/cases/newly-asked.ts'
import type { Keeper, WrittenCase } from '#app/domain/cases/write-case.server.ts'
import type { Context } from '#app/domain/context.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { listMaterialsBought } from '#db/repositories/cases.ts'
import { insertTurnedAway } from '#db/repositories/demand-reports.ts'
import { findListings } from '#db/repositories/listings.ts'

/**
 * Records what an office newly says in a case that it turned away of what the applicant wrote without an agency, or calls lacking after it was
 * handed in: the same record, and the same lead, as `recordTurnedAway` makes of it elsewhere. What was bought for the case or taken over from another one, and what the list says
 * an agency must do, is not the applicant's own. The applicant hears of it with the case.
 *
 * @param written the case as it was just written in this transaction
 */
export async function recordTurnedAwayInCase(trx: Knex.Transaction, context: Context, keeper: Keeper, { saved, before }: Pick<WrittenCase, 'saved' | 'before'>): Promise<void> {
  const candidates = turnedBack(before?.materials ?? [], saved.materials).filter(({ source }) => source !== 'shared')
  if (!candidates.length) return
  const { organisationId, divisionCode, uscc } = keeper
  const { id: caseId, projectCode, changedAt: at } = saved
  const on = dayOf(at)
  const bought = await listMaterialsBought(trx, { caseId, at })
  const listings = await findListings(trx, { codes: candidates.flatMap(({ listingCode }) => listingCode ?? []), divisionCode, on })
  for (const { code, name, reason, listingCode } of candidates) {
    const listing = listings.find((one) => one.code === listingCode) ?? null
    if (bought.includes(code) || listing?.rules.selfPrepare === false) continue
    const id = newId()
    const ledger = await tell(trx, context, {
      at,
      act: 'tell:turned-away',
      kind: 'document.turned-away',
      subject: id,
      divisionCode,
      facts: { told: 'authority', listing: listing?.code ?? null, on, authority: uscc },
      concealed: { material: name, reason },
      event: { type: 'marketplace.document.turned-away.v1', data: { paper: id, told: 'authority', withCase: true } },
    })
    const { actor } = context
    await insertTurnedAway(trx, { id, divisionCode, authorityId: organisationId, toldBy: organisationId, toldAs: 'authority', accountId: actor.kind === 'member' ? actor.accountId : null, listingId: listing?.id ?? null, material: name, reason, turnedAwayOn: on, projectCode, toldAt: at, of: { caseId, code } }, ledger.entry)
  }
}
