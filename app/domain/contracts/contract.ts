import { z } from 'zod'
import { text } from '../accounts/text.ts'
import type { StoredDocument } from '#app/domain/agencies/document.ts'
import { Day, dayOf, endOf, type Calendar } from '../calendar.ts'
import type { Policies } from '#app/domain/divisions/policy.ts'
import { formatYuan, Yuan, type Fen } from '../money.ts'
import { Refusal } from '../refusal.ts'

/** The two who conclude it: the owner (an authority that buys is one) and the awarded agency. */
export type Side = 'owner' | 'agency'

/** Who has to answer what this side filed. */
export const otherSide = (side: Side): Side => (side === 'owner' ? 'agency' : 'owner')

/** A contract that one side filed; the other confirms it once, or refuses it with a reason, and then another may be filed. */
export type Contract = {
  id: string
  amountFen: Fen
  /** Calendar days that the service may take. They run from the confirmation on. */
  serviceDays: number
  signedOn: Day
  document: StoredDocument
  filedBy: Side
  filedAt: Date
  confirmBy: Date
  confirmedAt: Date | null
  refusedAt: Date | null
  refusal: string | null
}

/** What an award leaves for its contract to say: the most it may cost and last. */
export type AwardedTerms = { boundAt: Date; atMostFen: Fen; serviceDays: number }
export type ContractFields = Pick<Contract, 'amountFen' | 'serviceDays' | 'signedOn'>

const MOST_DAYS = 3650

export const ContractForm = z.object({
  amount: Yuan,
  days: z
    .string('forms.required')
    .transform((given) => given.normalize('NFKC').replace(/[\s天日]/g, ''))
    .refine((given) => given !== '', 'forms.required')
    .refine((given) => given === '' || (/^[0-9]{1,4}$/.test(given) && Number(given) >= 1 && Number(given) <= MOST_DAYS), 'contracts.days')
    .transform(Number),
  signedOn: z
    .string('forms.required')
    .transform((given) => given.normalize('NFKC').trim())
    .refine((given) => given !== '', 'forms.required')
    .refine((given) => given === '' || Day.safeParse(given).success, 'forms.date'),
})
export const ConfirmationForm = z.object({ id: z.uuid('contracts.no-such-contract') })
export const RefusalForm = ConfirmationForm.extend({ reason: text({ least: 5, most: 1000, lines: true, say: { empty: 'contracts.reason-short', short: 'contracts.reason-short', long: 'contracts.reason-long' } }) })

/**
 * Does a contract keep to its award? It costs no more and lasts no longer (政府采购法 46: 按照中标文件确定的事项签订), and is signed
 * between the day on which the award binds and today.
 *
 * Refuses `contracts.amount-zero`, `contracts.amount-over`, `contracts.days-over`, `contracts.signed-before`, `contracts.signed-ahead`, each at its field.
 */
export function mustKeepToAward({ amountFen, serviceDays, signedOn }: ContractFields, award: AwardedTerms, at: Date): void {
  const refuse = (field: string, code: 'contracts.amount-zero' | 'contracts.amount-over' | 'contracts.days-over' | 'contracts.signed-before' | 'contracts.signed-ahead', params = {}) => new Refusal('invalid', code, { field, params })
  if (amountFen === 0) throw refuse('amount', 'contracts.amount-zero')
  if (amountFen > award.atMostFen) throw refuse('amount', 'contracts.amount-over', { most: formatYuan(award.atMostFen) })
  if (serviceDays > award.serviceDays) throw refuse('days', 'contracts.days-over', { most: award.serviceDays })
  if (signedOn < dayOf(award.boundAt)) throw refuse('signedOn', 'contracts.signed-before', { day: dayOf(award.boundAt) })
  if (signedOn > dayOf(at)) throw refuse('signedOn', 'contracts.signed-ahead')
}

/** The instants that are too late for signing by policy and by law (招标投标法 46: thirty days), and for filing what was signed on the last day. */
export type ContractPeriods = { signBy: Date; signAtMost: Date; fileBy: Date }

/**
 * Counted from the instant at which the award binds. The policy's time to sign is cut at the law's; filing runs from the last day of signing.
 *
 * @param calendar the days that are worked where the tender is
 */
export function contractPeriods(boundAt: Date, { sign, signAtMost, contractFiled }: Pick<Policies, 'sign' | 'signAtMost' | 'contractFiled'>, calendar: Calendar): ContractPeriods {
  const [own, law] = [endOf(boundAt, sign.value, calendar).at, endOf(boundAt, signAtMost.value, calendar).at]
  const signBy = own < law ? own : law
  return { signBy, signAtMost: law, fileBy: endOf(new Date(signBy.getTime() - 1), contractFiled.value, calendar).at }
}
