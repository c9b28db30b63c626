import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { endOf, UNITS, type Calendar, type Period } from '../calendar.ts'
import { Refusal } from '../refusal.ts'
import { drawsAfterOf } from './draws-after.ts'
import { announceBy, questionsUntil } from './life.ts'
import { mustBeOpen, ranksAfter, statusAt, type Publication, type Tender } from './tender.ts'
import { sharesMissing } from './two-keys-rule.ts'

/** Why a deadline moved: by the owner's own reason, by a material correction, by the time a suspension cost, or by an outage that was measured or that two operators vouched for. */
export const EXTENSION_CAUSES = ['owner', 'correction', 'suspension', 'outage', 'operator'] as const
export type ExtensionCause = (typeof EXTENSION_CAUSES)[number]

/** The dates that move together. */
export type Dates = Pick<Publication, 'closesAt' | 'drawsAfter' | 'questionsUntil' | 'announceBy'>

/** What a correction may touch. The ceiling is not among it: the clearance was for that sum, so another one is another purchase. */
export const CORRECTABLE = ['requirements', 'deliverables', 'contact', 'serviceDays'] as const
export type Corrected = Pick<Tender, (typeof CORRECTABLE)[number]>
/** What affects how a bid is written (招标投标法实施条例 21); whom to ask does not. */
const MATERIAL: readonly (keyof Corrected)[] = ['requirements', 'deliverables', 'serviceDays']

/** One correction as everybody reads it: what was said before, and what holds instead. */
export type ShownCorrection = { revision: number; reason: string; material: boolean; before: Partial<Corrected>; after: Partial<Corrected>; correctedAt: string }
/** One move of the deadline as everybody reads it. */
export type ShownExtension = { ordinal: number; cause: ExtensionCause; reason: string; fromClosesAt: string; closesAt: string; extendedAt: string; gapFrom: string | null; gapUntil: string | null }

const reason = text({ least: 5, most: 500, lines: true, say: { empty: 'changes.reason-short', short: 'changes.reason-short', long: 'changes.reason-long' } })

export const CorrectionForm = z.object({
  requirements: text({ least: 5, most: 4000, lines: true, say: { empty: 'changes.requirements-short', short: 'changes.requirements-short', long: 'changes.requirements-long' } }),
  deliverables: text({ least: 0, most: 1000, lines: true, say: { long: 'changes.requirements-long' } }).default(''),
  contact: text({ least: 0, most: 200, say: { long: 'changes.contact-long' } }).default(''),
  serviceDays: z.coerce.number('changes.days').int('changes.days').min(1, 'changes.days').max(3650, 'changes.days'),
  reason,
})
export const ExtensionForm = z.object({ n: z.coerce.number('changes.amount').int('changes.amount').min(1, 'changes.amount').max(999_999, 'changes.amount'), unit: z.enum(UNITS, 'changes.unit'), reason })
export const CancellationForm = z.object({ reason, confirmed: z.literal('yes', 'changes.unconfirmed') })
export const SuspensionForm = z.object({ n: z.coerce.number('changes.amount').int('changes.amount').min(1, 'changes.amount').max(999_999, 'changes.amount'), unit: z.enum(UNITS, 'changes.unit'), basis: text({ least: 2, most: 200, say: { empty: 'changes.basis', short: 'changes.basis', long: 'changes.basis' } }), reason })
export const LiftForm = z.object({ reason })

/** What differs between a tender and its correction; nothing does, and it is refused as `changes.nothing`. */
export function differences(tender: Corrected, corrected: Corrected): { before: Partial<Corrected>; after: Partial<Corrected>; material: boolean } {
  const changed = CORRECTABLE.filter((name) => tender[name] !== corrected[name])
  if (changed.length === 0) throw new Refusal('conflict', 'changes.nothing')
  const pick = (from: Corrected) => Object.fromEntries(changed.map((name) => [name, from[name]])) as Partial<Corrected>
  return { before: pick(tender), after: pick(corrected), material: changed.some((name) => MATERIAL.includes(name)) }
}

