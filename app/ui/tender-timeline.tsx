import { boundAt, type ShownTender } from '#app/domain/tenders/tender-view.ts'
import { nextRound, plannedAuction } from '#app/domain/tenders/auction.ts'
import type { Words } from '#app/words/words.ts'
import { ranksAfter } from '#app/domain/tenders/state.ts'
import { isStopped } from '#app/domain/tenders/given-back.ts'
import { endOfTender } from '#app/domain/awards/archive.ts'
import { paths } from '#app/paths.ts'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { Left, Remaining } from './remaining.tsx'
import { isHeldOpen } from './tender-state.tsx'
import { Instant } from './time.tsx'
import { Timeline, type TimelineItem } from './timeline.tsx'

/** `at` orders what has happened; what is now and what comes next keeps the order in which it was put down. */
type Item = TimelineItem & { at?: Date | string | null }

/** What happened to a tender and what will, with who must act and how long that still is. */
export function TenderTimeline({ shown, keptUntil = null }: { shown: ShownTender; /** The last day of its record, where it has ended. */ keptUntil?: string | null }) {
  const all = useWords()
  const { label } = all.tenders.timeline
  if (!shown.tender.publication) return null
  const items = inOrder([...lifeOf(shown, all), ...changesOf(shown, all), ...objectionsOf(shown, all)], shown)
  const archived = archiveOf(shown, keptUntil, all)
  return (
    <Section title={label} id="course">
      <Timeline label={label} items={archived ? [...items, archived] : items} />
    </Section>
  )
}

/** Where nothing changes any more the record is complete, and has a day until which it must be kept. */
function archiveOf(shown: ShownTender, keptUntil: string | null, { life }: Words): TimelineItem | null {
  const endedAt = endOfTender(shown)
  if (!endedAt || !keptUntil) return null
  const { timeline: words } = life
  return { key: 'archived', title: words.archived, when: <Instant at={endedAt} seconds={shown.demo} />, text: <>{words.archivedText(keptUntil)} <a href={paths.archive(shown.tender.publication!.number)} download>{words.archiveFile}</a></>, state: 'done' }
}

/** What has happened by its instant, then what is now, then what comes. After a cancellation nothing comes. */
function inOrder(items: readonly Item[], { state, cancellation }: ShownTender): TimelineItem[] {
  const hasHappened = ({ state: each }: Item) => each === 'done' || each === 'ended'
  const happened = items.filter(hasHappened).sort((a, b) => new Date(a.at ?? 0).getTime() - new Date(b.at ?? 0).getTime())
  // The last day of questions came to nothing where the end came first.
  if (state === 'cancelled') return happened.filter(({ key, at }) => key !== 'questions' || new Date(at!) < new Date(cancellation!.cancelledAt))
  return [...happened, ...items.filter((item) => item.state === 'now'), ...items.filter((item) => item.state === 'next')]
}

function clocksOf(shown: ShownTender) {
  const { at, demo } = shown
  const isPast = (instant: Date | string) => new Date(instant) <= new Date(at)
  const when = (instant: Date | string | null | undefined) => (instant ? <Instant at={instant} seconds={demo} /> : undefined)
  const until = (instant: Date | string) => (isPast(instant) ? when(instant) : <>{when(instant)} <Remaining at={at} until={instant} /></>)
  // A clock that a hold stops.
  const rest = (instant: Date | string) => (isPast(instant) && !isStopped(shown.tender, instant) ? when(instant) : <>{when(instant)} <Left shown={shown} until={instant} /></>)
  return { isPast, when, until, rest }
}

