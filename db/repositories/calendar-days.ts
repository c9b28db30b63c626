import type { Knex } from 'knex'
import { calendarWith, type Calendar, type CalendarDay, type Day } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import { chainOf } from '#app/domain/divisions/division.ts'

type Row = { division_code: string; day: Day; working: boolean; reason: string; entered_at: Date | null; ledger_entry_id: string | null }

/** A day as it was entered for a place, by whose announcement and when. */
export type EnteredDay = CalendarDay & { divisionCode: string; divisionName: string; source: string; enteredAt: Date | null }

/** The national calendar with what a division, its city and its province have decided laid over it; the nearest wins. It is read anew by whoever counts, so every web and worker has a change at once. */
export async function calendarOf(db: Database, divisionCode: string): Promise<Calendar> {
  const rows = await db<Row>('calendar_days').select('day', 'working').whereIn('division_code', chainOf(divisionCode)).orderBy('division_code')
  return calendarWith(rows)
}

/** Every day that was entered for a division and for what lies above it, the latest first and of one day the nearest place. */
export async function listCalendarDays(db: Database, { divisionCode }: { divisionCode: string }): Promise<EnteredDay[]> {
  return db('calendar_days as entered')
    .join('divisions', 'divisions.code', 'entered.division_code')
    .whereIn('entered.division_code', chainOf(divisionCode))
    .orderBy([{ column: 'entered.day', order: 'desc' }, { column: 'entered.division_code', order: 'desc' }])
    .select({ day: 'entered.day', working: 'entered.working', divisionCode: 'entered.division_code', divisionName: 'divisions.name', source: 'entered.reason', enteredAt: 'entered.entered_at' })
}

/** Writes days of one division; what stood there for a day gives way. */
export async function saveCalendarDays(trx: Knex.Transaction, { divisionCode, days, source, at, ledgerEntryId }: { divisionCode: string; days: readonly CalendarDay[]; source: string; at: Date; ledgerEntryId: string }): Promise<void> {
  await trx<Row>('calendar_days')
    .insert(days.map(({ day, working }) => ({ division_code: divisionCode, day, working, reason: source, entered_at: at, ledger_entry_id: ledgerEntryId })))
    .onConflict(['division_code', 'day'])
    .merge()
}

/** Takes a day of one division out; undefined where none was. */
export async function deleteCalendarDay(trx: Knex.Transaction, { divisionCode, day }: { divisionCode: string; day: Day }): Promise<CalendarDay | undefined> {
  const [removed] = await trx<Row>('calendar_days').where({ division_code: divisionCode, day }).delete().returning(['day', 'working'])
  return removed && { day: removed.day, working: removed.working }
}
