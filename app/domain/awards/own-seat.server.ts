import type { Knex } from 'knex'
import { memberWho, type Member } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import type { MeritProcedure } from '#app/domain/tenders/procedure.ts'
import type { Judging } from '#app/domain/tenders/judging.ts'
import { isTenderNumber, statusAt, type Publication, type Tender } from '#app/domain/tenders/tender.ts'
import { listJudges } from '#db/repositories/judges.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import type { Judge } from './judge.ts'

/** A published selection by merit. */
export type MeritTender = Tender & { publication: Publication & { procedure: MeritProcedure }; judging: Judging }

/** The tender as one by merit; any other is `missing` to whoever asks for its judges. */
export function mustBeByMerit(tender: Tender | undefined): MeritTender {
  if (tender?.publication?.procedure.method !== 'merit' || !tender.judging) throw new Refusal('missing', 'tenders.no-such-tender')
  return tender as MeritTender
}

/** Refuses what judges and their owner may not do now: `changes.suspended` while the regulator holds the tender, `merit.not-now` before the freeze and after the order. */
export function mustBeJudged(tender: MeritTender, at: Date): void {
  const state = statusAt(tender, at)
  if (state === 'suspended') throw new Refusal('conflict', 'changes.suspended')
  if (state !== 'frozen' && state !== 'opened') throw new Refusal('conflict', 'merit.not-now')
}

/**
 * Holds a tender with the seat that the caller has in it. Whoever was never asked to judge it learns nothing of its judges.
 *
 * Refuses `tenders.no-such-tender`, `merit.stepped-down` to whoever stepped back or was replaced.
 */
export async function lockOwnSeat(trx: Knex.Transaction, context: Context, { number }: { number: string }): Promise<{ tender: MeritTender; judge: Judge; judges: Judge[]; member: Member }> {
  const member = memberWho(context.actor, 'judge:tender')
  const tender = mustBeByMerit(isTenderNumber(number) ? await lockTender(trx, { number }) : undefined)
  const judges = await listJudges(trx, tender.id)
  const mine = judges.find(({ organisationId }) => organisationId === member.organisationId)
  if (!mine) throw new Refusal('missing', 'tenders.no-such-tender')
  if (mine.ended) throw new Refusal('conflict', 'merit.stepped-down')
  return { tender, judge: mine, judges: judges.filter(({ ended }) => !ended), member }
}
