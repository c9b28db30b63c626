import { z } from 'zod'
import { Day } from '#app/domain/calendar.ts'
import { LISTING_CODE } from '#app/domain/catalogue/listing.ts'
import { DivisionCode } from '#app/domain/divisions/division.ts'

const MOST = 200

/** What `GET /api/v1/catalogue` is asked. */
export const CatalogueQuery = z.object({
  division: DivisionCode.optional(),
  on: Day.optional(),
  after: z.string().regex(LISTING_CODE, 'catalogue.after-malformed').optional(),
  limit: z.coerce.number('catalogue.limit-malformed').int('catalogue.limit-malformed').min(1, 'catalogue.limit-malformed').max(MOST, 'catalogue.limit-malformed').default(100),
})

/** What `GET /api/v1/cases` is asked; what it does not understand finds nothing. */
export const CasesQuery = z.object({ q: z.string().optional(), before: z.string().optional() })
