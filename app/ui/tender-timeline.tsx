import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { DirectTimeline } from './tender-direct.tsx'
import { Instant } from './time.tsx'
import { Timeline, type TimelineItem } from './timeline.tsx'

/** What happened to a tender and what will, with who must act. */
export function TenderTimeline({ shown }: { shown: ShownTender }) {
  const words = useWords().tenders.timeline
  const { tender, state, demo } = shown
  const { publication, closing, frozenAt, drawnAt, awardedAt } = tender
  if (!publication) return null
  if (publication.procedure.method === 'direct') return <DirectTimeline shown={shown} />
  const when = (at: Date | null | undefined) => (at ? <Instant at={at} seconds={demo} /> : undefined)
  const items: TimelineItem[] = [
    { key: 'published', title: words.published, when: when(publication.publishedAt), who: words.byOwner, state: 'done' },
    { key: 'closes', title: closing ? words.closed : words.closes, when: when(closing?.closedAt ?? publication.closesAt), who: closing ? words.byClock : words.byAgencies, state: closing ? 'done' : 'now' },
  ]
  if (closing?.outcome === 'too-few-bidders') {
    items.push({ key: 'failed', title: words.failed, when: when(closing.closedAt), text: words.tooFew(closing.eligible, publication.procedure.minimumBidders), state: 'ended' })
  } else {
    items.push(
      { key: 'frozen', title: words.frozen, when: when(frozenAt), who: words.byClock, state: frozenAt ? 'done' : closing ? 'now' : 'next' },
      { key: 'draws', title: drawnAt ? words.drawn : words.draws, when: when(drawnAt ?? publication.drawsAfter), who: words.byClock, text: drawnAt ? undefined : words.afterFreeze, state: drawnAt ? 'done' : frozenAt ? 'now' : 'next' },
    )
    if (state === 'failed') items.push({ key: 'failed', title: words.failed, when: when(drawnAt), text: words.nobody, state: 'ended' })
    else items.push({ key: 'awarded', title: words.awarded, when: when(awardedAt), state: awardedAt ? 'done' : 'next' })
  }
  return (
    <Section title={words.label}>
      <Timeline label={words.label} items={items} />
    </Section>
  )
}