/** Every date that follows from a later deadline; none of them goes back. */
export function datesAt({ publication }: { publication: Publication }, closesAt: Date, calendar: Calendar): Dates {
  const { procedure, publishedAt } = publication
  const after = drawsAfterOf(procedure, closesAt, calendar)
  const drawsAfter = after && later(after, publication.drawsAfter)
  return {
    closesAt,
    drawsAfter,
    questionsUntil: publication.questionsUntil && later(questionsUntil({ publishedAt, closesAt }, procedure.life, calendar), publication.questionsUntil),
    announceBy: announceBy({ closesAt, drawsAfter }, procedure, calendar),
  }
}

/** The deadline that a material change asks for: the one that stands where it leaves the policy's time, else that time from now (招标投标法实施条例 21). */
export function closesAfterChange({ closesAt, procedure }: Publication, at: Date, calendar: Calendar): Date {
  return later(closesAt, endOf(at, procedure.life.changeBeforeClose, calendar).at)
}

/** The deadline that an extension by this much gives. Refuses `changes.too-far`. */
export function closesAfterExtension({ closesAt, procedure }: Publication, by: Period, calendar: Calendar): Date {
  const wanted = endOf(closesAt, by, calendar).at
  const { extensionAtMost } = procedure.life
  if (wanted > endOf(closesAt, extensionAtMost, calendar).at) throw new Refusal('conflict', 'changes.too-far', { field: 'n', params: { n: extensionAtMost.n, unit: extensionAtMost.unit } })
  return wanted
}

/** Refuses what a published tender's owner may change no more: `tenders.closed`, `changes.suspended`, `changes.cancelled`. */
export function mustBeChangeable(tender: Tender, at: Date): void {
  // A machine's clock that is set back must not open again what is closed.
  if (tender.closing) throw new Refusal('conflict', 'tenders.closed')
  mustBeOpen(tender, at)
}

/**
 * May its owner end it, and is the deciding value fixed already? A draw is decided by its freeze, sealed prices by their opening, an
 * auction by the end of its last round, whether or not that is on record.
 * Refuses `changes.suspended`, `changes.cancelled`, and `changes.cancel-late` once there is a result.
 */
export function cancelled(tender: Tender, at: Date): NonNullable<Tender['cancellation']> {
  const state = statusAt(tender, at)
  if (state === 'suspended') throw new Refusal('conflict', 'changes.suspended')
  if (tender.cancellation) throw new Refusal('conflict', 'changes.cancelled')
  if (!['open', 'closing', 'closed', 'frozen', 'auction', 'opened'].includes(state)) throw new Refusal('conflict', 'changes.cancel-late')
  const { sealing, drawsAfter, procedure } = tender.publication!
  if (procedure.method === 'live-auction') return { cancelledAt: at, afterValue: tender.auction !== null && at >= tender.auction.endsAt }
  const isFixed = sealing ? tender.opening !== null : tender.frozenAt !== null || (tender.closing !== null && drawsAfter !== null && at >= drawsAfter)
  return { cancelledAt: at, afterValue: isFixed }
}

/**
 * May the regulator hold it? Refuses `changes.suspended`, and `changes.suspend-late` where nothing is left to hold: it has ended, or
 * the value that decides has come and the draw runs, or the clock is about to pick from a small list. The rounds of an auction are fixed by its freeze and run by the clock alone:
 * `changes.suspend-auction` from there to its end, after which it may be held again.
 */
export function mustBeHoldable(tender: Tender, at: Date): void {
  const state = statusAt(tender, at)
  if (state === 'suspended') throw new Refusal('conflict', 'changes.suspended')
  if (tender.auction && !tender.opening && (state === 'frozen' || state === 'auction')) throw new Refusal('conflict', 'changes.suspend-auction')
  // Where judges mark, the value comes after all sheets are shown, whenever that is.
  const decides = tender.judging ? ranksAfter(tender) : (tender.shortlist?.pickBy ?? ranksAfter(tender) ?? tender.publication?.drawsAfter)
  // While shares are waited for nothing is known that a hold could be answered with: an opening that comes late takes a later value.
  const isDue = (state === 'frozen' || state === 'opened' || state === 'shortlisted') && sharesMissing(tender) === 0 && decides && at >= decides
  if (isDue || !['open', 'closing', 'closed', 'frozen', 'opened', 'shortlisted', 'publicity'].includes(state)) throw new Refusal('conflict', 'changes.suspend-late')
}

function later(one: Date, other: Date | null): Date {
  return other && other > one ? other : one
}
