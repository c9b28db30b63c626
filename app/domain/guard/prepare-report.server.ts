import type { Context } from '#app/domain/context.ts'
import { dayOf, type Day } from '#app/domain/calendar.ts'
import { prefixOf } from '#app/domain/divisions/division.ts'
import { showFrame } from '#app/domain/divisions/show-frame.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { listAuthorities } from '#db/views/named-authorities.ts'
import { newReceipt } from './report-demand.server.ts'
import { showPublicDecision } from './show-decision.server.ts'

export type ReportToMake = {
  /** To be given to nobody else; the form carries it. */
  receipt: string
  authorities: string[]
  /** Who would be named; null for whoever can only be anonymous. */
  name: string | null
  /** What a decision that the page came from already says; `project` for its owner alone, `refusedOn` where it was refused. */
  from: { authority: string; asked: string; project: string; decision: string; refusedOn: Day | null } | null
  today: string
}

const NAMED_ROLES: readonly string[] = ['owner', 'authority', 'agency']

/** What the form of a report begins with. Anybody may see it; a decision that is not there fills in nothing. */
export async function prepareReport(context: Context, { decision }: { decision: string | null }): Promise<ReportToMake> {
  const { db, actor } = context
  const [{ marketplace }, at] = await Promise.all([showFrame(context), context.clock.read(db)])
  const [authorities, from] = await Promise.all([marketplace ? listAuthorities(db, prefixOf(marketplace.divisionCode)) : [], decision ? fromDecision(context, decision) : null])
  return { receipt: newReceipt(), authorities: authorities.map(({ name }) => name), name: actor.kind === 'member' && NAMED_ROLES.includes(actor.role) ? actor.organisationName : null, from, today: dayOf(at) }
}

async function fromDecision(context: Context, id: string): Promise<ReportToMake['from']> {
  try {
    const { authority, listing, verdict, demandedOn, told, whole, id: decision } = await showPublicDecision(context, id)
    return { authority, asked: listing?.name ?? told?.words ?? '', project: whole ? '' : (told?.projectCode ?? ''), decision, refusedOn: verdict === 'refused' ? demandedOn : null }
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}
