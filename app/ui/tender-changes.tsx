import { CORRECTABLE, type ShownCorrection } from '#app/domain/tenders/change.ts'
import { roundsIn } from '#app/domain/tenders/auction.ts'
import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { Instant } from './time.tsx'

/** Everything that has changed since publication, the latest first, each with its reason; nothing where nothing has. */
export function TenderChanges({ shown }: { shown: ShownTender }) {
  const { changes: words, auction: { further } } = useWords()
  const { section } = words
  const { corrections, extensions, furtherRounds, suspensions, cancellation, demo } = shown
  const { procedure } = shown.tender.publication ?? {}
  const terms = procedure?.method === 'live-auction' ? procedure.auction : null
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
            // A correction and the end of a hold stand beside it with the same reason.
            ['owner', 'operator'].includes(extension.cause) && extension.reason !== '' && { label: words.reason, value: extension.reason },
          ]}
        />
      ),
    })),
    ...furtherRounds.map(({ ordinal, cause, reason, gapFrom, gapUntil, fromEndsAt, startsAt, endsAt, extendedAt }) => ({
      at: extendedAt,
      key: `further-rounds-${ordinal}`,
      title: `${further.title(ordinal)} · ${further.causes[cause]}`,
      body: (
        <Facts
          items={[
            terms && { label: further.added, value: further.roundsOf(roundsIn({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) }, terms)) },
            { label: further.from, value: when(fromEndsAt) },
            { label: further.starts, value: <strong>{when(startsAt)}</strong> },
            { label: further.ends, value: <strong>{when(endsAt)}</strong> },
            { label: section.gap, value: <>{when(gapFrom)} – {when(gapUntil)}</> },
            reason !== '' && { label: words.reason, value: reason },
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
            ended && { label: section.ended, value: when(ended.at), note: <>{ended.byDate ? section.byDate : ended.reason} {section.given}</> },
          ]}
        />
      ),
    })),
    ...(cancellation ? [{ at: cancellation.cancelledAt, key: 'cancellation', title: section.cancelled, body: <Facts items={[{ label: words.reason, value: cancellation.reason, note: cancellation.afterValue ? section.cancelledAfter : undefined }]} /> }] : []),
  ].sort((a, b) => b.at.localeCompare(a.at))
  if (told.length === 0) return null
  return (
    <Section title={section.title} id="changes">
      <div className="stack-told">
        {told.map(({ key, title, at, body }) => (
          <section key={key}>
            <h3 className="mb-2">
              {title}
              <span className="block small muted font-normal">{when(at)}</span>
            </h3>
            {body}
          </section>
        ))}
      </div>
    </Section>
  )
}

/** What was said before and what holds instead, field by field. */
function Correction({ correction: { before, after, reason, material } }: { correction: ShownCorrection }) {
  const words = useWords().changes
  const { section } = words
  const text = (value: string | number | undefined) => <span className="whitespace-pre-line break-words">{value}</span>
  const changed = CORRECTABLE.filter((name) => name in after).map((name) => ({
    label: words.fields[name],
    value: (
      <>
        <div>{before[name] ? <del className="muted"><span className="sr-only">{section.before}</span> {text(before[name])}</del> : <span className="muted">{section.empty}</span>}</div>
        <div>{after[name] ? <ins><span className="sr-only">{section.after}</span> {text(after[name])}</ins> : <span className="muted">{section.empty}</span>}</div>
      </>
    ),
  }))
  return <Facts items={[{ label: words.reason, value: reason, note: material ? section.material : section.minor }, ...changed]} />
}
