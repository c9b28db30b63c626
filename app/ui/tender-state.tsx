import type { TenderState } from '#app/domain/tenders/tender.ts'
import type { Words } from '#app/words/words.ts'
import { useWords } from './locale.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<TenderState, Tone> = { draft: 'plain', discarded: 'plain', open: 'open', closing: 'plain', closed: 'plain', frozen: 'plain', awarded: 'kept', failed: 'refused' }

/** The same in a sentence; a direct selection waits for one agency and draws nothing. */
export function stateNow({ state, named }: { state: TenderState; named: unknown }, { tenders, drafts }: Words): string {
  const ofDirect: Partial<Record<TenderState, string>> = drafts.state
  return (named !== null && ofDirect[state]) || tenders.stateNow[state]
}

/** Where a tender is in its life, in one word. */
export function TenderStatus({ state }: { state: TenderState }) {
  return <Status tone={TONES[state]}>{useWords().tenders.states[state]}</Status>
}
