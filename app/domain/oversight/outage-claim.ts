import { z } from 'zod'
import { text } from '#app/domain/accounts/text.ts'
import { startOf, Day } from '#app/domain/calendar.ts'
import { Refusal } from '../refusal.ts'
import type { Gap } from '#app/domain/tenders/outage.ts'

const Minute = z.string('forms.required').regex(/^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$/, 'changes.minute')

/** An outage as an operator claims it: a Beijing day with two times of it, and a public reason. */
export const OutageForm = z.object({ day: Day, from: Minute, until: Minute, reason: text({ least: 5, most: 500, lines: true, say: { empty: 'changes.reason-short', short: 'changes.reason-short', long: 'changes.reason-long' } }) })
export const ApprovalForm = z.object({ id: z.uuid('changes.no-such-claim') })

/** The time that a claim names. Refuses `changes.gap-order` where it ends before it begins. */
export function gapOf({ day, from, until }: Pick<z.output<typeof OutageForm>, 'day' | 'from' | 'until'>): Gap {
  const gap = { from: instantOf(day, from), until: instantOf(day, until) }
  if (gap.from >= gap.until) throw new Refusal('conflict', 'changes.gap-order', { field: 'until' })
  return gap
}

function instantOf(day: Day, time: string): Date {
  const [hours, minutes, seconds = 0] = time.split(':').map(Number) as [number, number, number?]
  return new Date(startOf(day).getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000)
}
