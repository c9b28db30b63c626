import type { AgencyState, CheckState } from '#app/domain/agencies/agency-state.ts'
import type { CheckReason } from '#app/domain/agencies/agency-check.ts'
import type { ShownDocument } from '#app/domain/agencies/document.ts'
import { paths } from '#app/paths.ts'
import { useDocumentNote } from './agency-record.tsx'
import { Facts } from './facts.tsx'
import { Listed } from './listed.tsx'
import { useWords } from './locale.tsx'
import { Status, type Tone } from './status.tsx'
import { Instant } from './time.tsx'
import { Timeline } from './timeline.tsx'

const STATE_TONES: Record<AgencyState, Tone> = { ended: 'refused', unclaimed: 'plain', returned: 'refused', noticed: 'kept', active: 'kept' }
const CHECK_TONES: Record<CheckState, Tone> = { unchecked: 'plain', answered: 'open', returned: 'refused', passed: 'kept' }

export function AgencyStateWord({ state }: { state: AgencyState }) {
  return <Status tone={STATE_TONES[state]}>{useWords().registration.states[state]}</Status>
}

export function CheckStateWord({ state }: { state: CheckState }) {
  return <Status tone={CHECK_TONES[state]}>{useWords().registration.checkStates[state]}</Status>
}

/** How an agency stands: what it may do now, until when the notice runs, where the formal check is. */
export function AgencyStanding({ state, checkState, noticeEndsAt, narrow }: { state: AgencyState; checkState: CheckState; noticeEndsAt: Date | null; narrow?: boolean }) {
  const words = useWords().registration
  return (
    <Facts
      narrow={narrow}
      items={[
        { label: words.state, value: <AgencyStateWord state={state} />, note: words.stateNotes[state] },
        noticeEndsAt ? { label: words.noticeEnds, value: <Instant at={noticeEndsAt} /> } : null,
        { label: words.check.label, value: <CheckStateWord state={checkState} /> },
      ]}
    />
  )
}

export type CheckLine = { id: string; verdict: 'passed' | 'returned'; reasons: CheckReason[]; note: string; checkedAt: Date; answer: string | null; answeredAt: Date | null }

/** Every formal check with its reasons and its answer, for the two sides of it. */
export function CheckHistory({ checks }: { checks: readonly CheckLine[] }) {
  const words = useWords().registration
  if (!checks.length) return null
  return (
    <div className="mt-6">
      <Timeline
        label={words.check.history}
        items={checks.flatMap((check) => [
          ...(check.answeredAt ? [{ key: `${check.id}-answer`, title: words.check.answered, when: <Instant at={check.answeredAt} />, text: <span className="whitespace-pre-line">{check.answer}</span>, state: 'done' as const }] : []),
          {
            key: check.id,
            title: words.check.verdicts[check.verdict],
            when: <Instant at={check.checkedAt} />,
            text: (
              <>
                {check.reasons.length ? <ul className="list-disc ps-6">{check.reasons.map((reason) => <li key={reason}>{words.check.reasons[reason]}</li>)}</ul> : null}
                {check.note ? <p className="whitespace-pre-line">{check.note}</p> : null}
              </>
            ),
            state: check.verdict === 'returned' && !check.answeredAt ? ('ended' as const) : ('done' as const),
          },
        ])}
      />
    </div>
  )
}

/** An agency's papers, to be fetched; with `action` each can be taken back. */
export function DocumentList({ documents, action }: { documents: readonly (ShownDocument & { uploadedAt: Date })[]; action?: string }) {
  const words = useWords().registration
  const note = useDocumentNote()
  if (!documents.length) return <p className="muted">{words.document.none}</p>
  const items = documents.map((one) => ({ id: one.id, title: <a href={paths.agencyDocument(one.id)} download>{one.name}</a>, note: <>{note(one)} · <Instant at={one.uploadedAt} bare /></> }))
  if (action) return <Listed items={items} action={action} remove={words.remove} removeOf={({ id }) => words.removeOf(documents.find((one) => one.id === id)!.name)} />
  return (
    <ul className="rows">
      {items.map(({ id, title, note }) => (
        <li key={id}>
          <div>
            {title}
            <div className="row-note">{note}</div>
          </div>
        </li>
      ))}
    </ul>
  )
}

/** The sentence for what was just done, if the address names one that there is. */
export function doneOf(done: string | null, sentences: Record<string, string>): string | null {
  return done !== null && Object.hasOwn(sentences, done) ? sentences[done]! : null
}
