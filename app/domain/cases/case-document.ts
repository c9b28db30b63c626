import type { Case } from './case.ts'
import { currentState } from './case-state.ts'

/** A case as the API gives it back; `answers` are what the guard said of its services. */
export function caseDocument<A extends { service: string }>(of: Case, { uscc }: { uscc: string }, answers: readonly A[]) {
  return {
    caseNumber: of.number,
    authority: uscc,
    projectCode: of.projectCode,
    approvalItem: of.approvalItem,
    nationalCode: of.nationalCode,
    implementationCode: of.implementationCode,
    flowType: of.flowType,
    lane: of.lane,
    applicant: of.applicant,
    statutoryDays: of.statutoryDays,
    promisedDays: of.promisedDays,
    receivedAt: of.receivedAt.toISOString(),
    state: currentState(of.states),
    states: of.states.map(({ state, at, note }) => ({ state, at: at.toISOString(), note })),
    materials: of.materials.map(({ code, name, source, listingCode, sharedFrom, state, reason }) => ({ code, name, source, service: listingCode, sharedFrom, state, reason, guard: answerOn(listingCode, answers) })),
    changedAt: of.changedAt.toISOString(),
  }
}

/** What stands beside a document of a service in both answers of the API. */
export function answerOn<A extends { service: string }>(service: string | null, answers: readonly A[]): Omit<A, 'service'> | null {
  const found = answers.find((one) => one.service === service)
  if (!found) return null
  const { service: _, ...answer } = found
  return answer
}
