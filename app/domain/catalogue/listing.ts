import { z } from 'zod'
import { Day } from '../calendar.ts'
import { DivisionCode } from '../divisions/division.ts'
import { Basis } from './basis.ts'
import { Condition } from './condition.ts'

/** `statutory` 法定: may be demanded. `authority-commissioned`: the office buys and pays. `market`: owners may buy, nobody may demand. */
export const NATURES = ['statutory', 'authority-commissioned', 'market'] as const
export type Nature = (typeof NATURES)[number]

export const STAGES = ['land-and-planning', 'engineering', 'construction', 'completion'] as const
export type Stage = (typeof STAGES)[number]

export const COMMISSIONERS = ['applicant', 'authority'] as const
export type Commissioner = (typeof COMMISSIONERS)[number]

export const LISTING_CODE = /^[A-Z][A-Z0-9-]{1,19}$/
export const ListingCode = z.string('forms.required').regex(LISTING_CODE, 'catalogue.code-malformed')

/** What the guard reads. Null means that nobody has said it. */
export const ListingRules = z.object({
  bases: z.array(Basis),
  /** The facts of a project under which the service is needed at all; null: always. */
  appliesWhen: Condition.nullable(),
  /** May the applicant write it itself? Null: 未载明. */
  selfPrepare: z.boolean().nullable(),
  commissioner: z.enum(COMMISSIONERS),
  /** The document that the service yields, by which a case may ask for it. */
  material: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** The kind of regional assessment that covers it (优化营商环境条例 42), e.g. `soil-and-water`. */
  regionalAssessment: z.string().nullable(),
  /** The code of the combined service that covers it. */
  mergedInto: z.string().nullable(),
  /** The code of the listed service of which it is a part. */
  duplicateOf: z.string().nullable(),
  /** The day from which the approval item that it served was cancelled. */
  itemCancelledOn: Day.nullable(),
  freeDownload: z.url().nullable(),
  /** For how many years a result stays good. */
  validYears: z.number().positive().nullable(),
})
export type ListingRules = z.infer<typeof ListingRules>

export const AUDIT_STATUSES = [
  'basis-present', 'insufficient-basis', 'no-basis-recorded', 'repealed-basis', 'repealed-item', 'likely-repealed',
  'statutory-candidate', 'authority-commissioned', 'market', 'check', 'out-of-scope', 'not-construction',
] as const
export type AuditStatus = (typeof AUDIT_STATUSES)[number]

const words = z.string().nullable()

/** What people read, in the words of the source. Null is 未载明 and is never filled in. */
export const ListingDetails = z.object({
  department: words,
  /** The approval item as the source words it, which may differ from ours. */
  approvalItem: words,
  timeLimit: words,
  feeBasis: words,
  qualification: words,
  legalBasis: words,
  sourceTitle: words,
  sourceUrl: words,
  audit: z.object({ status: z.enum(AUDIT_STATUSES), why: z.string() }).nullable(),
  /** General knowledge and not a published list: labelled wherever it is shown. */
  sample: z.boolean(),
})
export type ListingDetails = z.infer<typeof ListingDetails>

/** One wording of one listed service, in force from a day until a day (half open). Money, if any, stands in the source's words. */
export type Listing = {
  id: string
  divisionCode: string
  code: string
  name: string
  aliases: string[]
  categoryCode: string | null
  nature: Nature
  /** Codes of approval items (`A01` …); empty: the source names none of ours. */
  approvalItems: string[]
  stages: Stage[]
  rules: ListingRules
  details: ListingDetails
  inForceFrom: Day
  inForceUntil: Day | null
  sinceVersion: number
  untilVersion: number | null
  /** It says that a lower list does without what the list above it has: nothing is in force there while it stands. */
  removed?: true
}

/** A wording before it stands in a list. */
export const ListingWording = z.object({
  divisionCode: DivisionCode,
  code: ListingCode,
  name: z.string('forms.required').min(2, 'catalogue.name-short').max(120, 'catalogue.name-long'),
  aliases: z.array(z.string().min(1)).max(40),
  categoryCode: z.string().nullable(),
  nature: z.enum(NATURES),
  approvalItems: z.array(z.string()),
  stages: z.array(z.enum(STAGES)),
  rules: ListingRules,
  details: ListingDetails,
})
export type ListingWording = z.infer<typeof ListingWording>

type Dated = Pick<Listing, 'inForceFrom' | 'inForceUntil' | 'removed'>

/** Does this row speak on a day, be it to say that nothing is listed? The first day counts, the last day named does not. */
export function stands({ inForceFrom, inForceUntil }: Dated, on: Day): boolean {
  return inForceFrom <= on && (inForceUntil === null || on < inForceUntil)
}

/** Is this wording in force on a day? */
export function isInForce(listing: Dated, on: Day): boolean {
  return !listing.removed && stands(listing, on)
}
