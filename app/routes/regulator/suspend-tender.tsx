import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { UNITS } from '#app/domain/calendar.ts'
import { LiftForm, SuspensionForm } from '#app/domain/tenders/change.ts'
import { liftSuspension } from '#app/domain/tenders/resume-tender.server.ts'
import { showHold } from '#app/domain/tenders/show-hold.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { TenderChanges } from '#app/ui/tender-changes.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.changes.suspend.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'suspend:tender')
  return orPage(arrived.request, showHold(context, { number: arrived.params.number! }))
}

const Act = z.discriminatedUnion('act', [SuspensionForm.extend({ act: z.literal('suspend') }), LiftForm.extend({ act: z.literal('lift') })], 'forms.custom')

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'suspend:tender')
  const number = arrived.params.number!
  return submit(arrived.request, Act, async (form) => {
    if (form.act === 'lift') await liftSuspension(context, { number, reason: form.reason })
    else await suspendTender(context, { number, lasting: { n: form.n, unit: form.unit }, basis: form.basis, reason: form.reason })
    return redirect(`${paths.tender(number)}?done=${form.act === 'lift' ? 'lifted' : 'suspended'}`)
  })
}

export default function SuspendTender() {
  const words = useWords().changes
  const { suspend } = words
  const { shown, atMost, mayHold } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { tender, state } = shown
  const { number } = tender.publication!
  const labels = { n: words.amount, unit: words.unit, basis: suspend.basis, reason: words.reason }
  const reason = <Field kind="textarea" name="reason" label={words.reason} hint={words.reasonHint} maxLength={500} rows={3} {...kept(rejected, 'reason')} />
  return (
    <Page back={{ href: paths.tender(number), label: tender.title }} kicker={<CodeText>{number}</CodeText>} title={state === 'suspended' ? suspend.liftTitle : suspend.title} lead={<><TenderStatus state={state} isDirect={shown.named !== null} /> {suspend.lead} {suspend.atMost(atMost)}</>}>
      {state === 'suspended' ? (
        <Section title={words.reason}>
          <PostForm action={paths.suspendTender(number)} rejected={rejected} labels={labels}>
            <input type="hidden" name="act" value="lift" />
            {reason}
            <div className="actions"><Button kind="main">{suspend.liftButton}</Button></div>
          </PostForm>
        </Section>
      ) : mayHold ? (
        <>
          {rejected ? <ErrorSummary errors={rejected.errors} labels={labels} /> : null}
          <Confirm title={suspend.button} consequences={suspend.consequences} action={paths.suspendTender(number)} values={{ act: 'suspend' }} open repeatable>
            <Field name="n" label={words.amount} inputMode="numeric" short {...kept(rejected, 'n')} />
            <Field kind="select" name="unit" label={words.unit} options={UNITS.map((value) => ({ value, label: words.units[value] }))} {...kept(rejected, 'unit', atMost.unit)} />
            <Field name="basis" label={suspend.basis} hint={suspend.basisHint} maxLength={200} {...kept(rejected, 'basis')} />
            {reason}
          </Confirm>
        </>
      ) : (
        <>
          {rejected ? <ErrorSummary errors={rejected.errors} labels={labels} /> : null}
          <Notice>{suspend.not}</Notice>
        </>
      )}
      <TenderChanges shown={shown} />
    </Page>
  )
}
