import { calendarWith, type Calendar, type Day } from '#app/domain/calendar.ts'
import type { Database } from '#app/domain/context.ts'
import { chainOf } from '#app/domain/divisions/division.ts'

type Row = { day: Day; working: boolean }

/** The national calendar with what a division, its city and its province have decided laid over it; the nearest wins. */
export async function calendarOf(db: Database, divisionCode: string): Promise<Calendar> {
  const rows = await db<Row>('calendar_days').select('day', 'working').whereIn('division_code', chainOf(divisionCode)).orderBy('division_code')
  return calendarWith(rows)
}
