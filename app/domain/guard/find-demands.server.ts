import { can, memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { prefixOf } from '#app/domain/divisions/division.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { listDemands, type DemandLine } from '#db/views/demands.ts'
import type { Verdict } from './judgement.ts'

export const DEMANDS_A_PAGE = 20

export type DemandsPage = { items: DemandLine[]; next: string | null }
type Wanted = { verdict?: Verdict; before?: string | null; limit?: number }

/** The demands of the caller's own authority, newest first. An authority never sees another's. */
export async function findOwnDemands(context: Context, wanted: Wanted = {}): Promise<DemandsPage> {
  const { actor } = context
  if (actor.kind === 'visitor') throw new Refusal('unauthenticated', 'accounts.sign-in-first')
  if (actor.kind === 'system' || !can(actor, 'see:own-demands')) throw new Refusal('forbidden', 'accounts.not-allowed')
  return page(context, { ...wanted, authorityId: actor.organisationId })
}

/** The demands of every authority in the regulator's division, newest first. */
export async function findDivisionDemands(context: Context, wanted: Wanted = {}): Promise<DemandsPage> {
  const member = memberWho(context.actor, 'see:demands')
  return page(context, { ...wanted, divisionPrefix: prefixOf(member.divisionCode) })
}

async function page(context: Context, { before, limit = DEMANDS_A_PAGE, ...filter }: Wanted & { authorityId?: string; divisionPrefix?: string }): Promise<DemandsPage> {
  const behind = before && /^\d{1,15}$/.test(before) ? Number(before) : undefined
  const found = await listDemands(context.db, { ...filter, withWords: true, before: behind, limit: limit + 1 })
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? String(items.at(-1)!.ordinal) : null }
}
