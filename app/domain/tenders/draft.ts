import { z } from 'zod'
import { Yuan } from '../money.ts'

const MOST_DAYS = 3650

/** What an owner fills in. The messages are codes of words. */
export const TenderDraft = z.object({
  projectCode: z.string('forms.required').min(1, 'forms.required').max(64, 'tenders.no-such-project'),
  listingCode: z.string('forms.required').min(1, 'forms.required').max(64, 'tenders.no-such-listing'),
  method: z.literal('random', 'tenders.method-not-open'),
  title: z.string('forms.required').min(4, 'tenders.title-short').max(80, 'tenders.title-long'),
  requirements: z.string('forms.required').min(10, 'tenders.requirements-short').max(4000, 'tenders.requirements-long'),
  serviceDays: z
    .string('forms.required')
    .regex(/^[0-9]{1,6}$/, 'tenders.service-days')
    .transform(Number)
    .pipe(z.number().min(1, 'tenders.service-days').max(MOST_DAYS, 'tenders.service-days')),
  ceiling: Yuan.pipe(z.number().min(1, 'tenders.ceiling-zero')),
})
export type TenderDraft = z.output<typeof TenderDraft>
