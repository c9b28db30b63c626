import type { Knex } from 'knex'
import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { findDrawEntry } from '#db/repositories/draws.ts'
import { moveSheetsDue } from '#db/repositories/judges.ts'
import { hasLowPrice } from '#db/repositories/openings.ts'
import { countSuspensions, giveBack, insertSuspensionEnding } from '#db/repositories/tender-changes.ts'
import { findTender, lockTender } from '#db/repositories/tenders.ts'
import { movedStart } from './auction.ts'
import { givenBack, givenBackOf } from './given-back.ts'
import { moveDates } from './move-dates.server.ts'
import { lockPublished, mustBePublished, type PublishedTender } from './own-published.server.ts'
import { dueStep, type Tender } from './tender.ts'

/**
 * The regulator lets a suspended tender go on, with a public reason.
 *
 * Refuses `tenders.no-such-tender`, `changes.not-your-area`, `changes.not-suspended`.
 */
export async function liftSuspension(context: Context, { number, reason }: { number: string; reason: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const { tender, at } = await lockPublished(trx, context, number)
    const member = memberWho(context.actor, 'suspend:tender')
    if (!isWithin(tender.divisionCode, member.divisionCode)) throw new Refusal('forbidden', 'changes.not-your-area')
    if (!tender.suspension) throw new Refusal('conflict', 'changes.not-suspended')
    return endHold(trx, context, { tender, at, reason, by: member.accountId })
  })
}

/** Ends a hold whose longest time is over, once: the clockwork's step. */
export async function resumeTender(context: Context, { id }: { id: string }): Promise<Tender> {
  return transact(context.db, async (trx) => {
    const tender = await lockTender(trx, { id })
    if (!tender?.publication) throw new Refusal('missing', 'tenders.no-such-tender')
    const at = await context.clock.read(trx)
    if (dueStep(tender, at) !== 'resume') return tender
    return endHold(trx, context, { tender: { ...tender, publication: tender.publication }, at, reason: '', by: null })
  })
}

/** Where bids were taken when the hold began, the deadline moves by the time that was lost. So does every other clock that ran then: of judges, of a picking owner, of whoever may object, decline or explain, or has to answer. */
async function endHold(trx: Knex.Transaction, context: Context, { tender, at, reason, by }: { tender: PublishedTender; at: Date; reason: string; by: string | null }): Promise<Tender> {
  const { publication, suspension } = tender
  const lost = at.getTime() - suspension!.suspendedAt.getTime()
  const wasOpen = suspension!.suspendedAt < publication.closesAt && lost > 0
  const closesAt = wasOpen ? new Date(publication.closesAt.getTime() + lost) : publication.closesAt
  const facts = { byDate: by === null, closesAt: closesAt.toISOString() }
  const given = lost > 0 ? givenBack(tender, { at, low: await hasLowPrice(trx, tender.id) }) : {}
  const said = Object.fromEntries(Object.entries(given).map(([clock, end]) => [clock, end.toISOString()]))
  const picking = lost > 0 ? await pickingAfter(trx, tender, at) : null
  const ledger = await tell(trx, context, {
    at,
    act: 'suspend:tender',
    kind: 'tender.resumed',
    subject: publication.number,
    divisionCode: tender.divisionCode,
    facts: { ...facts, ...(picking && { picking }), ...(Object.keys(said).length > 0 && { given: said }) },
    payload: { reason },
    event: { type: 'marketplace.tender.resumed.v1', data: { tender: publication.number, project: tender.projectCode, named: tender.method === 'direct', open: wasOpen, ...facts, ...said, ...(picking && { pickBy: picking.pickBy }), ...(wasOpen && movedStart(publication.procedure, closesAt)) } },
  })
  await insertSuspensionEnding(trx, { tenderId: tender.id, ordinal: await countSuspensions(trx, tender.id), reason, at, by, ledgerEntryId: ledger.entry })
  if (lost > 0) await giveBack(trx, { tenderId: tender.id, given, from: suspension!.suspendedAt, lost })
  if (tender.opening && lost > 0) await moveSheetsDue(trx, { tenderId: tender.id, from: suspension!.suspendedAt, lost })
  // Read anew: what the hold gave back decides what is due next.
  const resumed = mustBePublished(await findTender(trx, { id: tender.id }))
  return wasOpen ? moveDates(trx, context, { tender: resumed, at, cause: 'suspension', reason: reason || '—', closesAt, event: false }) : resumed
}

/** What the ledger says of the owner's time to pick: the end that stood and the one that holds. The tender's row does not say it, since it follows from the hold. */
async function pickingAfter(trx: Knex.Transaction, { id, shortlist, suspension }: Tender, at: Date): Promise<Record<'draw' | 'since' | 'fromPickBy' | 'pickBy', string> | null> {
  if (!shortlist || shortlist.pickedAt) return null
  const pickBy = givenBackOf(shortlist.pickBy, suspension!.suspendedAt, at)
  return { draw: (await findDrawEntry(trx, id))!, since: suspension!.suspendedAt.toISOString(), fromPickBy: shortlist.pickBy.toISOString(), pickBy: pickBy.toISOString() }
}
