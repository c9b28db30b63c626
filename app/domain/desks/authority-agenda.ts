import type { AgendaItem } from '../agenda.ts'
import { OWNER_KINDS, type OwnerKind } from './owner-agenda.ts'
import { WATCHED_KINDS, type SupplementKind, type WatchedKind } from '#app/domain/contracts/watched.ts'

/** What may wait for an authority: its own demands that the list does not carry, and what it buys as an owner. */
export const AUTHORITY_KINDS = ['demand-refused', 'demand-incomplete', ...WATCHED_KINDS, 'supplement-overdue', ...OWNER_KINDS] as const
export type AuthorityKind = 'demand-refused' | 'demand-incomplete' | WatchedKind | SupplementKind | OwnerKind

/** What an office has to do about one of its demands: not make it again, or say what is missing. */
export function demandItem({ id, verdict, title, decidedAt }: { id: string; verdict: string; title: string; decidedAt: Date }): AgendaItem<AuthorityKind> | null {
  if (verdict === 'allowed') return null
  return { kind: verdict === 'refused' ? 'demand-refused' : 'demand-incomplete', subject: id, title, until: null, since: decidedAt }
}