/** From the publication to what binds, as the method has it. */
function lifeOf(shown: ShownTender, { tenders, life, drafts, sealing, changes, auction, credit, merit, keys }: Words): Item[] {
  const words = tenders.timeline
  const { tender, state, awards } = shown
  const { closing, frozenAt, opening, judging, drawnAt, openQuestions } = tender
  const publication = tender.publication!
  const { when, until: untilThen, rest, isPast } = clocksOf(shown)
  // Dates that move once the hold has ended are not said as if they stood.
  const until = (instant: Date | string) => (isHeldOpen(shown) ? changes.section.moves : untilThen(instant))
  const { questionsUntil, drawsAfter, announceBy } = publication
  // While the regulator holds it, nothing of it is due.
  const now = state === 'suspended' ? 'next' : 'now'
  // A direct selection is offered, accepted and awarded; nothing is frozen or drawn.
  const direct = shown.named
  const items: Item[] = [{ key: 'published', title: direct ? drafts.timeline.offered : words.published, at: publication.publishedAt, when: when(publication.publishedAt), who: words.byOwner, state: 'done' }]
  if (questionsUntil) items.push({ key: 'questions', title: life.timeline.questionsUntil, at: questionsUntil, when: isPast(questionsUntil) ? when(questionsUntil) : until(questionsUntil), who: life.timeline.byAskers, state: isPast(questionsUntil) ? 'done' : direct ? 'next' : now })
  const closes = direct ? (closing ? drafts.timeline.accepted : drafts.timeline.accepts) : closing ? words.closed : words.closes
  if (state === 'closing' && openQuestions > 0) items.push({ key: 'held', title: life.timeline.held, when: when(publication.closesAt), who: life.timeline.byOwnerAnswer, state: 'now' })
  else items.push({ key: 'closes', title: closing?.outcome === 'too-few-bidders' ? words.closed : closes, at: closing?.closedAt, when: closing ? when(closing.closedAt) : until(publication.closesAt), who: direct ? direct.name : closing ? words.byClock : words.byAgencies, state: closing ? 'done' : !direct && questionsUntil && !isPast(questionsUntil) ? 'next' : now })
  if (closing?.outcome === 'too-few-bidders') {
    return [...items, { key: 'failed', title: words.failed, at: closing.closedAt, when: when(closing.closedAt), text: direct ? drafts.timeline.notAccepted : words.tooFew(closing.eligible, publication.procedure.minimumBidders), state: 'ended' }]
  }
  // Further rounds may last longer than the instant before which nothing is decided.
  const decides = ranksAfter(tender) ?? (judging || (tender.auction && drawsAfter && drawsAfter < tender.auction.endsAt) ? null : drawsAfter)
  if (drawsAfter) items.push({ key: 'frozen', title: words.frozen, at: frozenAt, when: when(frozenAt), who: words.byClock, state: frozenAt ? 'done' : closing ? now : 'next' })
  const ranks: Item[] = opening?.outcome === 'too-few-valid' ? [] : [{ key: 'ranks', title: drawnAt ? sealing.steps.ranked : sealing.steps.ranks, at: drawnAt, when: drawnAt ? when(drawnAt) : opening && decides ? rest(decides) : isHeldOpen(shown) && decides ? until(decides) : when(decides), who: words.byClock, state: drawnAt ? 'done' : opening && decides ? now : 'next' }]
  const listed = publication.procedure.method === 'credit-shortlist'
  const times = publication.procedure.method === 'live-auction' ? (tender.auction ?? plannedAuction(publication.procedure.auction, new Date(publication.closesAt))) : null
  if (times) {
    const resumes = tender.auction && publication.procedure.method === 'live-auction' && state === 'auction' ? nextRound(times, publication.procedure.auction, shown.at) : null
    items.push(
      { key: 'auction', title: state === 'auction' && !resumes ? auction.timeline.runs : auction.timeline.starts, at: times.startsAt, when: until(times.startsAt), who: auction.timeline.byBidders, state: opening || resumes ? 'done' : state === 'auction' ? 'now' : 'next' },
      ...(resumes ? [{ key: 'resumes', title: auction.timeline.resumes, when: until(resumes.startsAt), who: auction.timeline.byBidders, state: now }] satisfies Item[] : []),
      { key: 'ends', title: opening ? auction.timeline.ended : auction.timeline.ends, at: opening?.openedAt, when: opening ? when(opening.openedAt) : until(times.endsAt), who: words.byClock, state: opening ? 'done' : 'next' },
      ...ranks,
    )
  } else if (publication.sealing) {
    const seated = !judging || judging.declared >= judging.wanted
    if (judging) items.push({ key: 'seats', title: seated ? merit.steps.seatsDone : merit.steps.seats, at: seated ? frozenAt : undefined, who: merit.steps.byOwner, state: seated ? 'done' : frozenAt ? now : 'next' })
    const { threshold } = publication.sealing
    const waits = threshold !== undefined && !opening
    const due = tender.releaseBy && waits ? rest(tender.releaseBy) : undefined
    items.push({ key: 'opens', title: opening ? sealing.steps.opened : sealing.steps.opens, at: opening?.openedAt, when: opening ? when(opening.openedAt) : due, who: waits ? keys.steps.by : words.byClock, text: opening ? undefined : waits ? <>{keys.steps.waits(threshold)}{tender.releaseBy && isPast(tender.releaseBy) ? <> · {keys.steps.late}</> : null}</> : sealing.steps.afterCheckpoint, state: opening ? 'done' : frozenAt && seated ? now : 'next' })
    if (judging && opening?.outcome !== 'too-few-valid') items.push({ key: 'scores', title: judging.revealedAt ? merit.steps.scored : merit.steps.scores, at: judging.revealedAt, when: judging.revealedAt ? when(judging.revealedAt) : judging.sheetsDue ? rest(judging.sheetsDue) : undefined, who: merit.steps.byJudges, state: judging.revealedAt ? 'done' : opening ? now : 'next' })
    items.push(...ranks)
  } else if (drawsAfter) items.push({ key: 'draws', title: listed ? (drawnAt ? credit.steps.drawn : credit.steps.draws) : drawnAt ? words.drawn : words.draws, at: drawnAt, when: drawnAt ? when(drawnAt) : frozenAt || isHeldOpen(shown) ? until(drawsAfter) : when(drawsAfter), who: words.byClock, text: drawnAt ? undefined : words.afterFreeze, state: drawnAt ? 'done' : frozenAt ? now : 'next' })
  if (listed && (shown.pick || !shown.cancellation)) items.push({ key: 'pick', title: shown.pick ? credit.steps.picked(shown.pick.name) : credit.steps.picks, at: shown.pick?.at, when: shown.pick ? when(shown.pick.at) : tender.shortlist ? rest(tender.shortlist.pickBy) : undefined, who: shown.pick && shown.pick.reason === null ? credit.steps.byDate : credit.steps.byOwner, state: shown.pick ? 'done' : tender.shortlist ? now : 'next' })
  for (const { place, name, awardedAt, declined } of awards) {
    items.push({ key: `award-${place}`, title: life.timeline.awarded(name, place), at: awardedAt, when: when(awardedAt), who: awards[0]!.place === place ? words.byClock : life.timeline.byReserve, state: 'done' })
    if (declined) items.push({ key: `declined-${place}`, title: life.timeline.declined(name), at: declined.at, when: when(declined.at), who: life.timeline.byWinner, text: life.declining.reasons[declined.reason], state: 'ended' })
  }
  const standing = awards.find(({ declined }) => !declined)
  const failedAt = awards.at(-1)?.declined?.at ?? drawnAt ?? opening?.openedAt
  if (state === 'failed') items.push({ key: 'failed', title: words.failed, at: failedAt, when: when(failedAt), text: awards.length ? life.timeline.allDeclined : opening?.outcome === 'too-few-valid' ? sealing.steps.tooFewValid(opening.valid, publication.procedure.minimumBidders) : words.nobody, state: 'ended' })
  else if (standing) items.push({ key: 'binds', title: life.timeline.publicity, at: boundAt(shown, standing), when: rest(standing.publicityEndsAt), who: life.timeline.byDate, text: tender.openObjections ? changes.now.objections(tender.openObjections) : undefined, state: state === 'awarded' ? 'done' : now })
  else if (!shown.cancellation) {
    items.push({ key: 'awarded', title: words.awarded, when: announceBy && !isHeldOpen(shown) ? <>{changes.timeline.announced} {closing ? rest(announceBy) : when(announceBy)}</> : undefined, state: 'next' }, { key: 'binds', title: life.timeline.publicityNext, who: life.timeline.byDate, state: 'next' })
  }
  return items
}

