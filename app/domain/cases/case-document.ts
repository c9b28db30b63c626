import type { Case } from './case.ts'
import { currentState } from './case-state.ts'

/** What is known of a document beside what its office wrote: the service that its name means, and what the guard answered. */
type Answered = { material: string; means: { code: string; name: string } | null; answer: object | null }

/** A case as the API gives it back, and takes it again. */
export function caseDocument(of: Case, { uscc }: { uscc: string }, { answers, said }: { answers: readonly Answered[]; said: readonly object[] }) {
  const saidOf = (code: string) => answers.find(({ material }) => material === code)
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
    materials: of.materials.map(({ code, name, source, listingCode, sharedFrom, state, reason }) => ({ code, name, source, service: listingCode, sharedFrom, state, reason, means: saidOf(code)?.means ?? null, guard: saidOf(code)?.answer ?? null })),
    said,
    changedAt: of.changedAt.toISOString(),
  }
}
