import { z } from 'zod'
import { Phone } from '../accounts/organisation.ts'
import { name, text } from '../accounts/text.ts'

/** One person in one seat of one tender. Facts; whoever ended is not asked any more, and the seat is free. */
export type Judge = {
  id: string
  tenderId: string
  seat: number
  organisationId: string
  name: string
  phone: string | null
  invitedAt: Date
  declaredAt: Date | null
  dueAt: Date | null
  reportedAt: Date | null
  ended: { at: Date; by: JudgeEnding; reason: string } | null
  sheet: { committedAt: Date; hash: string; shownAt: Date | null } | null
}

/** Stepped back for a conflict, never declared anything, or gave no sheet in time. */
export type JudgeEnding = 'stepped-back' | 'absent' | 'silent'

export const JudgeForm = z.object({ seat: z.coerce.number('merit.seat').int('merit.seat').min(1, 'merit.seat').max(99, 'merit.seat'), judgeName: name(60), judgePhone: Phone })
const Because = text({ least: 4, most: 500, lines: true, say: { short: 'merit.reason-short', long: 'merit.reason-long' } })
export const StepBackForm = z.object({ reason: Because })
export const ReplaceForm = z.object({ judge: z.uuid('merit.no-such-judge'), reason: Because })

/** Why a judge may be replaced now, or null where the seat is taken and its judge in time: nobody is replaced for a mark. */
export function replaceableAs({ declaredAt, dueAt, sheet, ended }: Pick<Judge, 'declaredAt' | 'dueAt' | 'sheet' | 'ended'>, at: Date): 'absent' | 'silent' | null {
  if (ended || sheet) return null
  if (!declaredAt) return 'absent'
  return dueAt && at >= dueAt ? 'silent' : null
}

/** Somebody who stands on one side of the tender, as far as names and telephones are known. */
export type Side = { side: 'bidder' | 'owner' | 'authority'; names: readonly string[]; phones: readonly string[] }

/**
 * On which side a person stands by what is on record: a member, the legal representative, somebody with a licence, a holder of a share
 * or the telephone of a bidder, of the owner, or of the authority whose approval needs the service, now or in the years that count. Namesakes are caught too: a judge is chosen who raises no question.
 */
export function sideOf({ name: own, phone }: { name: string; phone: string | null }, sides: readonly Side[]): Side['side'] | null {
  const plain = (given: string) => given.normalize('NFKC').replace(/\s/g, '')
  const digits = (given: string) => given.replace(/\D/g, '')
  const found = sides.find(({ names, phones }) => names.some((other) => plain(other) === plain(own)) || (phone !== null && phones.some((other) => digits(other) === digits(phone))))
  return found?.side ?? null
}
