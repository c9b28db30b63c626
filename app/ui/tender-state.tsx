import type { TenderState } from '#app/domain/tenders/tender.ts'
import { useWords } from './locale.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<TenderState, Tone> = { draft: 'plain', discarded: 'plain', open: 'open', closing: 'plain', closed: 'plain', frozen: 'plain', awarded: 'kept', failed: 'refused' }

/** Where a tender is in its life, in one word. */
export function TenderStatus({ state }: { state: TenderState }) {
  return <Status tone={TONES[state]}>{useWords().tenders.states[state]}</Status>
}
