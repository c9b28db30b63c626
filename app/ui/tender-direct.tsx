import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'
import { Instant } from './time.tsx'
import { Timeline, type TimelineItem } from './timeline.tsx'

/** The short course of a direct selection: offered to one agency, accepted or not, awarded by the clock. Nothing is drawn. */
export function DirectTimeline({ shown }: { shown: ShownTender }) {
  const { tenders, drafts } = useWords()
  const { publication, closing, awardedAt } = shown.tender
  if (!publication) return null
  const when = (at: Date) => <Instant at={at} seconds={shown.demo} />
  const accepted = closing?.outcome === 'accepted'
  const items: TimelineItem[] = [
    { key: 'offered', title: drafts.timeline.offered, when: when(publication.publishedAt), who: tenders.timeline.byOwner, state: 'done' },
    { key: 'accepts', title: closing && accepted ? drafts.timeline.accepted : drafts.timeline.accepts, when: when(closing?.closedAt ?? publication.closesAt), who: closing ? tenders.timeline.byClock : shown.named?.name, state: closing ? (accepted ? 'done' : 'ended') : 'now' },
    closing && !accepted
      ? { key: 'failed', title: tenders.timeline.failed, when: when(closing.closedAt), text: drafts.timeline.notAccepted, state: 'ended' }
      : { key: 'awarded', title: tenders.timeline.awarded, when: awardedAt ? when(awardedAt) : undefined, who: awardedAt ? undefined : tenders.timeline.byClock, state: awardedAt ? 'done' : 'next' },
  ]
  return (
    <Section title={tenders.timeline.label}>
      <Timeline label={tenders.timeline.label} items={items} />
    </Section>
  )
}

/** Who was awarded without a draw, and that it was the owner's naming. */
export function DirectAwarded({ shown: { named } }: { shown: ShownTender }) {
  const { tenders, drafts } = useWords()
  return (
    <Notice tone="kept" title={tenders.winnerIs(named!.name)} next={{ href: paths.agency(named!.uscc), label: named!.name }}>
      {drafts.timeline.awardedText}
    </Notice>
  )
}
