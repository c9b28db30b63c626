import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { uncoveredOf, type Limit } from '#app/domain/cases/clock-limits.ts'
import type { Supplement } from '#app/domain/cases/supplement.ts'
import type { ServiceClock } from '#app/domain/cases/service-clock.ts'
import { showOwnTimedCase } from '#app/domain/contracts/show-timed-case.server.ts'
import { answerCall, taggedJson, type Call } from '#app/http/api.server.ts'

const TERMS = { method: 'GET', scope: 'case:read' } as const

/** `GET /api/v1/cases/{caseNumber}/services`: what the market does for each document that a listed service yields, and whose time it takes. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCall(arrived, TERMS, (call) => get(call, arrived.params.number ?? ''))
}

export function action(arrived: ActionFunctionArgs) {
  return answerCall(arrived, TERMS, (call) => get(call, arrived.params.number ?? ''))
}

async function get(call: Call, number: string): Promise<Response> {
  const { case: found, services, held, clock: own, office } = await showOwnTimedCase(call.context, number)
  return taggedJson(call, {
    clock: { ...clockOf(own, office.limits), office: { used: office.used, promised: office.promised, statutory: office.statutory, acceptance: office.acceptance, supplementing: supplementing(office.supplement) } },
    items: services.map(({ material, listing, tender, agency, contract, deliverable, onFile, guard, milestone, clock, limits }) => ({
      material,
      service: listing,
      milestone,
      guard,
      // A draft is its owner's alone.
      tender: tender?.number ? { number: tender.number, title: tender.title, state: tender.state } : null,
      agency,
      contract,
      deliverable,
      onFile: onFile && { id: onFile.id, name: onFile.name, tender: onFile.number, service: onFile.service, validUntil: onFile.validUntil },
      // It starts when an award binds.
      clock: clock && clockOf(clock, limits),
    })),
    // The number is the one that this case gives: where the other case has the document from is not told.
    shared: held.map(({ material, state, landed }) => ({ material, caseNumber: found.materials.find(({ code }) => code === material)!.sharedFrom, state, deliverable: landed })),
    next: null,
  })
}

/** What the office waits for; null while it waits for nothing. */
function supplementing(of: Supplement | null) {
  return of && { at: of.since, used: of.used, round: of.round, overdueFrom: of.overdueFrom, overdue: of.isOverdue }
}

/** Working days by party, the round that runs or ran last, who has it now (null where it is over), and by when; with the years that it has passed through or a limit of it reaches into before anybody has said their holidays. */
function clockOf({ totals, whole, running, spans, uncovered }: ServiceClock, limits: readonly Limit[]) {
  return { workingDays: { ...totals, whole }, round: spans.at(-1)?.round ?? 1, running, limits: limits.map(({ name, party, due, level, round }) => ({ name, party, round, level, dueAt: due })), uncoveredYears: uncoveredOf([{ uncovered }, ...limits]) }
}
