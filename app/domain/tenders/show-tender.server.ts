import { can } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { findTenderView } from '#db/views/tender-page.ts'
import { listAwaiting } from '#db/views/awaited-values.ts'
import { awaitedValue, isLate } from '#app/domain/draw/awaited.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { findHolder } from './find-holder.server.ts'
import { plannedOf } from './planned.ts'
import { dueStep, isTenderNumber, statusAt } from './tender.ts'
import { publicly, type ShownTender, type TenderView } from './tender-view.ts'

/**
 * A published tender as anybody may see it, at any time of its life. Who has bid is told by nobody and to nobody before
 * the pool is frozen, and how many only after the close; its owner learns no more than the public.
 *
 * Refuses `tenders.no-such-tender`.
 */
export async function showTender(context: Context, { number }: { number: string }): Promise<ShownTender> {
  const [at, view] = await Promise.all([context.clock.read(context.db), isTenderNumber(number) ? findTenderView(context.db, { number }) : undefined])
  if (!view) throw new Refusal('missing', 'tenders.no-such-tender')
  const [awaited, holdsKey] = await Promise.all([awaitedOf(context, view, at), isHolder(context, view)])
  return { ...shown(view, context, at, awaited), holdsKey }
}

/** Was the reader's organisation named as one of those who open the bids together? */
async function isHolder({ db, actor }: Context, { tender: { publication } }: TenderView): Promise<boolean> {
  if (actor.kind !== 'member' || !publication?.sealing || !can(actor, 'hold:key')) return false
  return (await findHolder(db, publication.sealing, actor.organisationId)) !== undefined
}

/** What decides a published tender whose source is not the ledger itself, as long as it has not come. */
async function awaitedOf({ db }: Context, { tender: { id, publication, beaconAt, frozenAt, drawnAt } }: TenderView, at: Date): Promise<ShownTender['awaited']> {
  if (!publication?.drawsAfter || publication.drawSource === 'local' || beaconAt || drawnAt) return null
  const [awaiting] = frozenAt ? await listAwaiting(db, { id }) : []
  const awaited = awaitedValue(awaiting ?? plannedOf(publication)!)
  return { ...awaited, late: isLate(awaited, at) }
}

/** One's own draft. Somebody else's is `missing`, published or not: what is published has its own page. */
export async function showDraft(context: Context, { id }: { id: string }): Promise<ShownTender> {
  const [at, view] = await Promise.all([context.clock.read(context.db), isUuid(id) ? findTenderView(context.db, { id }) : undefined])
  if (!view || context.actor.kind !== 'member' || view.tender.ownerId !== context.actor.organisationId) throw new Refusal('missing', 'tenders.no-such-tender')
  return shown(view, context, at)
}

/** One's own published tender; somebody else's is `missing` here, since this is for what its owner alone may do with it. */
export async function showOwnTender(context: Context, { number }: { number: string }): Promise<ShownTender> {
  const tender = await showTender(context, { number })
  if (!tender.isMine) throw new Refusal('missing', 'tenders.no-such-tender')
  return tender
}

function shown({ askers, winnerId, bidderIds, objections, ...view }: TenderView, { actor }: Context, at: Date, awaited: ShownTender['awaited'] = null): ShownTender {
  const isMine = actor.kind === 'member' && actor.organisationId === view.tender.ownerId
  const project = view.owner === null && !isMine ? { ...view.project, name: null } : view.project
  const self = actor.kind === 'member' ? actor.organisationId : null
  const isRegulator = can(actor, 'suspend:tender') && actor.kind === 'member' && isWithin(view.tender.divisionCode, actor.divisionCode)
  const seesObjectors = isMine || (actor.kind === 'member' && actor.role === 'regulator' && isWithin(view.tender.divisionCode, actor.divisionCode))
  const raised = objections.filter(({ objectorId }) => objectorId === self).length
  const life = view.tender.publication?.procedure.life
  const asked = askers.filter((asker) => asker === self).length
  return {
    ...view,
    tender: publicly(view.tender),
    project,
    republishedDraft: isMine ? view.republishedDraft : null,
    state: statusAt(view.tender, at),
    due: dueStep(view.tender, at),
    at,
    awaited,
    // Judges are named once the award is public (招标投标法 37), and never where they did not judge to the end.
    seats: view.seats?.map((seat) => (view.tender.awardedAt && !seat.ended ? seat : { ...seat, name: null })) ?? null,
    isMine,
    isWinner: self !== null && winnerId === self,
    isRegulator,
    holdsKey: false,
    objections: objections.map(({ objectorId, objectorName, ...objection }) => ({ ...objection, objector: seesObjectors || objectorId === self ? objectorName : null })),
    objectionsLeft: self !== null && can(actor, 'object:award') && life && bidderIds.includes(self) ? Math.max(0, life.objections.perBidder - raised) : null,
    questionsLeft: can(actor, 'ask:question') && view.tender.publication ? Math.max(0, view.tender.publication.procedure.life.questionsPerAgency - asked) : null,
  }
}
