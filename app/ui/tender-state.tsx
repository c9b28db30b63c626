import { resumesAt } from '#app/domain/tenders/auction.ts'
import type { Method, TenderState } from '#app/domain/tenders/tender.ts'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { sharesMissing } from '#app/domain/tenders/two-keys-rule.ts'
import type { Words } from '#app/words/words.ts'
import { useWords } from './locale.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<TenderState, Tone> = { draft: 'plain', discarded: 'plain', open: 'open', closing: 'plain', closed: 'plain', frozen: 'plain', auction: 'open', opened: 'plain', shortlisted: 'open', publicity: 'open', awarded: 'kept', failed: 'refused', suspended: 'refused', cancelled: 'refused' }

/** What a sentence about a tender's state is made of. */
type Waiting = { state: TenderState; named: unknown; tender: Partial<Parameters<typeof sharesMissing>[0] & Parameters<typeof resumesAt>[0]> & { method: Method; judging?: { revealedAt: Date | string | null } | null }; at?: Date }

/** The same in a sentence that says what comes next, which differs by method: a draw, an opening, an auction, judges, a small list, or one agency's answer. */
export function stateNow({ state, named, tender, at }: Waiting, { tenders, drafts, sealing, merit, keys, auction, credit }: Words): string {
  const missing = sharesMissing({ publication: null, releases: 0, ...tender })
  if (state === 'frozen' && missing > 0) return keys.steps.waiting(missing)
  if (state === 'auction' && at && resumesAt({ auction: null, publication: null, ...tender }, at)) return auction.paused.now
  const { revealed, ...judged } = merit.stateNow
  if (state === 'opened' && tender.judging?.revealedAt) return revealed
  const own: Record<Method, Partial<Record<TenderState, string>>> = { random: {}, direct: drafts.state, 'lowest-price': sealing.state, 'average-price': sealing.state, 'live-auction': auction.state, merit: judged, 'credit-shortlist': credit.state }
  return own[named === null ? tender.method : 'direct'][state] ?? tenders.stateNow[state]
}

/** Is a tender held whose bids were being taken? Then every date that is written down moves by the time that the hold costs. */
export function isHeldOpen({ state, tender: { suspension, publication } }: Pick<ShownTender, 'state' | 'tender'>): boolean {
  return state === 'suspended' && new Date(suspension!.suspendedAt) < new Date(publication!.closesAt)
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
