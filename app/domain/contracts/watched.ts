import type { Limit } from '#app/domain/cases/clock-limits.ts'
import type { Supplement } from '#app/domain/cases/supplement.ts'
import type { AgendaItem } from '../agenda.ts'
import type { AfterAward } from './after-award.ts'

/** What of an office's own time in a case runs out. */
export const CASE_KINDS = ['case-promised', 'case-statutory'] as const
export type CaseKind = (typeof CASE_KINDS)[number]

/** A case whose applicant hands nothing in. */
export type SupplementKind = 'supplement-overdue'

/** What of a service's time runs out before those who look on: the regulator, and the office whose case waits for the result. */
export const WATCHED_KINDS = [...CASE_KINDS, 'service-over', 'service-near'] as const
export type WatchedKind = (typeof WATCHED_KINDS)[number]

/** A case whose office is near its limit or over it; the nearer of promise and law is said. */
export function caseItem({ id, number, item, changedAt }: { id: string; number: string; item: string; changedAt: Date }, limits: readonly Limit[], office?: string): AgendaItem<CaseKind> | null {
  const limit = limits.findLast(({ level }) => level === 'over') ?? limits.find(({ level }) => level !== 'running')
  return limit ? { kind: limit.name === 'authority-statutory' ? 'case-statutory' : 'case-promised', subject: id, title: item, note: office ? `${office} · ${number}` : number, until: limit.due, since: changedAt, uncovered: limit.uncovered } : null
}

/** A supplement that an office asked for longer ago than its division's policy waits: it looks after it, and nothing else follows. */
export function overdueSupplement({ id, number, item }: { id: string; number: string; item: string }, supplement: Supplement | null): AgendaItem<SupplementKind> | null {
  return supplement?.isOverdue ? { kind: 'supplement-overdue', subject: id, title: item, note: number, until: supplement.overdueFrom, since: supplement.since } : null
}

/** The same before the applicant, as soon as it was asked for: it has no day, and the office's clock stands still until it is in. */
export function askedSupplement({ id, item, office, since }: { id: string; item: string; office: string; since: Date }): AgendaItem<'supplement-asked'> {
  return { kind: 'supplement-asked', subject: id, title: item, note: office, until: null, since }
}

/** A service of which a limit is near, has its last day or has passed, with whoever has to act where that is no natural person. */
export function watchedItem({ tender, agency, owner, boundAt }: AfterAward, limits: readonly Limit[]): AgendaItem<WatchedKind> | null {
  const limit = limits.find(({ party, level }) => party !== 'authority' && level !== 'running')
  if (!limit) return null
  const name = limit.party === 'agency' ? agency.name : owner.name
  return { kind: limit.level === 'over' ? 'service-over' : 'service-near', subject: tender.number, title: tender.title, ...(name && { note: name }), until: limit.due, since: boundAt, uncovered: limit.uncovered }
}
