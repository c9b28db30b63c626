import { OUTCOMES, type OpinionKind } from '#app/domain/governance/proposal.ts'
import { Button } from './button.tsx'
import { Field, kept, keptAll, type Rejected } from './field.tsx'
import { PostForm } from './form.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { Pager } from './pager.tsx'
import type { SaidComment } from './proposal-parts.tsx'
import { Instant } from './time.tsx'

/** One opinion, of the kinds that are still this person's to give. */
export function OpinionSection({ kinds, rejected }: { kinds: readonly OpinionKind[]; rejected: Rejected | undefined }) {
  const all = useWords().governance
  const words = all.govern
  return (
    <Section title={words.opinion} lead={words.opinionLead}>
      <PostForm rejected={rejected} labels={{ kind: words.kind, favours: words.verdict, office: words.office, words: words.words }}>
        <input type="hidden" name="act" value="opinion" />
        <Field kind="radio" name="kind" label={words.kind} {...kept(rejected, 'kind')} options={kinds.map((value) => ({ value, label: all.opinionKinds[value] }))} />
        <Field kind="radio" name="favours" label={words.verdict} {...kept(rejected, 'favours')} options={[{ value: 'yes', label: all.favours }, { value: 'no', label: all.against }]} />
        <Field kind="text" name="office" label={words.office} hint={words.officeHint} maxLength={60} {...kept(rejected, 'office')} />
        <Field kind="textarea" name="words" label={words.words} maxLength={2000} {...kept(rejected, 'words')} />
        <div className="actions"><Button kind="main">{words.give}</Button></div>
      </PostForm>
    </Section>
  )
}

/** One answer to the comments that are chosen. */
export function AnswerSection({ comments, rejected, next }: { comments: readonly SaidComment[]; rejected: Rejected | undefined; next: string | null }) {
  const all = useWords().governance
  const words = all.govern
  return (
    <Section title={words.answers} lead={words.answersLead} id="answers">
      <PostForm rejected={rejected} labels={{ ids: words.which, outcome: words.outcome, words: words.answerWords }}>
        <input type="hidden" name="act" value="answer" />
        <Field
          kind="checkboxes"
          name="ids"
          label={words.which}
          errors={rejected?.errors.ids}
          value={keptAll(rejected, 'ids').value}
          options={comments.map(({ id, words: said, organisation, isVisitor, contact, commentedAt }) => ({
            value: id,
            label: <span className="whitespace-pre-line break-words">{said}</span>,
            hint: <>{organisation ?? (isVisitor ? all.page.visitor : all.page.person)} · <Instant at={commentedAt} bare />{contact ? ` · ${contact}` : ''}</>,
          }))}
        />
        <Field kind="radio" name="outcome" label={words.outcome} {...kept(rejected, 'outcome')} options={OUTCOMES.map((value) => ({ value, label: all.outcomes[value] }))} />
        <Field kind="textarea" name="words" label={words.answerWords} hint={words.answerHint} maxLength={2000} {...kept(rejected, 'words')} />
        <div className="actions"><Button kind="main">{words.answer}</Button></div>
      </PostForm>
      <Pager next={next} />
    </Section>
  )
}
