import { addDays, dayOf, type Day } from '../calendar.ts'
import type { Listing, ListingWording } from '../catalogue/listing.ts'
import { Refusal } from '../refusal.ts'

/** One code of a proposal: with a wording it enters the list or is reworded, without one it leaves. */
export type Entry = { code: string; wording: ListingWording | null; before: Listing | null; reason: string }
export type EntryKind = 'added' | 'changed' | 'retired'

export const OPINIONS = ['necessity', 'reasonableness', 'legality', 'fair-competition'] as const
export type OpinionKind = (typeof OPINIONS)[number]
export type Opinion = { kind: OpinionKind; favours: boolean; office: string; words: string; givenAt: Date; givenBy: string; entry: string }
/** 优化营商环境条例 43 and 公平竞争审查条例: what breaks a law, or has failed or skipped that review, is not adopted. */
const BLOCKING: ReadonlySet<OpinionKind> = new Set(['legality', 'fair-competition'])

export const OUTCOMES = ['accepted', 'partly', 'declined'] as const
export type Outcome = (typeof OUTCOMES)[number]

type Done = { at: Date; entry: string }

/** A change of a division's list on its way. A draft has no number yet and is the regulator's own. */
export type Proposal = {
  id: string
  ordinal: number
  divisionCode: string
  organisationId: string
  organisationName: string
  title: string
  reason: string
  basis: string
  draftedAt: Date
  discardedAt: Date | null
  number: string | null
  proposedAt: Date | null
  proposedBy: string | null
  /** Why nobody is asked for comment; null where everybody is. */
  urgentReason: string | null
  ledgerEntryId: string | null
  entries: Entry[]
  opinions: Opinion[]
  period: { openedAt: Date; endsAt: Date; source: string; entry: string } | null
  comments: Record<Outcome | 'all' | 'open', number>
  lastAnsweredAt: Date | null
  withdrawal: (Done & { reason: string }) | null
  adoption: (Done & { version: number; effectiveOn: Day; note: string }) | null
}

/**
 * `draft` · `discarded` · `opinions` wait · `blocked` by an opinion · `to-open` for comment · `comment` runs ·
 * `answering` what was said · `to-adopt` · `adopted` · `withdrawn`. Derived, never stored.
 */
export const PROPOSAL_STATES = ['draft', 'discarded', 'opinions', 'blocked', 'to-open', 'comment', 'answering', 'to-adopt', 'adopted', 'withdrawn'] as const
export type ProposalState = (typeof PROPOSAL_STATES)[number]

/**
 * Where it stands at an instant; the comment time ends at `endsAt` itself. An opinion against is told before the opinions that are missing. An
 * urgent one, which only retires, has no comment.
 */
export function stateOf(proposal: Proposal, at: Date): ProposalState {
  if (proposal.discardedAt) return 'discarded'
  if (!proposal.proposedAt) return 'draft'
  if (proposal.withdrawal) return 'withdrawn'
  if (proposal.adoption) return 'adopted'
  if (objections(proposal).length) return 'blocked'
  if (missingOpinions(proposal).length) return 'opinions'
  if (proposal.urgentReason) return 'to-adopt'
  if (!proposal.period) return 'to-open'
  if (at < proposal.period.endsAt) return 'comment'
  return proposal.comments.open ? 'answering' : 'to-adopt'
}

/** Has it come to an end, good or bad? */
export function isOver(state: ProposalState): boolean {
  return state === 'discarded' || state === 'adopted' || state === 'withdrawn'
}

/** Of the four that every proposal needs, those that nobody has given, for or against, in the order of `OPINIONS`. */
export function missingOpinions({ opinions }: Pick<Proposal, 'opinions'>): OpinionKind[] {
  return OPINIONS.filter((kind) => !opinions.some((one) => one.kind === kind))
}

/** The opinions against it with which it cannot be adopted. */
export function objections({ opinions }: Pick<Proposal, 'opinions'>): Opinion[] {
  return opinions.filter(({ kind, favours }) => !favours && BLOCKING.has(kind))
}

/** By what stood then: a code that was on the list earlier and had left it is added again. */
export function entryKind({ wording, before }: Pick<Entry, 'wording' | 'before'>): EntryKind {
  return wording === null ? 'retired' : before ? 'changed' : 'added'
}

/** How many entries are of which kind. */
export function countsOf(entries: readonly Pick<Entry, 'wording' | 'before'>[]): Record<EntryKind, number> {
  const counts = { added: 0, changed: 0, retired: 0 }
  for (const entry of entries) counts[entryKind(entry)] += 1
  return counts
}

/** Refuses `governance.not-a-draft` once it is proposed or discarded. */
export function mustBeDraft(proposal: Proposal): void {
  if (proposal.proposedAt || proposal.discardedAt) throw new Refusal('conflict', 'governance.not-a-draft')
}

