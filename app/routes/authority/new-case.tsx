import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { CaseForm } from '#app/domain/cases/case-forms.ts'
import { openCase } from '#app/domain/guard/keep-case.server.ts'
import { prepareQuestion } from '#app/domain/guard/prepare-question.server.ts'
import { FLOW_TYPES } from '#app/domain/projects/project.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.cases.edit.newTitle)

export async function loader(arrived: LoaderFunctionArgs) {
  return prepareQuestion(await enterAs(arrived, 'keep:case'))
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'keep:case')
  return submit(arrived.request, CaseForm, async (form) => redirect(paths.case((await openCase(context, { ...form, say: sayingIn(localeOf(arrived.request)) })).id, { done: 'opened' })))
}

/** The case desk of an office without a case system. */
export default function NewCase() {
  const { cases, projects } = useWords()
  const words = cases.edit
  const { items } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const labels = { number: cases.list.number, projectCode: cases.list.project, approvalItem: cases.list.item, flowType: words.flowType, applicantName: cases.page.applicant, applicantUscc: words.applicantUscc, receivedOn: words.receivedOn, statutoryDays: words.statutoryDays, promisedDays: words.promisedDays, usual: cases.page.materials }
  return (
    <Page title={words.newTitle} lead={words.newLead} back={{ href: paths.cases(), label: cases.list.title }}>
      <PostForm action={paths.newCase()} rejected={rejected} labels={labels}>
        <Field name="number" label={labels.number} maxLength={64} {...kept(rejected, 'number')} />
        <Field name="approvalItem" label={labels.approvalItem} hint={words.itemHint} list="approval-items" maxLength={200} {...kept(rejected, 'approvalItem')} />
        <datalist id="approval-items">{items.map((item) => <option key={item} value={item} />)}</datalist>
        <Field name="projectCode" label={labels.projectCode} placeholder="2026-220100-83-01-000001" {...kept(rejected, 'projectCode')} />
        <Field kind="select" name="flowType" label={labels.flowType} options={FLOW_TYPES.map((value) => ({ value, label: projects.flowTypes[value] }))} {...kept(rejected, 'flowType', 'private-general')} />
        <Field name="applicantName" label={labels.applicantName} maxLength={100} {...kept(rejected, 'applicantName')} />
        <Field name="applicantUscc" label={labels.applicantUscc} hint={words.applicantUsccHint} optional maxLength={30} {...kept(rejected, 'applicantUscc')} />
        <Field type="date" name="receivedOn" label={words.receivedOn} hint={words.receivedHint} optional short {...kept(rejected, 'receivedOn')} />
        <Field name="statutoryDays" label={labels.statutoryDays} hint={words.daysHint} optional short inputMode="numeric" {...kept(rejected, 'statutoryDays')} />
        <Field name="promisedDays" label={labels.promisedDays} hint={words.daysHint} optional short inputMode="numeric" {...kept(rejected, 'promisedDays')} />
        <Field kind="checkbox" name="usual" label={cases.page.materials} hint={words.usualHint} text={words.usual} optional value={rejected ? rejected.values.usual === 'yes' : true} errors={rejected?.errors.usual} />
        <div className="actions"><Button kind="main">{words.newTitle}</Button></div>
      </PostForm>
    </Page>
  )
}
