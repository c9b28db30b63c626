import { listCorrections } from '#db/repositories/agency-corrections.ts'
import { listChecks, type AgencyCheck } from '#db/repositories/agency-checks.ts'
import { listAgencyDocuments } from '#db/repositories/agencies.ts'
import { listPractitioners } from '#db/repositories/practitioners.ts'
import { countQueue, findInnerFacts, listQueue, type InnerFacts, type QueueLine } from '#db/views/agency-queue.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import type { CheckState } from './agency-state.ts'
import type { Correction } from './correction.ts'
import type { ShownDocument } from './document.ts'
import type { Practitioner } from './practitioner.ts'
import { showAgency, type ShownAgency } from './show-agency.server.ts'

const PAGE = 30

/** The operator's queue: who waits for a formal check, who answered one, and who was returned or passed. */
export async function showQueue(context: Context, { state, after }: { state: CheckState; after?: string }): Promise<{ counts: Record<CheckState, number>; agencies: QueueLine[]; next: string | null }> {
  memberWho(context.actor, 'check:agency')
  const [counts, rows] = await Promise.all([countQueue(context.db), listQueue(context.db, { state, after, limit: PAGE + 1 })])
  const agencies = rows.slice(0, PAGE)
  return { counts, agencies, next: rows.length > PAGE ? agencies.at(-1)!.uscc : null }
}

export type CheckView = ShownAgency & { inner: InnerFacts; documents: (ShownDocument & { uploadedAt: Date })[]; practitioners: Practitioner[]; checks: AgencyCheck[]; corrections: Correction[] }

/** Everything an operator looks at for a formal check. @throws Refusal `agencies.unknown` (404) */
export async function showCheck(context: Context, { uscc }: { uscc: string }): Promise<CheckView> {
  memberWho(context.actor, 'check:agency')
  const shown = await showAgency(context, { uscc })
  const { id } = shown.agency
  const [inner, documents, practitioners, checks, corrections] = await Promise.all([findInnerFacts(context.db, id), listAgencyDocuments(context.db, id), listPractitioners(context.db, id), listChecks(context.db, id), listCorrections(context.db, id)])
  return { ...shown, inner: inner!, documents, practitioners, checks, corrections }
}
