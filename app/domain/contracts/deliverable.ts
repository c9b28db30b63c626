import { z } from 'zod'
import { text } from '../accounts/text.ts'
import type { StoredDocument } from '#app/domain/agencies/document.ts'
import { dayOf, type Day } from '../calendar.ts'
import { Refusal } from '../refusal.ts'

/** One round of what a service yields: handed over, and then accepted, or returned with all reasons at once. */
export type Deliverable = {
  id: string
  round: number
  name: string
  /** Null where the result is secret: then it was handed over on paper, and `handover` says by which receipt. */
  document: StoredDocument | null
  handover: string | null
  deliveredAt: Date
  /** The first instant at which it counts as accepted by silence. */
  answerBy: Date
  acceptedAt: Date | null
  /** Accepted because nobody answered in time. */
  deemed: boolean
  /** The first day on which it is not valid any more; null where its listing names no term. */
  validUntil: Day | null
  returnedAt: Date | null
  reasons: string | null
  /** Of a later return: which of the first reasons were not met. */
  unmet: string | null
}

export const FORMS_OF_RESULT = ['file', 'paper'] as const

export const DeliveryForm = z.object({
  name: text({ least: 2, most: 120 }),
  form: z.enum(FORMS_OF_RESULT, 'contracts.form-of-result'),
  handover: text({ least: 0, most: 500, lines: true }).default(''),
})
const Answered = z.object({ id: z.uuid('contracts.no-such-result') })
export const AcceptanceForm = Answered
export const ReturnForm = Answered.extend({
  reasons: text({ least: 10, most: 4000, lines: true, say: { empty: 'contracts.reasons-short', short: 'contracts.reasons-short', long: 'contracts.reasons-long' } }),
  unmet: text({ least: 0, most: 2000, lines: true }).default(''),
})

/** A file, or the receipt of what was handed over on paper: never both, since what is secret has no copy here (保守国家秘密法 26). Refuses `contracts.file-none`, `contracts.secret-no-file`, `contracts.handover-none`, each at its field. */
export function mustBeOneForm({ form, hasFile, handover }: { form: (typeof FORMS_OF_RESULT)[number]; hasFile: boolean; handover: string }): void {
  if (form === 'file' && !hasFile) throw new Refusal('invalid', 'contracts.file-none', { field: 'file' })
  if (form === 'paper' && hasFile) throw new Refusal('invalid', 'contracts.secret-no-file', { field: 'file' })
  if (form === 'paper' && [...handover.trim()].length < 4) throw new Refusal('invalid', 'contracts.handover-none', { field: 'handover' })
}

/** Where a contract's results stand: nothing handed over in this round, a round that waits for its owner, or an accepted result. What nobody answered in time is accepted, whether or not a worker has written it down. */
export function standingOf(rounds: readonly Deliverable[], at: Date): { state: 'due' | 'waiting' | 'accepted'; last: Deliverable | null } {
  const last = rounds.at(-1) ?? null
  if (!last || last.returnedAt) return { state: 'due', last }
  return { state: last.acceptedAt || at >= last.answerBy ? 'accepted' : 'waiting', last }
}

/**
 * All reasons are said the first time (行政许可法 32 holds offices to it; here it holds owners): so many returns are free, and a
 * later one has to say which of the reasons that were already given were not met.
 *
 * @param free how many returns need no such note (policy `returnsFree`)
 * Refuses `contracts.unmet-needed` at its field.
 */
export function mustHaveSaidAll(rounds: readonly Deliverable[], unmet: string, { free }: { free: number }): void {
  const returned = rounds.filter(({ returnedAt }) => returnedAt).length
  if (returned >= free && [...unmet.trim()].length < 5) throw new Refusal('invalid', 'contracts.unmet-needed', { field: 'unmet', params: { returned } })
}

/** The first day on which a result accepted then is not valid any more. */
export function validUntil(acceptedAt: Date, years: number | null): Day | null {
  if (years === null) return null
  const [year, month, day] = dayOf(acceptedAt).split('-').map(Number) as [number, number, number]
  return new Date(Date.UTC(year + years, month - 1, day)).toISOString().slice(0, 10)
}
