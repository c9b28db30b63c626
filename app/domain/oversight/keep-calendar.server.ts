import type { Knex } from 'knex'
import { transact } from '#db/client.ts'
import { calendarOf, deleteCalendarDay, listCalendarDays, saveCalendarDays, type EnteredDay } from '#db/repositories/calendar-days.ts'
import { findDivision, listDivisionsBelow } from '#db/repositories/divisions.ts'
import { memberWho, type Member } from '../accounts/actor.ts'
import { coverageOf, dayOf, type CalendarDay, type Coverage } from '../calendar.ts'
import type { Context } from '../context.ts'
import { tell } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { daysOf, lateAnnouncement, type CalendarForm, type CalendarRemoval } from './calendar-days.ts'
import { isWithin, type Division } from '../divisions/division.ts'

/**
 * An operator enters days that a place has off or works, beside the national calendar: next year's holidays before the software knows
 * them, a storm. They hold in the division and all below it, for everything that is counted from now on; instants that were
 * fixed and told stay. What was entered for such a day before gives way.
 *
 * @param form days from today on, with who announced them (public); `announced` says that the rest of this year is entered, where its 1 October passed without
 * @returns how many days now stand otherwise than before
 * Refuses as {@link daysOf}; `calendar.not-yours` for a division elsewhere, `calendar.same` where nothing would change.
 */
export async function enterCalendarDays(context: Context, form: CalendarForm): Promise<number> {
  return changed(context, form.division, async (trx, { at, member }) => {
    const before = new Map((await listCalendarDays(trx, { divisionCode: form.division })).filter(({ divisionCode }) => divisionCode === form.division).map(({ day, working }) => [day, working]))
    const announced = form.announced ? lateAnnouncement(await calendarOf(trx, form.division), dayOf(at)) : null
    const days = daysOf(form, dayOf(at), announced).filter(({ day, working }) => before.get(day) !== working)
    if (!days.length) throw new Refusal('conflict', 'calendar.same', { field: 'holidays' })
    const { entry } = await told(trx, { ...context, actor: member }, { at, divisionCode: form.division, kind: 'calendar.days-entered', days, source: form.source })
    await saveCalendarDays(trx, { divisionCode: form.division, days, source: form.source, at, ledgerEntryId: entry })
    return days.length
  })
}

/**
 * Takes a day out again that was entered for this very division and has not come yet: there the calendar above holds again.
 * Refuses `calendar.not-yours`, `calendar.past`, `calendar.no-such-day`.
 */
export async function removeCalendarDay(context: Context, { division, day, reason }: CalendarRemoval): Promise<void> {
  await changed(context, division, async (trx, { at, member }) => {
    if (day < dayOf(at)) throw new Refusal('conflict', 'calendar.past', { field: 'day', params: { day } })
    const removed = await deleteCalendarDay(trx, { divisionCode: division, day })
    if (!removed) throw new Refusal('conflict', 'calendar.no-such-day', { field: 'day' })
    await told(trx, { ...context, actor: member }, { at, divisionCode: division, kind: 'calendar.day-removed', days: [removed], source: reason })
  })
}

/** A place's calendar: which years are known and from where, and every day that was entered for it or above it, the latest first. */
export type ShownCalendar = { division: Division; places: Division[]; years: { year: number; known: Coverage }[]; days: EnteredDay[]; today: string; /** This year, where it was not announced before its 1 October and may be marked so. */ late: number | null }

/** Refuses `accounts.not-allowed`; a division that is not the operator's shows the operator's own. */
export async function showCalendar({ db, actor, clock }: Context, { divisionCode }: { divisionCode?: string | undefined }): Promise<ShownCalendar> {
  const member = memberWho(actor, 'keep:calendar')
  const code = divisionCode !== undefined && isWithin(divisionCode, member.divisionCode) && (await findDivision(db, divisionCode)) ? divisionCode : member.divisionCode
  const [own, below, days, calendar, at] = await Promise.all([findDivision(db, member.divisionCode), listDivisionsBelow(db, member.divisionCode), listCalendarDays(db, { divisionCode: code }), calendarOf(db, code), clock.read(db)])
  const [division] = code === own!.code ? [own!] : [(await findDivision(db, code))!]
  const today = dayOf(at)
  const years = [0, 1, 2].map((n) => Number(today.slice(0, 4)) + n).map((year) => ({ year, known: coverageOf(calendar, year) }))
  return { division: division!, places: [own!, ...below], years, days, today, late: lateAnnouncement(calendar, today) && Number(today.slice(0, 4)) }
}

type Doing = { at: Date; member: Member }

/** One transaction of whoever may, for a division of theirs; two of one division follow each other. */
async function changed<T>(context: Context, divisionCode: string, work: (trx: Knex.Transaction, doing: Doing) => Promise<T>): Promise<T> {
  const member = memberWho(context.actor, 'keep:calendar')
  return transact(context.db, async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`calendar:${divisionCode}`])
    if (!isWithin(divisionCode, member.divisionCode) || !(await findDivision(trx, divisionCode))) throw new Refusal('invalid', 'calendar.not-yours', { field: 'division' })
    return work(trx, { at: await context.clock.read(trx), member })
  })
}

function told(trx: Knex.Transaction, context: Context, { at, divisionCode, kind, days, source }: { at: Date; divisionCode: string; kind: 'calendar.days-entered' | 'calendar.day-removed'; days: readonly CalendarDay[]; source: string }) {
  const facts = { count: days.length, first: days[0]!.day, last: days.at(-1)!.day }
  return tell(trx, context, {
    at, act: 'keep:calendar', kind, subject: divisionCode, divisionCode, facts,
    payload: { source, days: days.map(({ day, working }) => ({ day, working })) },
    event: { type: 'marketplace.calendar.changed.v1', data: { division: divisionCode, ...facts } },
  })
}
