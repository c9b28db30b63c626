import type { InquiryState, RectificationState } from '#app/domain/oversight/inquiry.ts'
import { useWords } from './locale.tsx'
import { Timeline, type TimelineItem } from './timeline.tsx'
import { Instant } from './time.tsx'

type At = Date | string
export type TimelineProps = {
  openedAt: At
  state: InquiryState
  rectification: { state: RectificationState; until: At | null } | null
  facts: {
    replyBy: At
    repliedAt: At | null
    finding: { outcome: 'unfounded' | 'violation' | 'referred'; foundAt: At; contestBy: At | null; rectifyBy: At | null } | null
    contest: { contestedAt: At; decideBy: At } | null
    contestAnswer: { outcome: 'kept' | 'revoked'; answeredAt: At } | null
    rectifications: readonly { submittedAt: At; verdict: { accepted: boolean; againBy: At | null } | null }[]
  }
}

/** What happened in a file and what is to come, with its clocks. */
export function InquiryTimeline({ openedAt, state, rectification, facts }: TimelineProps) {
  const all = useWords().inquiries
  const words = all.steps
  const { finding, contest, contestAnswer, rectifications } = facts
  const item = (key: string, title: string, at: At, step: TimelineItem['state'], text?: string): TimelineItem => ({ key, title, when: <Instant at={at} />, state: step, ...(text && { text }) })
  const reply = facts.repliedAt ? item('reply', words.replied, facts.repliedAt, 'done') : item('reply', state === 'awaiting-reply' ? words.replyDue : words.noReply, facts.replyBy, state === 'awaiting-reply' ? 'now' : 'done')
  // A review and the putting right run side by side, so what came of them is told in the order in which it came.
  const later = [
    ...(contest ? [{ at: new Date(contest.contestedAt), step: item('contest', words.contested, contest.contestedAt, 'done') }] : []),
    ...(contestAnswer ? [{ at: new Date(contestAnswer.answeredAt), step: item('answer', words.contestAnswered, contestAnswer.answeredAt, 'done', all.contest[contestAnswer.outcome]) }] : []),
    ...rectifications.map(({ submittedAt, verdict }, place) => ({ at: new Date(submittedAt), step: item(`round-${place}`, words.rectified(place + 1), submittedAt, verdict ? 'done' : 'now', verdict ? (verdict.accepted ? words.accepted : words.returned) : undefined) })),
  ]
  const items: (TimelineItem | false | null)[] = [
    item('opened', words.opened, openedAt, 'done'),
    reply,
    finding ? item('finding', words.decided, finding.foundAt, finding.outcome === 'violation' && contestAnswer?.outcome === 'revoked' ? 'ended' : 'done', all.finding.outcomes[finding.outcome]) : { key: 'finding', title: words.toDecide, state: state === 'to-decide' ? 'now' : 'next' },
    ...later.toSorted((one, other) => one.at.getTime() - other.at.getTime()).map(({ step }) => step),
    rectification?.until ? item('rectify', words.rectifyBy, rectification.until, rectification.state === 'overdue' ? 'ended' : 'now') : null,
    state === 'contestable' && finding?.contestBy ? item('contest-by', words.contestBy, finding.contestBy, 'next') : null,
    state === 'final' && finding?.contestBy ? item('final', words.final, contestAnswer && new Date(contestAnswer.answeredAt) > new Date(finding.contestBy) ? contestAnswer.answeredAt : finding.contestBy, 'done') : null,
  ]
  return <Timeline label={all.file.timeline} items={items.filter((one): one is TimelineItem => Boolean(one))} />
}
