import type { TenderState } from '#app/domain/tenders/tender.ts'
import { sharesMissing } from '#app/domain/tenders/two-keys-rule.ts'
import type { Words } from '#app/words/words.ts'
import { useWords } from './locale.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<TenderState, Tone> = { draft: 'plain', discarded: 'plain', open: 'open', closing: 'plain', closed: 'plain', frozen: 'plain', auction: 'open', opened: 'plain', shortlisted: 'open', publicity: 'open', awarded: 'kept', failed: 'refused', suspended: 'refused', cancelled: 'refused' }

/** The same in a sentence; a direct selection waits for one agency and draws nothing. */
export function stateNow({ state, named, tender }: { state: TenderState; named: unknown; tender?: Parameters<typeof sharesMissing>[0] & { judging?: { revealedAt: Date | string | null } | null } }, { tenders, drafts, merit, keys }: Words): string {
  const missing = tender ? sharesMissing(tender) : 0
  if (state === 'frozen' && missing > 0) return keys.steps.waiting(missing)
  if (tender?.judging && (state === 'frozen' || state === 'opened')) return merit.stateNow[tender.judging.revealedAt ? 'revealed' : state]
  const ofDirect: Partial<Record<TenderState, string>> = drafts.state
  return (named !== null && ofDirect[state]) || tenders.stateNow[state]
}

/** Where a tender is in its life, in one word; and what keeps it from closing, if something does. A direct selection takes no bids and says what it waits for. */
export function TenderStatus({ state, openQuestions = 0, isDirect = false }: { state: TenderState; openQuestions?: number; isDirect?: boolean }) {
  const { tenders, life, drafts } = useWords()
  const ofDirect: Partial<Record<TenderState, string>> = drafts.states
  const waits = openQuestions > 0 && (state === 'open' || state === 'closing')
  return (
    <>
      <Status tone={TONES[state]}>{(isDirect && ofDirect[state]) || tenders.states[state]}</Status>
      {waits ? <span className="small muted whole"> {life.questions.openCount(openQuestions)}</span> : null}
    </>
  )
}
