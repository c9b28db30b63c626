import { memberWho } from '#app/domain/accounts/actor.ts'
import { openPlan } from '#app/domain/bids/opened.ts'
import type { Context, Database } from '#app/domain/context.ts'
import { PLATFORM, sealingKey } from '#app/domain/ledger/sealing-key.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { showOwnTender, showTender } from '#app/domain/tenders/show-tender.server.ts'
import { isTenderNumber, statusAt } from '#app/domain/tenders/tender.ts'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { listReceivedBids } from '#db/repositories/bids.ts'
import { findPool } from '#db/repositories/draws.ts'
import { listJudges, listSeatsOf } from '#db/repositories/judges.ts'
import { listOpened } from '#db/repositories/openings.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { replaceableAs, type Judge } from './judge.ts'
import { openSheetDraft } from './keep-sheet-draft.server.ts'
import { mustBeByMerit, type MeritTender } from './own-seat.server.ts'
import type { SheetDraft } from './sheet-draft.ts'

/** The plan of a valid bid as its judges and the owner read it; null where it cannot be opened any more. */
export type ShownPlan = { bid: string; label: string; text: string | null }

/** What a judge has to do in one tender, from the first word to the last. */
export type Duty = 'declare' | 'wait' | 'score' | 'waitOthers' | 'show' | 'waitShown' | 'done' | 'ended'
type DutyFacts = { ended: boolean; declared: boolean; opened: boolean; committed: boolean; shown: boolean; allCommitted: boolean; revealed: boolean }

/** The one thing that a judge has to do now, or waits for. A seat that has ended has no duty more, whatever was done before; after the reveal nobody has. */
export function dutyOf({ ended, declared, opened, committed, shown, allCommitted, revealed }: DutyFacts): Duty {
  if (ended) return 'ended'
  if (revealed) return 'done'
  if (shown) return 'waitShown'
  if (committed) return allCommitted ? 'show' : 'waitOthers'
  if (!declared) return 'declare'
  return opened ? 'score' : 'wait'
}

export type ShownSeatPage = { shown: ShownTender; seat: number; duty: Duty; hash: string | null; dueAt: Date | null; bidders: { label: string; name: string }[]; plans: ShownPlan[] | null; draft: SheetDraft | null }

/**
 * A judge's own page of one tender: who has bid, and, once declared and opened, every plan, and what that judge has kept of an
 * unfinished sheet. Whoever stepped back reads no plan.
 *
 * Refuses `tenders.no-such-tender`, also to judges of other tenders.
 */
export async function showSeat(context: Context, { number }: { number: string }): Promise<ShownSeatPage> {
  const member = memberWho(context.actor, 'judge:tender')
  const tender = mustBeByMerit(isTenderNumber(number) ? await findTender(context.db, { number }) : undefined)
  const judge = (await listJudges(context.db, tender.id)).find(({ organisationId }) => organisationId === member.organisationId)
  if (!judge) throw new Refusal('missing', 'tenders.no-such-tender')
  const shown = await showTender(context, { number })
  const duty = dutyOf({
    ended: judge.ended !== null,
    declared: judge.declaredAt !== null,
    opened: shown.state !== 'frozen',
    committed: judge.sheet !== null,
    shown: Boolean(judge.sheet?.shownAt),
    allCommitted: tender.judging.committed >= tender.judging.wanted,
    revealed: tender.judging.revealedAt !== null,
  })
  const bidders = (shown.draw?.pool ?? []).flatMap(({ label, name, standing }) => (standing === 'eligible' && label ? [{ label, name: name ?? label }] : []))
  return { shown, seat: judge.seat, duty, hash: judge.sheet?.hash ?? null, dueAt: judge.dueAt, bidders, plans: judge.declaredAt && !judge.ended && tender.opening ? await readPlans(context, tender) : null, draft: duty === 'score' ? await openSheetDraft(context, { number, judge: judge.id }) : null }
}

/** The tenders that the caller is asked to judge, the latest first, with what there is to do. */
export async function showJudgeDesk(context: Context): Promise<{ number: string; title: string; seat: number; duty: Duty; dueAt: Date | null }[]> {
  const { organisationId } = memberWho(context.actor, 'judge:tender')
  return (await listSeatsOf(context.db, organisationId)).map(({ number, title, seat, dueAt, ...facts }) => ({
    number,
    title,
    seat,
    dueAt,
    duty: dutyOf({ ended: facts.endedAt !== null, declared: facts.declaredAt !== null, opened: facts.openedAt !== null, committed: facts.committedAt !== null, shown: facts.shownAt !== null, allCommitted: facts.committed >= facts.wanted, revealed: facts.revealedAt !== null }),
  }))
}

/** A seat as the owner sees it: with the judge's name, which the owner wrote down. */
export type ManagedSeat = Pick<Judge, 'id' | 'seat' | 'name' | 'declaredAt' | 'dueAt' | 'ended'> & { committedAt: Date | null; replaceable: boolean }

/**
 * The owner's own page of a tender's judges, with the plans once they are opened; never a mark that is not public.
 *
 * Refuses `tenders.no-such-tender`.
 */
export async function showJudges(context: Context, { number }: { number: string }): Promise<{ shown: ShownTender; seats: ManagedSeat[]; free: number[]; mayInvite: boolean; plans: ShownPlan[] | null }> {
  const shown = await showOwnTender(context, { number })
  const tender = mustBeByMerit(await findTender(context.db, { number }))
  const at = await context.clock.read(context.db)
  const seats = (await listJudges(context.db, tender.id)).map((judge): ManagedSeat => ({ id: judge.id, seat: judge.seat, name: judge.name, declaredAt: judge.declaredAt, dueAt: judge.dueAt, ended: judge.ended, committedAt: judge.sheet?.committedAt ?? null, replaceable: !tender.judging.revealedAt && replaceableAs(judge, at) !== null }))
  const state = statusAt(tender, at)
  const mayInvite = (state === 'frozen' || state === 'opened') && !tender.judging.revealedAt
  const free = Array.from({ length: tender.judging.wanted }, (_, place) => place + 1).filter((seat) => !seats.some((one) => one.seat === seat && !one.ended))
  return { shown, seats, free, mayInvite, plans: tender.opening ? await readPlans(context, tender) : null }
}

/** Opens the plans of the valid bids anew, from their envelopes; nothing of them lies in the database. */
async function readPlans({ db, keyring }: Pick<Context, 'keyring'> & { db: Database }, tender: MeritTender): Promise<ShownPlan[]> {
  const { number, procedure } = tender.publication
  const [opened, bids, pool] = await Promise.all([listOpened(db, tender.id), listReceivedBids(db, tender.id), findPool(db, tender.id)])
  const holder = { id: PLATFORM, privateKey: sealingKey(keyring, number).privateKey }
  return Promise.all(
    opened.filter(({ outcome }) => outcome === 'valid').map(async ({ bid }) => {
      const uscc = pool!.leaves.find((leaf) => leaf.bid === bid)!.label!
      const plan = await openPlan({ id: bid, body: bids.find(({ id }) => id === bid)!.body, uscc }, { tender: number, procedure, holder })
      return { bid, label: uscc, text: 'text' in plan ? plan.text : null }
    }),
  )
}
