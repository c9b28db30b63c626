import type { ReactNode } from 'react'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { useWords } from './locale.tsx'
import { Remaining } from './remaining.tsx'
import { Status } from './status.tsx'
import { Deadline, Instant } from './time.tsx'


/** Every question with its answer and corrections, in the order of asking. `act` is what the owner may do with one of them. */
export function TenderQuestions({ shown, act }: { shown: Pick<ShownTender, 'questions' | 'at' | 'demo'>; act?: (question: ShownTender['questions'][number]) => ReactNode }) {
  const words = useWords().life.questions
  const { questions, at, demo } = shown
  if (!questions.length) return <p className="muted">{words.none}</p>
  return (
    <ol className="stack">
      {questions.map((question, index) => {
        const { id, words: asked, askedAt, answerBy, answers } = question
        const isLate = new Date(answerBy) <= new Date(at)
        return (
          <li key={id} id={`q-${id}`} className="card">
            <h3>
              {words.number(index + 1)} {answers.length ? <Status tone="kept">{words.answered}</Status> : <Status tone={isLate ? 'refused' : 'open'}>{isLate ? words.overdue : words.waiting}</Status>}
            </h3>
            <p className="measure whitespace-pre-line break-words">{asked}</p>
            <p className="small muted">
              {words.asked} <Instant at={askedAt} seconds={demo} bare />
            </p>
            {answers.length ? null : (
              <p className="small">
                {words.answerBy} <Deadline at={answerBy} seconds={demo} /> {isLate ? null : <Remaining at={at} until={answerBy} />}
              </p>
            )}
            {answers.map((answer, revision) => (
              <div key={revision} className="mt-4">
                <p className="small muted">
                  {revision ? words.correction(revision) : words.answer} <Instant at={answer.answeredAt} seconds={demo} bare />
                </p>
                <p className="measure whitespace-pre-line break-words">{answer.words}</p>
              </div>
            ))}
            {answers.length > 1 ? <p className="small muted">{words.firstKept}</p> : null}
            {act?.(question)}
          </li>
        )
      })}
    </ol>
  )
}
