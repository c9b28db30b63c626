import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { isInForce, ListingCode, type Listing } from '../catalogue/listing.ts'
import type { Day } from '../calendar.ts'
import { DivisionCode, isWithin } from '../divisions/division.ts'
import { Refusal } from '../refusal.ts'
import { mustBeActive, type AgencyFacts } from './agency-state.ts'

/** 服务挂牌: an agency offers one listed service. Four things are public: conditions, process, time limit (working days), fee. */
export type Offering = {
  id: string
  agencyId: string
  listingId: string
  listingCode: string
  conditions: string
  process: string
  promisedDays: number
  fee: string
  serviceDivisions: string[]
  offeredAt: Date
  withdrawnAt: Date | null
  /** The version in whose place this one came; the old one is kept. */
  replaces: string | null
}

/** `standing` on the market · `replaced` by a newer version · `withdrawn` taken off. */
export const OFFERING_STATES = ['standing', 'replaced', 'withdrawn'] as const
export type OfferingState = (typeof OFFERING_STATES)[number]

/** Where a version of an offer stands. Its twin in SQL is in db/repositories/offerings.ts. */
export function offeringStateOf({ withdrawnAt, isReplaced }: { withdrawnAt: Date | null; isReplaced: boolean }): OfferingState {
  if (!withdrawnAt) return 'standing'
  return isReplaced ? 'replaced' : 'withdrawn'
}

const MOST_DAYS = 1000

export const OfferingForm = z.object({
  listingCode: z.string('forms.required').min(1, 'forms.required').transform((code) => code.toUpperCase()).pipe(ListingCode),
  conditions: text({ least: 2, most: 2000, lines: true }),
  process: text({ least: 2, most: 2000, lines: true }),
  promisedDays: z
    .string('forms.required')
    .min(1, { error: 'forms.required', abort: true })
    .regex(/^\d{1,4}$/, 'forms.number')
    .transform(Number)
    .pipe(z.number().min(1, 'agencies.days-few').max(MOST_DAYS, 'agencies.days-many')),
  fee: text({ least: 1, most: 500, lines: true }),
  serviceDivisions: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((given) => [...new Set([given ?? []].flat().filter((code) => code !== ''))])
    .pipe(z.array(DivisionCode).min(1, 'agencies.divisions-none').max(400, 'agencies.divisions-many')),
})
export type OfferingFields = z.output<typeof OfferingForm>

/**
 * An offer of a listed service: only what is listed today, in the area its list holds for, by an agency that is admitted.
 * The area is what the agency declares; its seat plays no part (公平竞争审查条例, article 9).
 *
 * @param replaces the version that this one takes the place of
 * @throws Refusal `agencies.not-admitted`, `agencies.not-committed`, `agencies.returned`, `agencies.listing-unknown`, `agencies.division-outside`
 */
export function offer(
  fields: OfferingFields,
  { agency, listing, at, on, id, replaces = null }: { agency: (AgencyFacts & { organisationId: string }) | undefined; replaces?: string | null; listing: Listing | undefined; at: Date; on: Day; id: string },
): Offering {
  mustBeActive(agency, at)
  if (!listing || !isInForce(listing, on)) throw new Refusal('invalid', 'agencies.listing-unknown', { field: 'listingCode', params: { code: fields.listingCode } })
  const outside = fields.serviceDivisions.find((code) => !isWithin(code, listing.divisionCode))
  if (outside) throw new Refusal('invalid', 'agencies.division-outside', { field: 'serviceDivisions', params: { division: outside, listed: listing.divisionCode } })
  return { id, agencyId: agency!.organisationId, listingId: listing.id, offeredAt: at, withdrawnAt: null, replaces, ...fields, listingCode: listing.code }
}
