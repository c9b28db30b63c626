import { CORRECTABLE, type ShownCorrection } from '#app/domain/tenders/change.ts'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { Instant } from './time.tsx'

/** Everything that has changed since publication, the latest first, each with its reason; nothing where nothing has. */
export function TenderChanges({ shown }: { shown: ShownTender }) {
  const words = useWords().changes
  const { section } = words
  const { corrections, extensions, suspensions, cancellation, demo } = shown
  const when = (at: string) => <Instant at={at} seconds={demo} />
  const told = [
    ...corrections.map((correction) => ({ at: correction.correctedAt, key: `correction-${correction.revision}`, title: section.correction(correction.revision), body: <Correction correction={correction} /> })),
    ...extensions.map((extension) => ({
      at: extension.extendedAt,
      key: `extension-${extension.ordinal}`,
      title: `${section.extension(extension.ordinal)} · ${section.causes[extension.cause]}`,
      body: (
        <Facts
          items={[
            { label: section.from, value: when(extension.fromClosesAt) },
            { label: section.to, value: <strong>{when(extension.closesAt)}</strong> },
            extension.gapFrom !== null && { label: section.gap, value: <>{when(extension.gapFrom)} – {when(extension.gapUntil!)}</> },
            extension.reason.length > 1 && { label: words.reason, value: extension.reason },
          ]}
        />
      ),
    })),
    ...suspensions.map(({ suspendedAt, until, basis, reason, ended }) => ({
      at: suspendedAt,
      key: `suspension-${suspendedAt}`,
      title: section.held,
      body: (
        <Facts
          items={[
            { label: words.reason, value: reason },
            { label: section.basis, value: basis },
            { label: section.until, value: when(until) },
            ended && { label: section.ended, value: when(ended.at), note: ended.byDate ? section.byDate : ended.reason },
          ]}
        />
      ),
    })),
    ...(cancellation ? [{ at: cancellation.cancelledAt, key: 'cancellation', title: section.cancelled, body: <Facts items={[{ label: words.reason, value: cancellation.reason, note: cancellation.afterValue ? section.cancelledAfter : undefined }]} /> }] : []),
  ].sort((a, b) => b.at.localeCompare(a.at))
  if (told.length === 0) return null
  return (
    <Section title={section.title} id="changes">
      <div className="stack">
        {told.map(({ key, title, at, body }) => (
          <section key={key}>
            <h3>{title}</h3>
            <p className="small mb-2">{when(at)}</p>
            {body}
          </section>
        ))}
      </div>
    </Section>
  )
}

/** What was said before and what holds instead, beside each other. */
function Correction({ correction: { before, after, reason, material } }: { correction: ShownCorrection }) {
  const words = useWords().changes
  const { section } = words
  const text = (value: string | number | undefined) => (value === undefined || value === '' ? <span className="muted">{section.empty}</span> : <span className="whitespace-pre-line break-words">{value}</span>)
  return (
    <>
      <Facts items={[{ label: words.reason, value: reason, note: material ? section.material : section.minor }]} />
      {CORRECTABLE.filter((name) => name in after).map((name) => (
        <div key={name} className="mt-4">
          <h4>{words.fields[name]}</h4>
          <Facts items={[{ label: section.before, value: before[name] ? <del>{text(before[name])}</del> : text(undefined) }, { label: section.after, value: after[name] ? <ins>{text(after[name])}</ins> : text(undefined) }]} />
        </div>
      ))}
    </>
  )
}
