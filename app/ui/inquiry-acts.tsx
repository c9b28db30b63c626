import type { ReactNode } from 'react'
import { BASES, OUTCOMES, type InquiryState, type RectificationState } from '#app/domain/oversight/inquiry.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { Field, kept, keptAll, type Rejected } from './field.tsx'
import { PostForm } from './form.tsx'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'
import { Upload } from './upload.tsx'

export const PROOFS = ['paper1', 'paper2', 'paper3'] as const
const ACCEPT = '.pdf,.png,.jpg,.jpeg'

export type ActName = 'reply' | 'decide' | 'contest' | 'answer' | 'rectify' | 'judge'

type Standing = { side: 'regulator' | 'respondent'; state: InquiryState; contested: boolean; rectification: RectificationState | null; mayDecide: boolean }

/** Which forms a reader of the file has before them. */
export function actsOf({ side, state, contested, rectification, mayDecide }: Standing): ActName[] {
  const mayRectify = rectification === 'due' || rectification === 'overdue'
  const acts: [ActName, boolean][] =
    side === 'respondent'
      ? [['reply', state === 'awaiting-reply'], ['contest', state === 'contestable' && !contested], ['rectify', mayRectify]]
      : [['decide', state === 'to-decide' && mayDecide], ['answer', state === 'contested' && mayDecide], ['judge', rectification === 'submitted' && mayDecide]]
  return acts.flatMap(([name, may]) => (may ? [name] : []))
}

/** One act of a file as its form; what was typed comes back only where it was typed. */
export function InquiryAct({ act, number, rejected: given }: { act: ActName; number: string; rejected?: Rejected }) {
  const all = useWords().inquiries
  const rejected = given?.values.act === act ? given : undefined
  const proofLabels = Object.fromEntries(PROOFS.map((name, place) => [name, all.reply.file(place + 1)]))
  const form = (labels: Record<string, string>, children: ReactNode, button: string, upload = false) => (
    <PostForm action={paths.inquiry(number)} rejected={rejected} labels={labels} upload={upload}>
      <input type="hidden" name="act" value={act} />
      {children}
      <div className="actions"><Button kind="main">{button}</Button></div>
    </PostForm>
  )
  const papers = <>{PROOFS.map((name, place) => <Upload key={name} name={name} label={all.reply.file(place + 1)} hint={place ? undefined : all.reply.fileHint} accept={ACCEPT} optional errors={rejected?.errors[name]} />)}</>
  const long = (name: string, label: string, hint?: string) => <Field kind="textarea" name={name} label={label} hint={hint} rows={5} maxLength={2000} {...kept(rejected, name)} />
  switch (act) {
    case 'reply':
      return <Section title={all.reply.title} lead={all.reply.lead}>{form({ words: all.reply.words, ...proofLabels }, <>{long('words', all.reply.words, all.reply.hint)}{papers}</>, all.reply.button, true)}</Section>
    case 'contest':
      return <Section title={all.contest.title} lead={all.contest.lead}>{form({ contest: all.contest.words }, long('contest', all.contest.words, all.contest.hint), all.contest.button)}</Section>
    case 'rectify':
      return <Section title={all.rectify.title} lead={all.rectify.lead}>{form({ proof: all.rectify.words, ...proofLabels }, <>{long('proof', all.rectify.words, all.rectify.hint)}{papers}</>, all.rectify.button, true)}</Section>
    case 'answer':
      return (
        <Section title={all.contest.answerTitle} lead={all.contest.answerLead}>
          {form({ review: all.contest.outcome, reviewReason: all.contest.reason }, <>
            <Field kind="radio" name="review" label={all.contest.outcome} options={(['kept', 'revoked'] as const).map((value) => ({ value, label: all.contest[value] }))} {...kept(rejected, 'review')} />
            {long('reviewReason', all.contest.reason, all.finding.reasonHint)}
          </>, all.contest.answerButton)}
        </Section>
      )
    case 'judge':
      return (
        <Section title={all.rectify.judgeTitle}>
          {form({ accepted: all.rectify.accepted, verdictReason: all.rectify.reason }, <>
            <Field kind="radio" name="accepted" label={all.rectify.accepted} options={(['yes', 'no'] as const).map((value) => ({ value, label: all.rectify[value] }))} {...kept(rejected, 'accepted')} />
            {long('verdictReason', all.rectify.reason, all.rectify.reasonHint)}
          </>, all.rectify.judgeButton)}
        </Section>
      )
    case 'decide':
      return (
        <Section title={all.finding.title} lead={all.finding.lead}>
          <Notice>{all.finding.consequences.join(' ')}</Notice>
          {form({ outcome: all.finding.outcome, bases: all.finding.bases, referredTo: all.finding.referredTo, reason: all.finding.reason }, <>
            <Field kind="radio" name="outcome" label={all.finding.outcome} options={OUTCOMES.map((value) => ({ value, label: all.finding.outcomes[value], hint: all.finding.outcomeHints[value] }))} {...kept(rejected, 'outcome')} />
            <Field kind="checkboxes" name="bases" label={all.finding.bases} hint={all.finding.basesHint} optional options={BASES.map((value) => ({ value, label: all.bases[value] }))} {...keptAll(rejected, 'bases')} />
            <Field name="referredTo" label={all.finding.referredTo} optional maxLength={100} {...kept(rejected, 'referredTo')} />
            {long('reason', all.finding.reason, all.finding.reasonHint)}
          </>, all.finding.button)}
        </Section>
      )
  }
}
