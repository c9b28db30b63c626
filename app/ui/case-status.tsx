import { CASE_STATES, isOver, type CaseStateNumber } from '#app/domain/cases/case-state.ts'
import { useWords } from './locale.tsx'
import { Status } from './status.tsx'

/** Where a case stands, in one word. */
export function CaseStatus({ state }: { state: CaseStateNumber }) {
  const { states } = useWords().cases
  const tone = state === 11 || state === 12 ? 'kept' : isOver(state) ? 'refused' : 'open'
  return <Status tone={tone}>{states[CASE_STATES[state]]}</Status>
}
