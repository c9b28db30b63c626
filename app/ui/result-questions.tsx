import { FORMS_OF_RESULT } from '#app/domain/contracts/deliverable.ts'
import { Button } from './button.tsx'
import { Confirm } from './confirm.tsx'
import { Field, kept, type Rejected } from './field.tsx'
import { PostForm } from './form.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { Upload } from './upload.tsx'

/** The form by which an agency hands over one round of its result. */
export function ResultQuestions({ round, name, rejected, action }: { round: number; name: string; rejected: Rejected | undefined; action: string }) {
  const { deliver: words } = useWords().contracts.results
  return (
    <Section title={round > 1 ? words.again(round) : words.title}>
      <PostForm action={action} upload rejected={rejected} labels={{ name: words.name, form: words.form, file: words.file, handover: words.handover }}>
        <input type="hidden" name="act" value="deliver" />
        <Field name="name" label={words.name} hint={words.nameHint} maxLength={120} {...kept(rejected, 'name', name)} />
        <Field kind="radio" name="form" label={words.form} options={FORMS_OF_RESULT.map((value) => ({ value, label: words.forms[value] }))} {...kept(rejected, 'form', 'file')} />
        <Upload name="file" label={words.file} hint={words.fileHint} accept="application/pdf,image/png,image/jpeg" errors={rejected?.errors.file} optional />
        <Field kind="textarea" name="handover" label={words.handover} hint={words.handoverHint} rows={2} maxLength={500} optional {...kept(rejected, 'handover')} />
        <div className="actions"><Button kind="main">{words.button}</Button></div>
      </PostForm>
    </Section>
  )
}

/** The owner's two answers to a result that waits. */
export function ResultAnswer({ id, isAgain, rejected, action }: { id: string; isAgain: boolean; rejected: Rejected | undefined; action: string }) {
  const { accept, return: words } = useWords().contracts.results
  const own = rejected?.values.act === 'return' ? rejected : undefined
  return (
    <div className="stack">
      <Confirm title={accept.title} begins consequences={accept.text} action={action} values={{ act: 'accept', id }} />
      <Confirm title={words.title} consequences={words.text} action={action} values={{ act: 'return', id }} open={own !== undefined}>
        <Field kind="textarea" name="reasons" label={words.reasons} hint={words.reasonsHint} rows={6} maxLength={4000} {...kept(own, 'reasons')} />
        {isAgain ? <Field kind="textarea" name="unmet" label={words.unmet} hint={words.unmetHint} rows={3} maxLength={2000} {...kept(own, 'unmet')} /> : null}
      </Confirm>
    </div>
  )
}
