import { z } from 'zod'
import { text } from '#app/domain/accounts/text.ts'
import { Day } from '#app/domain/calendar.ts'
import { normaliseProjectCode, parseProjectCode } from '#app/domain/projects/project-code.ts'

const ANY_DAY = '9999-12-31'
const told = (least: number, most = 2000) => text({ least, most, lines: true, say: { empty: 'reports.words-short', short: 'reports.words-short' } })
const optional = (most: number) => text({ least: 0, most }).default('')

const ProjectField = z
  .string()
  .default('')
  .transform((typed, context) => {
    if (typed.trim() === '') return null
    const read = parseProjectCode(typed.slice(0, 100), ANY_DAY)
    if ('project' in read) return normaliseProjectCode(read.project.code)
    context.issues.push({ code: 'custom', message: read.fault, input: typed })
    return z.NEVER
  })

/** Why a refused demand is kept up all the same: a reason that somebody can be held to. */
export const UPHOLD_LEAST = 20
export const UpholdForm = z.object({ reason: told(UPHOLD_LEAST) })
/** Beside the other on one page, so its field has another name. */
export const WithdrawForm = z.object({ withdrawal: told(5, 500) })

/** What a case system sends to keep a demand up. */
export const UpholdInput = z.strictObject({ reason: told(UPHOLD_LEAST) })

/** A paper that the applicant wrote without an agency and that was not taken. `authority` is left out by the authority itself. */
export const TurnedAwayForm = z.object({
  id: z.uuid().optional().catch(undefined),
  authority: optional(100),
  service: text({ most: 200, say: { empty: 'guard.required' } }),
  material: text({ most: 200 }),
  reason: told(10),
  on: z.union([z.literal(''), Day], { error: 'guard.day' }).default(''),
  project: ProjectField,
})
/** The same from an owner, who has to say which authority it was. */
export const TurnedAwayOfOwnerForm = TurnedAwayForm.extend({ authority: text({ most: 100 }) })
export type TurnedAwayFields = z.output<typeof TurnedAwayForm>

/** Signs that nobody mixes up when they are read aloud or copied from paper. */
const RECEIPT_SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const RECEIPT_LENGTH = 20
const RECEIPT = new RegExp(`^[${RECEIPT_SIGNS}]{${RECEIPT_LENGTH}}$`)

/** A new receipt in groups of five: a hundred bits, so that nobody guesses one. */
export function receiptOf(bytes: Uint8Array): string {
  const signs = Array.from(bytes.subarray(0, RECEIPT_LENGTH), (byte) => RECEIPT_SIGNS[byte % RECEIPT_SIGNS.length])
  return signs.join('').replace(/(.{5})(?=.)/g, '$1-')
}

/** A receipt as it was typed: small letters, blanks and hyphens do not matter. */
export const Receipt = z
  .string('reports.receipt')
  .transform((typed) => typed.slice(0, 200).normalize('NFKC').toUpperCase().replace(/[\s-]/g, ''))
  .refine((plain) => RECEIPT.test(plain), 'reports.receipt')

/** "I was asked for something." Named or anonymous is chosen; a visitor is anonymous whatever is chosen. */
export const ReportForm = z.object({
  /** What the page gave; where it did not, or something else came, a new one is made. */
  receipt: Receipt.optional().catch(undefined),
  authority: text({ most: 100 }),
  asked: text({ most: 200 }),
  words: told(10),
  as: z.enum(['named', 'anonymous'], 'forms.invalid_value').default('anonymous'),
  project: ProjectField,
  decision: z.uuid().optional().catch(undefined),
})
export type ReportFields = z.output<typeof ReportForm>

export const FollowForm = z.object({ receipt: Receipt })

/** What the regulator says that an officer's words mean: a listing, or nothing on the list. */
export const WordsForm = z.object({ listing: optional(64), meaning: z.enum(['listing', 'off-list'], 'forms.invalid_value') }).refine(({ meaning, listing }) => meaning !== 'listing' || listing.trim() !== '', { path: ['listing'], message: 'reports.no-such-listing' })
