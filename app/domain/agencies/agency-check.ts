import { z } from 'zod'
import { text } from '../accounts/text.ts'

/** What a formal check may find: form only. Substance is for the inspection, and no reason goes beyond what was asked for. */
export const CHECK_REASONS = ['licence-missing', 'licence-unreadable', 'licence-differs', 'attorney-missing', 'attorney-differs', 'certificate-missing', 'certificate-differs', 'practitioner-proof', 'other'] as const
export type CheckReason = (typeof CHECK_REASONS)[number]

const Reasons = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((given) => [...new Set([given ?? []].flat())])
  .pipe(z.array(z.enum(CHECK_REASONS, 'forms.invalid_value')))

/** All reasons at once (行政许可法 32): whoever returns something names everything that is wrong with it. */
export const CheckForm = z
  .object({
    verdict: z.enum(['passed', 'returned'], 'forms.invalid_value'),
    reasons: Reasons,
    note: text({ least: 0, most: 1000, lines: true }).optional().transform((note) => note ?? ''),
  })
  .superRefine(({ verdict, reasons, note }, context) => {
    if (verdict === 'returned' && reasons.length === 0) context.addIssue({ code: 'custom', message: 'agencies.check-reasons', path: ['reasons'] })
    if (verdict === 'passed' && reasons.length > 0) context.addIssue({ code: 'custom', message: 'agencies.check-passed-reasons', path: ['reasons'] })
    if (reasons.includes('other') && note.trim() === '') context.addIssue({ code: 'custom', message: 'agencies.check-note', path: ['note'] })
  })
export type CheckFields = z.output<typeof CheckForm>

/** What an agency says to a returned check. */
export const AnswerForm = z.object({ answer: text({ least: 2, most: 1000, lines: true }) })
