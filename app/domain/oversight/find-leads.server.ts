import { memberWho } from '#app/domain/accounts/actor.ts'
import { timeLeft, type TimeLeft } from '#app/domain/agenda.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context, Database } from '#app/domain/context.ts'
import type { Policies } from '#app/domain/divisions/policy.ts'
import { prefixOf } from '#app/domain/divisions/division.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { listLeads } from '#db/views/leads.ts'
import { placeText, readPlace, type Lead, type LeadKind, type LeadLimits } from './lead.ts'

export const LEADS_A_PAGE = 20

export type LeadsPage = {
  items: (Lead & { left: TimeLeft | null })[]
  counts: Record<LeadKind, number>
  next: string | null
  /** The thresholds with who says so: a law, a by-law, or our default. */
  limits: Pick<Policies, 'leadLookBackDays' | 'directShareOfOwner' | 'directShareFrom' | 'directYearTotal' | 'concentrationShare' | 'concentrationFrom' | 'concentrationDays'>
}

/**
 * What a regulator should look at in the own division, the most urgent first. Every lead is read from the facts of the
 * moment: a question that gets its answer is no lead any more, and nothing is stored of it. It is a suspicion and no
 * finding, for the regulator's eyes alone.
 *
 * The thresholds are the policy of the regulator's division on the day.
 *
 * @param after where the page before ended; what is no place begins at the first lead
 * Refuses `accounts.sign-in-first`, `accounts.not-allowed`.
 */
export async function findLeads(context: Context, { kind, after, limit = LEADS_A_PAGE }: { kind?: LeadKind; after?: string | null; limit?: number } = {}): Promise<LeadsPage> {
  const { divisionCode } = memberWho(context.actor, 'see:leads')
  const { db } = context
  const at = await context.clock.read(db)
  const [policies, calendar] = await Promise.all([policiesOf(db, divisionCode, dayOf(at)), calendarOf(db, divisionCode)])
  const { leadLookBackDays, directShareOfOwner, directShareFrom, directYearTotal, concentrationShare, concentrationFrom, concentrationDays } = policies
  const limits = limitsOf(policies)
  const { lines, counts } = await listLeads(db, { divisionPrefix: prefixOf(divisionCode), at, year: Number(dayOf(at).slice(0, 4)), limits, kind: kind ?? null, after: after ? readPlace(after) : null, limit: limit + 1 })
  const shown = lines.slice(0, limit)
  return {
    items: shown.map(({ lead }) => ({ ...lead, left: lead.until && timeLeft(at, lead.until, calendar) })),
    counts,
    next: lines.length > limit ? placeText(shown.at(-1)!.place) : null,
    limits: { leadLookBackDays, directShareOfOwner, directShareFrom, directYearTotal, concentrationShare, concentrationFrom, concentrationDays },
  }
}

/** By which numbers of the division's policy something is a lead. */
export function limitsOf(policies: Policies): LeadLimits {
  const { leadLookBackDays, directShareOfOwner, directShareFrom, directYearTotal, concentrationShare, concentrationFrom, concentrationDays } = policies
  return {
    lookBackDays: leadLookBackDays.value,
    shareOfOwner: directShareOfOwner.value,
    shareFrom: directShareFrom.value,
    yearTotalFen: directYearTotal.value,
    concentration: { share: concentrationShare.value, from: concentrationFrom.value, days: concentrationDays.value },
  }
}

/** One lead as it stands now, for whoever is about to open a file of it; nothing where it is none any more, or was opened already. */
export async function findLead(db: Database, { divisionCode, at, kind, key }: { divisionCode: string; at: Date; kind: LeadKind; key: string }): Promise<Lead | undefined> {
  const policies = await policiesOf(db, divisionCode, dayOf(at))
  const { lines } = await listLeads(db, { divisionPrefix: prefixOf(divisionCode), at, year: Number(dayOf(at).slice(0, 4)), limits: limitsOf(policies), kind, key, after: null, limit: 1 })
  return lines[0]?.lead
}
