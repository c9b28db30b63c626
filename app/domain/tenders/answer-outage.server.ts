import type { Knex } from 'knex'
import { endOf, periodBefore } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { listSpells } from '#db/repositories/service-spells.ts'
import { listExtensions } from '#db/repositories/tender-changes.ts'
import { moveDates } from './move-dates.server.ts'
import { gapsBetween, gapToAnswer, type Gap } from './outage.ts'
import type { PublishedTender } from './own-published.server.ts'
import type { Tender } from './tender.ts'

/**
 * What a closing asks first, in its own transaction: did the marketplace fail its bidders in the last hours before the deadline? If
 * so the deadline moves for everybody instead, once a gap. While nobody serves yet nothing is decided, since nobody could use the time.
 *
 * However long the gap was, no value is known from which the deadline would be moved away: whatever decides comes after a checkpoint
 * over the freeze, of any source, and the freeze is still to come.
 *
 * @returns the tender with the later deadline; `wait` while the gap lasts; null where the closing goes on
 */
export async function answerOutage(trx: Knex.Transaction, context: Context, { tender, at }: { tender: PublishedTender; at: Date }): Promise<Tender | 'wait' | null> {
  const { closesAt, procedure } = tender.publication
  const rule = procedure.life.outage
  const calendar = await calendarOf(trx, tender.divisionCode)
  const gaps = gapsBetween(await listSpells(trx, periodBefore(closesAt, rule.window, calendar)), at)
  const answered = (await listExtensions(trx, tender.id)).flatMap(({ gap }) => (gap ? [gap] : []))
  const gap = gapToAnswer(gaps, answered, { closesAt, rule, calendar })
  if (!gap) return null
  if (gap.until >= at) return 'wait'
  return extendForGap(trx, context, { tender, at, gap, cause: 'outage', reason: '' })
}

/** Moves a deadline for a gap: by the rule's extension, counted from now or from the deadline, whichever is later. */
export async function extendForGap(trx: Knex.Transaction, context: Context, { tender, at, gap, cause, reason }: { tender: PublishedTender; at: Date; gap: Gap; cause: 'outage' | 'operator'; reason: string }): Promise<Tender> {
  const { closesAt, procedure } = tender.publication
  const from = at > closesAt ? at : closesAt
  return moveDates(trx, context, { tender, at, cause, reason, gap, closesAt: endOf(from, procedure.life.outage.extension, await calendarOf(trx, tender.divisionCode)).at })
}
