import { Button } from './button.tsx'
import { Field, kept, type Rejected } from './field.tsx'
import { PostForm } from './form.tsx'
import { useWords } from './locale.tsx'
import { yuanText } from './money.tsx'
import { Section } from './page.tsx'
import { Upload } from './upload.tsx'

/** The form by which one side files the contract that both have signed. */
export function ContractQuestions({ terms, rejected, action }: { terms: { atMostFen: number; serviceDays: number }; rejected: Rejected | undefined; action: string }) {
  const { file: words } = useWords().contracts
  const { yuan } = useWords().tenders.fields
  return (
    <Section title={words.title} lead={words.lead}>
      <PostForm action={action} upload rejected={rejected} labels={{ amount: words.amount, days: words.days, signedOn: words.signedOn, file: words.file }}>
        <input type="hidden" name="act" value="file" />
        <Field name="amount" label={words.amount} hint={words.amountHint(yuanText(terms.atMostFen))} short inputMode="decimal" unit={yuan} {...kept(rejected, 'amount')} />
        <Field name="days" label={words.days} hint={words.daysHint(terms.serviceDays)} short inputMode="numeric" {...kept(rejected, 'days', String(terms.serviceDays))} />
        <Field name="signedOn" label={words.signedOn} hint={words.signedOnHint} short type="date" {...kept(rejected, 'signedOn')} />
        <Upload name="file" label={words.file} hint={words.fileHint} accept="application/pdf,image/png,image/jpeg" errors={rejected?.errors.file} />
        <div className="actions"><Button kind="main">{words.button}</Button></div>
      </PostForm>
    </Section>
  )
}
