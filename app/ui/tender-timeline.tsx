import type { ShownTender } from '#app/domain/tenders/tender-view.ts'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { Remaining } from './remaining.tsx'
import { Instant } from './time.tsx'
import { Timeline, type TimelineItem } from './timeline.tsx'

/** What happened to a tender and what will, with who must act and how long that still is. */
export function TenderTimeline({ shown }: { shown: ShownTender }) {
  const { tenders, life, drafts, sealing, merit } = useWords()
  const words = tenders.timeline
  const { tender, state, at, demo, awards } = shown
  const { publication, closing, frozenAt, opening, judging, drawnAt, openQuestions } = tender
  if (!publication) return null
  const when = (instant: Date | string | null | undefined) => (instant ? <Instant at={instant} seconds={demo} /> : undefined)
  const until = (instant: Date | string) => (new Date(instant) > new Date(at) ? <><Instant at={instant} seconds={demo} /> <Remaining at={at} until={instant} /></> : <Instant at={instant} seconds={demo} />)
  const isHeld = state === 'closing' && openQuestions > 0
  const { questionsUntil, drawsAfter } = publication
  // A direct selection is offered, accepted and awarded; nothing is frozen or drawn.
  const direct = shown.named
  const items: TimelineItem[] = [{ key: 'published', title: direct ? drafts.timeline.offered : words.published, when: when(publication.publishedAt), who: words.byOwner, state: 'done' }]
  if (questionsUntil) items.push({ key: 'questions', title: life.timeline.questionsUntil, when: until(questionsUntil), who: life.timeline.byAskers, state: new Date(questionsUntil) <= new Date(at) ? 'done' : direct ? 'next' : 'now' })
  const closes = direct ? (closing ? drafts.timeline.accepted : drafts.timeline.accepts) : closing ? words.closed : words.closes
  if (isHeld) items.push({ key: 'held', title: life.timeline.held, when: when(publication.closesAt), who: life.timeline.byOwnerAnswer, state: 'now' })
  else items.push({ key: 'closes', title: closing?.outcome === 'too-few-bidders' ? words.closed : closes, when: closing ? when(closing.closedAt) : until(publication.closesAt), who: direct ? direct.name : closing ? words.byClock : words.byAgencies, state: closing ? 'done' : !direct && questionsUntil && new Date(questionsUntil) > new Date(at) ? 'next' : 'now' })
  if (closing?.outcome === 'too-few-bidders') {
    items.push({ key: 'failed', title: words.failed, when: when(closing.closedAt), text: direct ? drafts.timeline.notAccepted : words.tooFew(closing.eligible, publication.procedure.minimumBidders), state: 'ended' })
  } else {
    if (drawsAfter) items.push(
      { key: 'frozen', title: words.frozen, when: when(frozenAt), who: words.byClock, state: frozenAt ? 'done' : closing ? 'now' : 'next' },
    )
    const decides = judging ? judging.decidesAfter : (opening?.decidesAfter ?? drawsAfter)
    if (judging) items.push({ key: 'seats', title: judging.declared >= judging.wanted ? merit.steps.seatsDone : merit.steps.seats, who: merit.steps.byOwner, state: judging.declared >= judging.wanted ? 'done' : frozenAt ? 'now' : 'next' })
    if (publication.sealing) items.push(
      { key: 'opens', title: opening ? sealing.steps.opened : sealing.steps.opens, when: when(opening?.openedAt), who: words.byClock, text: opening ? undefined : sealing.steps.afterCheckpoint, state: opening ? 'done' : frozenAt && !(judging && judging.declared < judging.wanted) ? 'now' : 'next' },
      ...(judging && opening?.outcome !== 'too-few-valid' ? [{ key: 'scores', title: judging.revealedAt ? merit.steps.scored : merit.steps.scores, when: judging.revealedAt ? when(judging.revealedAt) : judging.sheetsDue ? until(judging.sheetsDue) : undefined, who: merit.steps.byJudges, state: judging.revealedAt ? ('done' as const) : opening ? ('now' as const) : ('next' as const) }] : []),
      ...(opening?.outcome === 'too-few-valid' ? [] : [{ key: 'ranks', title: drawnAt ? sealing.steps.ranked : sealing.steps.ranks, when: drawnAt ? when(drawnAt) : opening && decides ? until(decides) : when(decides), who: words.byClock, state: drawnAt ? ('done' as const) : opening && decides ? ('now' as const) : ('next' as const) }]),
    )
    else if (drawsAfter) items.push({ key: 'draws', title: drawnAt ? words.drawn : words.draws, when: drawnAt ? when(drawnAt) : frozenAt ? until(drawsAfter) : when(drawsAfter), who: words.byClock, text: drawnAt ? undefined : words.afterFreeze, state: drawnAt ? 'done' : frozenAt ? 'now' : 'next' })
    for (const { place, name, awardedAt, declined } of awards) {
      items.push({ key: `award-${place}`, title: life.timeline.awarded(name, place), when: when(awardedAt), who: awards[0]!.place === place ? words.byClock : life.timeline.byReserve, state: 'done' })
      if (declined) items.push({ key: `declined-${place}`, title: life.timeline.declined(name), when: when(declined.at), who: life.timeline.byWinner, text: life.declining.reasons[declined.reason], state: 'ended' })
    }
    const standing = awards.find(({ declined }) => !declined)
    if (state === 'failed') items.push({ key: 'failed', title: words.failed, when: when(awards.at(-1)?.declined?.at ?? drawnAt ?? opening?.openedAt), text: awards.length ? life.timeline.allDeclined : opening?.outcome === 'too-few-valid' ? sealing.steps.tooFewValid(opening.valid, publication.procedure.minimumBidders) : words.nobody, state: 'ended' })
    else if (standing) items.push({ key: 'binds', title: life.timeline.publicity, when: until(standing.publicityEndsAt), who: life.timeline.byDate, state: state === 'publicity' ? 'now' : 'done' })
    else items.push({ key: 'awarded', title: words.awarded, state: 'next' }, { key: 'binds', title: life.timeline.publicityNext, who: life.timeline.byDate, state: 'next' })
  }
  return (
    <Section title={words.label} id="course">
      <Timeline label={words.label} items={items} />
    </Section>
  )
}