/** Refuses `governance.empty`, and to go without public comment where anything but a retirement is proposed: `governance.urgent-only-retires`. */
export function mustBeProposable({ entries }: Proposal, { urgent }: { urgent: boolean }): void {
  if (entries.length === 0) throw new Refusal('conflict', 'governance.empty')
  if (urgent && entries.some(({ wording }) => wording !== null)) throw new Refusal('conflict', 'governance.urgent-only-retires', { field: 'urgentReason' })
}

/** Refuses `governance.no-opinions-now`, `governance.opinion-given`, `governance.own-proposal` and `governance.another-person`. */
export function mustTakeOpinion(proposal: Proposal, { kind, by, at }: { kind: OpinionKind; by: string; at: Date }): void {
  if (!['opinions', 'blocked'].includes(stateOf(proposal, at))) throw new Refusal('conflict', 'governance.no-opinions-now')
  if (proposal.opinions.some((one) => one.kind === kind)) throw new Refusal('conflict', 'governance.opinion-given', { field: 'kind' })
  if (proposal.proposedBy === by) throw new Refusal('conflict', 'governance.own-proposal')
  if (kind !== 'fair-competition' && proposal.opinions.some((one) => one.kind !== 'fair-competition' && one.givenBy === by)) throw new Refusal('conflict', 'governance.another-person', { field: 'kind' })
}

/** Refuses whatever is not ready to be opened for comment, and says what it waits for. */
export function mustOpen(proposal: Proposal, at: Date): void {
  const state = stateOf(proposal, at)
  if (proposal.period && !isOver(state)) throw new Refusal('conflict', 'governance.opened-already')
  if (state !== 'to-open') throw notYet(proposal, state)
}

/** Refuses `governance.comment-closed` before and after the period: late is late by a millisecond. */
export function mustTakeComment(proposal: Proposal, at: Date): void {
  if (stateOf(proposal, at) !== 'comment') throw new Refusal('conflict', 'governance.comment-closed')
}

/** Refuses `governance.answers-closed` once it is adopted or withdrawn. */
export function mustTakeAnswer(proposal: Proposal, at: Date): void {
  const state = stateOf(proposal, at)
  if (state !== 'comment' && state !== 'answering') throw new Refusal('conflict', 'governance.answers-closed')
}

/** Refuses `governance.over` once it has come to an end. */
export function mustRun(proposal: Proposal, at: Date): void {
  if (isOver(stateOf(proposal, at))) throw new Refusal('conflict', 'governance.over')
}

/**
 * The last step's guard: every opinion there and none of them blocking, the comment period over and every comment answered;
 * then a day to come. Without comment, from today at the earliest.
 *
 * @throws Refusal the reason that stands in the way, `governance.from-too-early`
 */
export function mustAdopt(proposal: Proposal, { from, at }: { from: Day; at: Date }): void {
  const state = stateOf(proposal, at)
  if (state !== 'to-adopt') throw notYet(proposal, state)
  const earliest = earliestFrom(proposal, at)
  if (from < earliest) throw new Refusal('invalid', 'governance.from-too-early', { params: { earliest }, field: 'from' })
}

/** The first day from which it can hold. */
export function earliestFrom({ urgentReason }: Pick<Proposal, 'urgentReason'>, at: Date): Day {
  return urgentReason ? dayOf(at) : addDays(dayOf(at), 1)
}

function notYet(proposal: Proposal, state: ProposalState): Refusal {
  if (isOver(state)) return new Refusal('conflict', 'governance.over')
  if (state === 'draft') return new Refusal('conflict', 'governance.still-a-draft')
  if (state === 'blocked') return new Refusal('conflict', 'governance.opinion-against')
  if (state === 'opinions') return new Refusal('conflict', 'governance.opinions-missing', { params: { count: missingOpinions(proposal).length } })
  if (state === 'to-open') return new Refusal('conflict', 'governance.comment-not-opened')
  if (state === 'comment') return new Refusal('conflict', 'governance.comment-runs')
  if (state === 'answering') return new Refusal('conflict', 'governance.unanswered', { params: { count: proposal.comments.open } })
  // One without comment is ready as it is, and has nothing to be opened.
  return new Refusal('conflict', 'governance.opened-already')
}

/** `QD-<division>-<year>-<running number>`, three digits at least; the repository counts `last` under a lock, from 1 each year. */
export function proposalNumber(divisionCode: string, year: number, last: number): string {
  return `QD-${divisionCode}-${year}-${String(last).padStart(3, '0')}`
}

/** Could this be a proposal's number? What a stranger typed is looked at before the database sees it. */
export function isProposalNumber(text: string): boolean {
  return /^QD-[0-9]{6}-[0-9]{4}-[0-9]{3,9}$/.test(text)
}