/** Corrections, later deadlines, holds and the owner's end, each where it happened. */
function changesOf(shown: ShownTender, { changes, tenders, auction }: Words): Item[] {
  const { timeline: words, section } = changes
  const { when, until } = clocksOf(shown)
  const { corrections, extensions, furtherRounds, suspensions, cancellation } = shown
  // The time that a hold cost is given back in the act that ended it, so that comes first.
  const items: Item[] = []
  for (const [index, { suspendedAt, until: latest, basis, ended }] of suspensions.entries()) {
    items.push({ key: `suspended-${index}`, title: words.suspended, at: suspendedAt, when: when(suspendedAt), who: words.byRegulator, text: basis, state: 'ended' })
    if (ended) items.push({ key: `resumed-${index}`, title: words.resumed, at: ended.at, when: when(ended.at), who: ended.byDate ? section.byDate : words.byRegulator, state: 'done' })
    else items.push({ key: `resumes-${index}`, title: words.resumes, when: until(latest), who: words.byRegulator, state: 'now' })
  }
  items.push(
    ...corrections.map(({ revision, correctedAt, material }) => ({ key: `corrected-${revision}`, title: words.corrected(revision), at: correctedAt, when: when(correctedAt), who: tenders.timeline.byOwner, text: material ? section.material : section.minor, state: 'done' as const })),
    ...extensions.map(({ ordinal, extendedAt, closesAt, cause }) => ({ key: `extended-${ordinal}`, title: words.extended(ordinal), at: extendedAt, when: when(extendedAt), who: cause === 'owner' || cause === 'correction' ? tenders.timeline.byOwner : words.byPlatform, text: <>{section.causes[cause]} · {section.to} {when(closesAt)}</>, state: 'done' as const })),
    ...furtherRounds.map(({ ordinal, extendedAt, startsAt, endsAt, cause }) => ({ key: `further-rounds-${ordinal}`, title: auction.timeline.extended(ordinal), at: extendedAt, when: when(extendedAt), who: words.byPlatform, text: <>{auction.further.causes[cause]} · {when(startsAt)} – {when(endsAt)}</>, state: 'done' as const })),
  )
  if (cancellation) items.push({ key: 'cancelled', title: words.cancelled, at: cancellation.cancelledAt, when: when(cancellation.cancelledAt), who: tenders.timeline.byOwner, text: cancellation.afterValue ? section.cancelledAfter : undefined, state: 'ended' })
  return items
}

/** Until when one may object, what was objected, and whose clock runs. */
function objectionsOf(shown: ShownTender, { changes, tenders }: Words): Item[] {
  const words = changes.timeline
  const { when, until, rest, isPast } = clocksOf(shown)
  const { tender, objections } = shown
  const items: Item[] = []
  if (tender.objectionsUntil) items.push({ key: 'objections', title: words.objectionsUntil, at: tender.objectionsUntil, when: rest(tender.objectionsUntil), who: words.byBidders, state: isStopped(tender, tender.objectionsUntil) ? 'next' : isPast(tender.objectionsUntil) ? 'done' : 'now' })
  for (const { id, objectedAt, answerBy, answer } of objections) {
    items.push({ key: `objected-${id}`, title: words.objected, at: objectedAt, when: when(objectedAt), who: words.byBidders, state: 'done' })
    if (answer) items.push({ key: `answered-${id}`, title: words.answered, at: answer.answeredAt, when: when(answer.answeredAt), who: tenders.timeline.byOwner, text: <>{words.complaints} {until(answer.complaintUntil)}</>, state: 'done' })
    else items.push({ key: `answer-${id}`, title: words.answerBy, when: rest(answerBy), who: tenders.timeline.byOwner, state: 'now' })
  }
  return items
}
