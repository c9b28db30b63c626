import type { ReactNode } from 'react'
import { isStopped } from '#app/domain/tenders/given-back.ts'
import type { ShownObjection, ShownTender } from '#app/domain/tenders/tender-view.ts'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Left, Remaining } from './remaining.tsx'
import { Status } from './status.tsx'
import { Deadline, Instant } from './time.tsx'

/** Objections with their answers and clocks; who objected is there for those who may know. `act` gives what the reader may do about one. */
export function TenderObjections({ shown, act }: { shown: ShownTender; act?: (objection: ShownObjection) => ReactNode }) {
  const words = useWords().changes.objections
  const { tender, objections, at, demo } = shown
  if (objections.length === 0) return <p className="muted">{words.none}</p>
  return (
    <ol className="stack-told">
      {objections.map((objection, place) => {
        const isLate = !objection.answer && !isStopped(tender, objection.answerBy) && new Date(objection.answerBy) <= new Date(at)
        return (
          <li key={objection.id}>
            <h3>
              {words.number(place + 1)}{' '}{objection.answer ? <Status tone="kept">{words.answered}</Status> : <Status tone={isLate ? 'refused' : 'open'}>{isLate ? words.overdue : words.waiting}</Status>}
            </h3>
            <p className="small muted"><Instant at={objection.objectedAt} seconds={demo} /></p>
            <p className="measure whitespace-pre-line break-words mt-2 mb-4">{objection.words}</p>
            <Facts
              items={[
                objection.objector !== null && { label: words.by, value: objection.objector, note: words.hidden },
                objection.answer === null && { label: words.answerBy, value: <><Deadline at={objection.answerBy} seconds={demo} /> {isLate ? null : <Left shown={shown} until={objection.answerBy} />}</> },
                objection.answer && { label: words.answer, value: <span className="whitespace-pre-line break-words">{objection.answer.words}</span>, note: <Instant at={objection.answer.answeredAt} seconds={demo} /> },
                objection.answer && { label: words.complain, value: <><Deadline at={objection.answer.complaintUntil} seconds={demo} /> <Remaining at={at} until={objection.answer.complaintUntil} /></>, note: words.complainHow },
              ]}
            />
            {act?.(objection)}
          </li>
        )
      })}
    </ol>
  )
}
