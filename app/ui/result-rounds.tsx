import type { ShownDeliverable } from '#app/domain/contracts/shown-award.ts'
import { paths } from '#app/paths.ts'
import { FileLink, type Sent } from './contract-facts.tsx'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Day, Deadline, Instant } from './time.tsx'

/** Every round of a result, the latest first, each with what became of it. */
export function ResultRounds({ rounds }: { rounds: readonly Sent<ShownDeliverable>[] }) {
  const words = useWords().contracts.results
  if (!rounds.length) return <p className="measure">{words.none}</p>
  const hidden = <span className="unstated">{words.hidden}</span>
  const written = (text: string | null) => (text ? <span className="whitespace-pre-line">{text}</span> : hidden)
  return (
    <div className="stack">
      {rounds.toReversed().map((one) => (
        <section key={one.id}>
          <h3>{words.round(one.round)}</h3>
          <Facts
            items={[
              { label: words.name, value: one.name ?? hidden },
              { label: words.delivered, value: <Instant at={one.deliveredAt} /> },
              { label: words.file, value: one.secret ? words.secret : one.document ? <FileLink href={paths.deliverableFile(one.id)} file={one.document} /> : hidden },
              one.secret && one.name !== null && { label: words.handover, value: written(one.handover) },
              !one.acceptedAt && !one.returnedAt ? { label: words.answerBy, value: <Deadline at={one.answerBy} /> } : null,
              one.acceptedAt ? { label: words.accepted, value: <Instant at={one.acceptedAt} />, note: one.deemed ? words.deemed : undefined } : null,
              one.acceptedAt ? { label: words.validUntil, value: one.validUntil ? <Day day={one.validUntil} weekday={false} /> : words.noTerm, note: one.validUntil ? words.validUntilNote : undefined } : null,
              one.returnedAt ? { label: words.returned, value: <Instant at={one.returnedAt} /> } : null,
              one.returnedAt ? { label: words.reasons, value: written(one.reasons) } : null,
              one.returnedAt && one.unmet ? { label: words.unmet, value: written(one.unmet) } : null,
            ]}
          />
        </section>
      ))}
    </div>
  )
}
