import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { parseYuan, Yuan } from '../money.ts'
import { AUCTION_BOUNDS, type AuctionRule } from './auction.ts'
import { parsePercent } from '../percent.ts'
import { MOST_PRACTITIONERS, type ConditionFields } from './conditions.ts'
import { isWholeMerit, MERIT_FIELDS, meritFaultsIn, type MeritFields } from './draft-merit.ts'
import type { Merit } from './merit.ts'
import { QUOTE_KINDS, type QuoteRule } from './quote-rule.ts'
import { METHODS, type Tender } from './tender.ts'
import { TIES } from './tie-rule.ts'

const MOST_DAYS = 3650
const LEAST = { title: 4, requirements: 10, reason: 10 }
const MOST = { title: 80, requirements: 4000, contact: 200, deliverables: 1000, reason: 500, agency: 200 }

/** A text of a draft; what is empty may stay so until the draft is checked. Some fields say what they want also where nothing was written. */
function words({ least = 0, short = 'forms.required', most, long, lines }: { least?: number; short?: string; most: number; long: string; lines?: boolean }) {
  return text({ least, most, lines, say: { empty: least > 1 && short === 'tenders.title-short' ? 'forms.required' : short, short, long } })
}

const isShort = (text: string, least: number) => [...text.trim()].length < least

/** `20`, `20 天`, `20 days`; anything else is no number of days. Nothing yet is 0. */
const Days = z
  .string('forms.required')
  // Blanks go first: looked for before the word at the end, a long row of them would take minutes.
  .transform((text) => text.normalize('NFKC').replace(/\s/g, '').replace(/(?:天|日|个?自然日|days?)$/i, ''))
  .pipe(z.string().regex(/^[0-9]{0,6}$/, 'tenders.service-days'))
  .transform(Number)
  .pipe(z.number().max(MOST_DAYS, 'tenders.service-days'))

/** How long a list is; what is left empty is as policy proposes. */
const Length = z
  .string('forms.custom')
  .default('')
  .transform((text) => text.normalize('NFKC').replace(/\s/g, '').replace(/家$/, ''))
  .pipe(z.string().regex(/^[0-9]{0,4}$/, 'credit.length'))
  .transform((text) => (text === '' ? undefined : Number(text)))

/** A bound of discounts in percent; what is left empty bounds nothing. */
const discount = (otherwise: number) =>
  z.string().default('').transform((given, context): number => {
    const read = parsePercent(given)
    if ('basisPoints' in read) return read.basisPoints
    if (read.fault !== 'forms.required') context.issues.push({ code: 'custom', message: read.fault, input: given })
    return otherwise
  })

/** How many people; nothing yet is 0, and `3 人` is 3. */
const People = z
  .string()
  .default('')
  .transform((text) => text.normalize('NFKC').replace(/\s/g, '').replace(/(?:人|名|people)$/i, ''))
  .pipe(z.string().regex(/^[0-9]{0,3}$/, 'drafts.practitioners-least'))
  .transform(Number)
  .pipe(z.number().max(MOST_PRACTITIONERS, 'drafts.practitioners-least'))

const asked = z.string().max(200, 'agencies.qualification-unknown').default('')

/** A small whole number that may be left to the division's policy. */
const chosen = (most: number, code: string) =>
  z.string().default('').transform((given, context): number | null => {
    const plain = given.normalize('NFKC').replace(/\s/g, '')
    if (plain === '') return null
    if (/^[1-9][0-9]?$/.test(plain) && Number(plain) <= most) return Number(plain)
    context.issues.push({ code: 'custom', message: code, input: given })
    return null
  })

/** An amount that may be left to the division's policy. */
const ChosenYuan = z.string().default('').transform((given, context): number | null => {
  const read = parseYuan(given)
  if ('fen' in read && read.fen > 0) return read.fen
  if (!('fault' in read) || read.fault !== 'forms.required') context.issues.push({ code: 'custom', message: 'fault' in read ? read.fault : 'auction.step-zero', input: given })
  return null
})

const TITLE = { most: MOST.title, long: 'tenders.title-long' }
const REQUIREMENTS = { most: MOST.requirements, long: 'tenders.requirements-long', lines: true }
const REASON = { most: MOST.reason, long: 'drafts.direct-reason-long', lines: true }

const FIELDS = {
  projectCode: z.string('forms.required').min(1, 'forms.required').max(64, 'tenders.no-such-project'),
  listingCode: z.string('forms.required').min(1, 'forms.required').max(64, 'tenders.no-such-listing'),
  method: z.enum(METHODS, 'tenders.method-not-open'),
  title: words(TITLE),
  requirements: words(REQUIREMENTS),
  deliverables: words({ most: MOST.deliverables, long: 'drafts.deliverables-long', lines: true }).default(''),
  contact: words({ most: MOST.contact, long: 'drafts.contact-long' }).default(''),
  serviceDays: Days,
  ceiling: Yuan.pipe(z.number().min(1, 'tenders.ceiling-zero')),
  /** What was typed or picked: a code, a name, or both; empty for a random selection. */
  namedAgency: words({ most: MOST.agency, long: 'drafts.no-such-agency' }).default(''),
  directReason: words(REASON).default(''),
  /** How prices are named, where the method compares any. */
  quoteKind: z.enum(QUOTE_KINDS, 'forms.custom').default('money'),
  discountLeast: discount(0),
  discountMost: discount(10_000),
  /** What puts equal prices in order, where they are sealed. */
  tie: z.enum(TIES, 'forms.custom').default('draw'),
  /** Prices that nobody opens alone. */
  twoKeys: z.enum(['yes', ''], 'forms.custom').default(''),
  qualificationNeed: z.enum(['all', 'any'], 'forms.custom').default('all'),
  qualification1: asked,
  qualification2: asked,
  qualification3: asked,
  practitionerLicence: z.string().max(200, 'drafts.licence-unknown').default(''),
  practitionersLeast: People,
  /** How an auction runs, where it is one. */
  auctionRounds: chosen(AUCTION_BOUNDS.rounds, 'auction.rounds'),
  auctionMinutes: chosen(AUCTION_BOUNDS.minutes, 'auction.minutes'),
  auctionStep: ChosenYuan,
  /** How long the lists of a credit shortlist are. */
  bigList: Length,
  smallList: Length,
  /** Of a selection by merit: points of the price, how many judges, and what they judge. */
  ...MERIT_FIELDS,
}

