import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { EXEMPTIONS } from '../guard/route.ts'
import { Yuan } from '../money.ts'

const LEAST = 10
const MOST = 500

/** Why a purchase goes without procurement (政府采购法 85), as its owner says it. */
export const ExemptionForm = z.object({
  projectCode: z.string('forms.required').min(1, 'forms.required').max(64, 'tenders.no-such-project'),
  listingCode: z.string('forms.required').min(1, 'forms.required').max(64, 'tenders.no-such-listing'),
  ceiling: Yuan.pipe(z.number().min(1, 'tenders.ceiling-zero')),
  exemption: z.enum(EXEMPTIONS, 'forms.invalid_value'),
  reason: text({ least: LEAST, most: MOST, lines: true, say: { empty: 'drafts.exemption-reason-short', short: 'drafts.exemption-reason-short', long: 'drafts.exemption-reason-long' } }),
})
export type ExemptionForm = z.output<typeof ExemptionForm>
