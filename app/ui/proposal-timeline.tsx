import type { Proposal, ProposalState } from '#app/domain/governance/proposal.ts'
import { useLocale, useWords } from './locale.tsx'
import { dayText, Instant } from './time.tsx'
import { Timeline, type TimelineItem } from './timeline.tsx'

type Told = Pick<Proposal, 'urgentReason'> & {
  proposedAt: Date | string | null
  period: { openedAt: Date | string; endsAt: Date | string } | null
  comments: Proposal['comments']
  withdrawal: { at: Date | string } | null
  adoption: { at: Date | string; version: number; effectiveOn: string } | null
}

/** The steps of a proposal: those that are done, the one that waits, and those to come. */
export function ProposalTimeline({ proposal, state, given, asked }: { proposal: Told; state: ProposalState; given: number; asked: number }) {
  const words = useWords().governance.page
  const locale = useLocale()
  const { proposedAt, period, comments, withdrawal, adoption, urgentReason } = proposal
  const isOpen = state === 'opinions' || state === 'blocked'
  const ends: TimelineItem = withdrawal
    ? { key: 'end', title: words.step.withdrawn, when: <Instant at={withdrawal.at} />, state: 'ended' }
    : { key: 'end', title: words.step.adopted, when: adoption ? <Instant at={adoption.at} /> : null, text: adoption ? words.effective(dayText(adoption.effectiveOn, locale, false)) : null, state: adoption ? 'done' : state === 'to-adopt' ? 'now' : 'next' }
  const commenting: TimelineItem[] = urgentReason
    ? [{ key: 'comment', title: words.step.withoutComment, state: isOpen ? 'next' : 'done' }]
    : [
        { key: 'comment', title: words.step.comment, when: period ? <><Instant at={period.openedAt} bare /> – <Instant at={period.endsAt} /></> : null, state: !period ? (state === 'to-open' ? 'now' : 'next') : state === 'comment' ? 'now' : 'done' },
        { key: 'answers', title: words.step.answers, text: comments.all ? words.answersOf(comments.all - comments.open, comments.all) : null, state: state === 'answering' ? 'now' : period && state !== 'comment' && comments.open === 0 ? 'done' : 'next' },
      ]
  const items: TimelineItem[] = [
    { key: 'proposed', title: words.step.proposed, when: <Instant at={proposedAt!} />, state: 'done' },
    { key: 'opinions', title: words.step.opinions, text: words.opinionsOf(given, asked), state: state === 'blocked' ? 'ended' : given === asked ? 'done' : isOpen ? 'now' : 'next' },
    // What a withdrawal has cut off does not come any more.
    ...commenting.filter(({ state: step }) => !withdrawal || step === 'done'),
    ends,
  ]
  return <Timeline items={items} label={words.steps} />
}
