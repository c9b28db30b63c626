import { z } from 'zod'
import { text } from '../accounts/text.ts'

/** The grades that a regulator publishes, best first. */
export const GRADES = ['A', 'B', 'C', 'D'] as const
export type Grade = (typeof GRADES)[number]

/** One grading: who is in the grade from when on, by which published rating, and why. */
export type CreditGrade = { id: string; agencyId: string; divisionCode: string; grade: Grade; source: string; reason: string; gradedAt: Date; gradedBy: string | null; ledgerEntryId: string }

/** What counts for one agency at one instant: a published grade with its entry, or the grade of whoever has none. */
export type Credit = { grade: Grade; entry: string | null }

/** What a regulator says when it publishes a grade. */
export const GradeForm = z.object({
  agency: text({ most: 200, say: { long: 'credit.no-such-agency' } }),
  grade: z.enum(GRADES, 'credit.grade-missing'),
  source: text({ least: 4, most: 120, say: { short: 'credit.source-short', empty: 'credit.source-short', long: 'credit.source-long' } }),
  reason: text({ least: 5, most: 500, lines: true, say: { short: 'credit.reason-short', empty: 'credit.reason-short', long: 'credit.reason-long' } }),
})
export type GradeForm = z.output<typeof GradeForm>

/** What counts of an agency's latest grade, or of none. */
export function creditOf(latest: Pick<CreditGrade, 'grade' | 'ledgerEntryId'> | undefined, unrated: Grade): Credit {
  return latest ? { grade: latest.grade, entry: latest.ledgerEntryId } : { grade: unrated, entry: null }
}
