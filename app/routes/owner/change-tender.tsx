import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { UNITS } from '#app/domain/calendar.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { CancellationForm, CorrectionForm, ExtensionForm } from '#app/domain/tenders/change.ts'
import { correctTender } from '#app/domain/tenders/correct-tender.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { showOwnTender } from '#app/domain/tenders/show-tender.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Field, fieldId, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Remaining } from '#app/ui/remaining.tsx'
import { TenderChanges } from '#app/ui/tender-changes.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.changes.change.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'change:tender')
  return { shown: await orPage(arrived.request, showOwnTender(context, { number: arrived.params.number! })) }
}

const Act = z.discriminatedUnion('act', [CorrectionForm.extend({ act: z.literal('correct') }), ExtensionForm.extend({ act: z.literal('extend') }), CancellationForm.extend({ act: z.literal('cancel') })], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'change:tender')
  const number = arrived.params.number!
  return submit(arrived.request, Act, async (form) => {
    if (form.act === 'correct') {
      const { act: _act, ...correction } = form
      await correctTender(context, { number, ...correction })
      return redirect(`${paths.tender(number)}?done=corrected#changes`)
    }
    if (form.act === 'extend') {
      await extendTender(context, { number, by: { n: form.n, unit: form.unit }, reason: form.reason })
      return redirect(`${paths.tender(number)}?done=extended#changes`)
    }
    await cancelTender(context, { number, reason: form.reason })
    return redirect(`${paths.tender(number)}?done=cancelled`)
  })
}

export default function ChangeTender() {
  const all = useWords()
  const words = all.changes
  const { change } = words
  const { shown } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { tender, state, at, demo } = shown
  const { number, closesAt, procedure } = tender.publication!
  const of = (act: string) => (rejected?.values.act === act ? rejected : undefined)
  const [correction, extension, cancellation] = [of('correct'), of('extend'), of('cancel')]
  const labels = { ...words.fields, n: words.amount, unit: words.unit, reason: words.reason, confirmed: change.confirmed }
  const mayCancel = !shown.cancellation && ['open', 'closing', 'closed', 'frozen', 'auction', 'opened'].includes(state)
  return (
    <Page back={{ href: paths.tender(number), label: tender.title }} kicker={<CodeText>{number}</CodeText>} title={change.title} lead={<><TenderStatus state={state} openQuestions={tender.openQuestions} isDirect={shown.named !== null} /> {change.lead}</>}>
      {rejected && !correction && !extension && !cancellation ? <ErrorSummary errors={rejected.errors} labels={labels} /> : null}
      <Facts items={[{ label: all.tenders.facts.closes, value: <><Instant at={closesAt} seconds={demo} /> {state === 'open' ? <Remaining at={at} until={closesAt} /> : null}</> }]} />
      {state === 'open' ? (
        <>
          <Section title={change.correct} lead={change.correctLead(procedure.life.changeBeforeClose)}>
            <PostForm action={paths.changeTender(number)} rejected={correction} labels={labels}>
              <input type="hidden" name="act" value="correct" />
              <Field kind="textarea" name="requirements" label={words.fields.requirements} maxLength={4000} rows={6} {...kept(correction, 'requirements', tender.requirements)} />
              <Field kind="textarea" name="deliverables" label={words.fields.deliverables} maxLength={1000} rows={3} optional {...kept(correction, 'deliverables', tender.deliverables)} />
              <Field name="contact" label={words.fields.contact} maxLength={200} optional {...kept(correction, 'contact', tender.contact)} />
              <Field name="serviceDays" label={words.fields.serviceDays} inputMode="numeric" short {...kept(correction, 'serviceDays', String(tender.serviceDays))} />
              <Reason rejected={correction} id="correct" />
              <div className="actions"><Button kind="main">{change.correctButton}</Button></div>
            </PostForm>
          </Section>
          <Section title={change.extend} lead={change.extendLead}>
            <PostForm action={paths.changeTender(number)} rejected={extension} labels={labels}>
              <input type="hidden" name="act" value="extend" />
              <Field name="n" label={words.amount} inputMode="numeric" short {...kept(extension, 'n')} />
              <Field kind="select" name="unit" label={words.unit} options={UNITS.map((value) => ({ value, label: words.units[value] }))} {...kept(extension, 'unit', procedure.application.unit)} />
              <Reason rejected={extension} id="extend" />
              <div className="actions"><Button kind="main">{change.extendButton}</Button></div>
            </PostForm>
          </Section>
        </>
      ) : <Notice>{change.closed}</Notice>}
      <Section title={change.cancel}>
        {cancellation ? <ErrorSummary errors={cancellation.errors} labels={labels} /> : null}
        {mayCancel ? (
          <Confirm title={change.cancelButton} consequences={change.consequences} action={paths.changeTender(number)} values={{ act: 'cancel' }} open>
            <Reason rejected={cancellation} id="cancel" />
            <Field kind="checkbox" name="confirmed" label={change.confirmed} text={change.confirm} errors={cancellation?.errors.confirmed} value={kept(cancellation, 'confirmed').value === 'yes'} />
          </Confirm>
        ) : <Notice>{shown.cancellation ? words.now.cancelled : change.late}</Notice>}
      </Section>
      <TenderChanges shown={shown} />
    </Page>
  )
}

/** Three forms of one page ask for a reason; the one that came back has the id to which its faults lead. */
function Reason({ rejected, id }: { rejected: Rejected | undefined; id: string }) {
  const words = useWords().changes
  const { errors, value } = kept(rejected, 'reason')
  const field = rejected ? fieldId('reason') : `reason-${id}`
  const wrong = errors?.length ? errors : null
  return (
    <div className={wrong ? 'field field-wrong' : 'field'}>
      <label htmlFor={field}>{words.reason}</label>
      <div className="hint" id={`${field}-hint`}>{words.reasonHint}</div>
      {wrong ? <div className="error" id={`${field}-error`}><Icon name="warning" /><span>{wrong.join(' ')}</span></div> : null}
      <textarea id={field} name="reason" className="input" rows={3} maxLength={500} required defaultValue={value} aria-describedby={[`${field}-hint`, wrong && `${field}-error`].filter(Boolean).join(' ')} aria-invalid={wrong ? true : undefined} />
    </div>
  )
}
