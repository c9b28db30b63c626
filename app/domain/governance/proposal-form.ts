import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { Day } from '../calendar.ts'
import { ListingCode } from '../catalogue/listing.ts'
import { WordingForm } from '../catalogue/wording-form.ts'
import { OPINIONS, OUTCOMES } from './proposal.ts'

const reason = (most = 500) => text({ least: 4, most, lines: true, say: { empty: 'governance.reason-short', short: 'governance.reason-short' } })
const optional = (most: number, lines = false) => text({ least: 0, most, lines }).default('').transform((given) => given || null)

/** What a proposal says of itself. */
export const ProposalForm = z.object({
  title: text({ least: 4, most: 120, say: { empty: 'governance.title-short', short: 'governance.title-short' } }),
  reason: reason(2000),
  basis: text({ least: 4, most: 2000, lines: true, say: { empty: 'governance.basis-short', short: 'governance.basis-short' } }),
})
export type ProposalForm = z.output<typeof ProposalForm>

/** One wording of a proposal, with why. */
export const EntryForm = WordingForm.omit({ from: true, note: true }).extend({ reason: reason() })
export type EntryForm = z.output<typeof EntryForm>

export const RemovalForm = z.object({ code: ListingCode, why: reason() })

/** Empty where the public is asked; else which basis was repealed, by what and when. */
export const ProposingForm = z.object({ urgentReason: text({ least: 10, most: 500, lines: true, say: { short: 'governance.urgent-short' } }).or(z.literal('')).default('').transform((given) => given || null) })

export const OpinionForm = z.object({
  kind: z.enum(OPINIONS, 'forms.invalid_value'),
  favours: z.enum(['yes', 'no'], 'forms.invalid_value').transform((given) => given === 'yes'),
  office: text({ least: 2, most: 60 }),
  words: reason(2000),
})

export const CommentForm = z.object({
  words: text({ least: 5, most: 2000, lines: true, say: { empty: 'governance.comment-short', short: 'governance.comment-short' } }),
  contact: optional(100),
  /** Whether the page took its reader for somebody signed in: whose session has ended meanwhile must not speak as a visitor. */
  as: z.enum(['member', 'visitor'], 'forms.invalid_value').default('visitor'),
})

export const AnswerForm = z.object({
  ids: z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.uuid('governance.no-such-comment')).min(1, 'governance.choose-comments').max(200, 'governance.choose-comments')),
  outcome: z.enum(OUTCOMES, 'forms.invalid_value'),
  words: reason(2000),
})

export const AdoptionForm = z.object({ from: Day, note: reason() })
export const WithdrawalForm = z.object({ reason: reason() })
