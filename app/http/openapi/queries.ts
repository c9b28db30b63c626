import { z } from 'zod'
import { Day } from '#app/domain/calendar.ts'
import { HEARD_TYPES } from '#app/domain/events/heard-outside.ts'
import { LISTING_CODE, STAGES } from '#app/domain/catalogue/listing.ts'
import { DivisionCode } from '#app/domain/divisions/division.ts'

const MOST = 200

/** What `GET /api/v1/catalogue` is asked. */
export const CatalogueQuery = z.strictObject({
  division: DivisionCode.optional(),
  on: Day.optional(),
  after: z.string().regex(LISTING_CODE, 'catalogue.after-malformed').optional(),
  limit: z.coerce.number('catalogue.limit-malformed').int('catalogue.limit-malformed').min(1, 'catalogue.limit-malformed').max(MOST, 'catalogue.limit-malformed').default(100),
})

/** What `GET /api/v1/approval-items` is asked. */
export const ItemsQuery = z.strictObject({ division: DivisionCode.optional(), stage: z.enum(STAGES, 'catalogue.stage').optional() })

const limit = (most: number, usual: number) => z.coerce.number('events.limit').int('events.limit').min(1, 'events.limit').max(most, 'events.limit').default(usual)
const placeText = z.string().regex(/^\d{1,15}$/, 'events.place')
const place = placeText.transform(Number)

/** What `GET /api/v1/feed` is asked. */
export const FeedQuery = z.strictObject({ after: place.optional(), type: z.enum(HEARD_TYPES, 'events.unknown-type').optional(), limit: limit(500, 100) })

/** What the log of a receiver is asked. */
export const DeliveriesQuery = z.strictObject({ show: z.literal('troubled', 'events.show').optional(), before: place.optional(), limit: limit(200, 50) })

/** What `GET /api/v1/events` is asked. */
export const EventsQuery = z.strictObject({ id: z.string().max(200, 'events.place').optional(), source: z.string().max(300, 'events.source').optional(), state: z.enum(['received', 'processed', 'refused', 'failed'], 'events.state').optional(), before: place.optional(), limit: limit(200, 50) })

/** What `GET /api/v1/cases` is asked; a `q` that is no case and no project finds nothing. */
export const CasesQuery = z.strictObject({ q: z.string().optional(), before: placeText.optional() })
