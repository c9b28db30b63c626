import type { ProposalState } from '#app/domain/governance/proposal.ts'
import { useWords } from './locale.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<ProposalState, Tone> = { draft: 'plain', discarded: 'plain', opinions: 'open', blocked: 'refused', 'to-open': 'open', comment: 'open', answering: 'open', 'to-adopt': 'open', adopted: 'kept', withdrawn: 'refused' }

/** Where a proposal stands. */
export function ProposalStatus({ state }: { state: ProposalState }) {
  return <Status tone={TONES[state]}>{useWords().governance.states[state]}</Status>
}