type Bounds = { quoteKind: (typeof QUOTE_KINDS)[number]; discountLeast: number; discountMost: number }
const bounded = ({ quoteKind, discountLeast, discountMost }: Bounds) => quoteKind === 'money' || discountLeast <= discountMost
const BOUNDED = { path: ['discountMost'], error: 'drafts.discount-bounds' }

/** A draft as it is saved on the way: what is there has to be right, and what is not there yet may come later. */
export const UnfinishedDraft = z.object(FIELDS).refine(bounded, BOUNDED)

/** The rule of prices that a filled-in form says. */
export function quoteRuleOf({ quoteKind, discountLeast, discountMost }: Partial<Bounds>): QuoteRule {
  return quoteKind === 'discount' ? { kind: 'discount', least: discountLeast ?? 0, most: discountMost ?? 10_000 } : { kind: 'money' }
}

type Chosen = { auctionRounds: number | null; auctionMinutes: number | null; auctionStep: number | null }

/** How a filled-in form wants an auction. */
export function auctionRuleOf({ auctionRounds = null, auctionMinutes = null, auctionStep = null }: Partial<Chosen>): AuctionRule {
  return { rounds: auctionRounds, minutes: auctionMinutes, stepFen: auctionStep }
}

const WHOLE = {
  ...FIELDS,
  title: words({ ...TITLE, least: LEAST.title, short: 'tenders.title-short' }),
  requirements: words({ ...REQUIREMENTS, least: LEAST.requirements, short: 'tenders.requirements-short' }),
  serviceDays: Days.pipe(z.number().min(1, 'tenders.service-days')),
}

const isDirect = ({ value }: { value: unknown }) => (value as { method?: unknown } | null)?.method === 'direct'

/**
 * A draft that is ready to be checked and published. The messages are codes of words. Whoever names an agency says whom and why;
 * that is asked whatever else is wrong, so that all faults are heard at once.
 */
export const TenderDraft = z
  .object(WHOLE)
  .refine(bounded, BOUNDED)
  .refine(({ namedAgency }) => String(namedAgency ?? '').trim() !== '', { path: ['namedAgency'], error: 'drafts.direct-nobody', when: isDirect })
  .refine(({ directReason }) => !isShort(String(directReason ?? ''), LEAST.reason), { path: ['directReason'], error: 'drafts.direct-reason-short', when: isDirect })
  .superRefine((draft, context) => {
    for (const { field, code, params } of draft.method === 'merit' ? meritFaultsIn(draft) : []) context.addIssue({ code: 'custom', path: [field], message: code, params })
  })

type Optional = 'contact' | 'deliverables' | 'namedAgency' | 'directReason' | 'tie' | 'twoKeys' | 'bigList' | 'smallList' | keyof Bounds | keyof ConditionFields | keyof Chosen | keyof MeritFields
type Filled = Omit<z.output<typeof UnfinishedDraft>, Optional>
/** What an owner fills in; what is optional may be left out. */
export type TenderDraft = Filled & Partial<Pick<z.output<typeof UnfinishedDraft>, Optional>>

export type Missing = { field: 'title' | 'requirements' | 'serviceDays' | 'namedAgency' | 'directReason' | 'criteria'; code: string }

/** What a draft still lacks before it can be published, in the order of the form. */
export function missingIn(draft: Pick<TenderDraft, 'title' | 'requirements' | 'serviceDays' | 'method' | 'namedAgency' | 'directReason'> & { merit?: Merit | null }): Missing[] {
  const missing: Missing[] = []
  if (isShort(draft.title, LEAST.title)) missing.push({ field: 'title', code: draft.title.trim() ? 'tenders.title-short' : 'forms.required' })
  if (isShort(draft.requirements, LEAST.requirements)) missing.push({ field: 'requirements', code: 'tenders.requirements-short' })
  if (draft.serviceDays < 1) missing.push({ field: 'serviceDays', code: 'tenders.service-days' })
  if (draft.method === 'merit' && !isWholeMerit(draft.merit)) missing.push({ field: 'criteria', code: 'merit.sum' })
  if (draft.method !== 'direct') return missing
  if (!draft.namedAgency) missing.push({ field: 'namedAgency', code: 'drafts.direct-nobody' })
  if (isShort(draft.directReason ?? '', LEAST.reason)) missing.push({ field: 'directReason', code: 'drafts.direct-reason-short' })
  return missing
}

/** The same of a draft as it is kept. */
export function missingFrom(tender: Pick<Tender, 'title' | 'requirements' | 'serviceDays' | 'method' | 'merit' | 'namedAgencyId' | 'directReason'>): Missing[] {
  return missingIn({ ...tender, namedAgency: tender.namedAgencyId ?? '' })
}
