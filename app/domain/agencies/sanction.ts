import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { Uscc } from '../accounts/uscc.ts'
import { Day, dayOf } from '../calendar.ts'

/** 暂停、行政处罚、严重失信: three that are never mixed. The first is of the platform agreement; the others are copied from whoever decided them. */
export const SANCTION_KINDS = ['platform-suspension', 'administrative-penalty', 'serious-dishonesty'] as const
export type SanctionKind = (typeof SANCTION_KINDS)[number]

/** A decision that keeps an agency from bidding. `untilOn` is its last day, null where it holds until it is lifted; from `finalOn` nobody can contest it any more; `agreedAt` is when a second officer agreed to it. */
export type Sanction = { id: string; kind: SanctionKind; number: string; authority: string; reason: string; fromOn: Day; untilOn: Day | null; finalOn: Day; liftedAt: Date | null; recordedAt: Date; agreedAt: Date | null }

/** Does it keep its agency from bidding at an instant? Its first and its last day count; the clock ends it. */
export function suspends({ fromOn, untilOn, liftedAt }: Sanction, at: Date): boolean {
  const day = dayOf(at)
  return fromOn <= day && (untilOn === null || day <= untilOn) && (liftedAt === null || at < liftedAt)
}

/** The one that lasts longest of those that keep an agency from bidding now; null where none does. */
export function suspensionOf(sanctions: readonly Sanction[], at: Date): Sanction | null {
  return sanctions.filter((one) => suspends(one, at)).sort((one, other) => (one.untilOn ?? '9999') < (other.untilOn ?? '9999') ? 1 : -1)[0] ?? null
}

/**
 * Does it count against a bid in a tender that closed at an instant, or has not closed (null)? What is recorded after the close may come when prices or
 * an order are known, and would choose the winner: then it counts only once a second officer agreed (docs/decisions/060).
 */
export function countsAfter({ recordedAt, agreedAt }: Pick<Sanction, 'recordedAt' | 'agreedAt'>, closedAt: Date | null): boolean {
  return closedAt === null || recordedAt <= closedAt || agreedAt !== null
}

/** May the public read of it? Only while it holds, and only what is final. */
export function isPublic(sanction: Sanction, at: Date): boolean {
  return suspends(sanction, at) && sanction.finalOn <= dayOf(at)
}

/** What a regulator copies, or decides under the platform agreement after notice and reply. */
export const SanctionForm = z
  .object({
    uscc: Uscc,
    kind: z.enum(SANCTION_KINDS, 'forms.invalid_value'),
    number: text({ least: 2, most: 80 }),
    authority: text({ least: 2, most: 100 }),
    reason: text({ least: 5, most: 500, lines: true }),
    fromOn: Day,
    untilOn: z.union([z.literal('').transform(() => null), Day]).optional().transform((day) => day ?? null),
    finalOn: Day,
    heard: z.literal('yes', 'sanctions.not-heard').optional(),
  })
  .refine(({ untilOn, kind }) => untilOn !== null || kind === 'serious-dishonesty', { path: ['untilOn'], error: 'sanctions.no-end' })
  .refine(({ fromOn, untilOn }) => untilOn === null || fromOn <= untilOn, { path: ['untilOn'], error: 'sanctions.end-first' })
  .refine(({ fromOn, finalOn }) => fromOn <= finalOn, { path: ['finalOn'], error: 'sanctions.final-first' })
  .refine(({ kind, heard }) => kind !== 'platform-suspension' || heard === 'yes', { path: ['heard'], error: 'sanctions.not-heard' })
export type SanctionFields = z.output<typeof SanctionForm>

/** Which one is a hidden field: one that nobody knows is not there, however it reads. */
export const AgreementForm = z.object({ sanctionId: z.coerce.string() })
export const LiftForm = z.object({ sanctionId: z.coerce.string(), reason: text({ least: 5, most: 500, lines: true }) })
