import type { InquiryState, RectificationState } from '#app/domain/oversight/inquiry.ts'
import { useWords } from './locale.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<InquiryState, Tone> = { 'awaiting-reply': 'open', 'to-decide': 'open', unfounded: 'plain', referred: 'plain', contestable: 'refused', contested: 'open', revoked: 'plain', final: 'refused' }
const RECTIFICATION_TONES: Record<RectificationState, Tone> = { due: 'open', overdue: 'refused', submitted: 'open', accepted: 'kept' }

/** Where a file stands in a word, and beside it how far the putting right is. */
export function InquiryStatus({ state, rectification }: { state: InquiryState; rectification: RectificationState | null }) {
  const words = useWords().inquiries
  return (
    <>
      <Status tone={TONES[state]}>{words.states[state]}</Status>
      {rectification ? <> <Status tone={RECTIFICATION_TONES[rectification]}>{words.rectifications[rectification]}</Status></> : null}
    </>
  )
}
