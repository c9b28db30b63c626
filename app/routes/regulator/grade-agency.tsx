import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { GradeForm, GRADES } from '#app/domain/agencies/credit-grade.ts'
import { gradeAgency } from '#app/domain/agencies/grade-agency.server.ts'
import { showCredit } from '#app/domain/agencies/show-credit.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { GradeTable } from '#app/ui/grade-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.credit.manage.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'grade:agency')
  const { grades } = await showCredit(context)
  return { grades, done: new URL(arrived.request.url).searchParams.get('done') === 'graded' }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'grade:agency')
  return submit(arrived.request, GradeForm, async (form) => {
    await gradeAgency(context, form)
    return redirect(paths.gradeAgency({ done: 'graded' }))
  })
}

export default function GradeAgency() {
  const { credit, tenders } = useWords()
  const words = credit.manage
  const { grades, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.regulatorDesk(), label: tenders.backToDesk }}>
      {rejected ? <ErrorSummary errors={rejected.errors} labels={{ agency: words.agency, grade: words.grade, source: words.source, reason: words.reason }} /> : null}
      {done && !rejected ? <Notice tone="kept" title={words.done.title} next={{ href: paths.credit(), label: credit.title }}>{words.done.text}</Notice> : null}
      <Confirm open title={words.button} consequences={words.consequences}>
        <Field name="agency" label={words.agency} hint={words.agencyHint} maxLength={400} {...kept(rejected, 'agency')} />
        <Field kind="radio" name="grade" label={words.grade} options={GRADES.map((value) => ({ value, label: words.grades[value] }))} {...kept(rejected, 'grade')} />
        <Field name="source" label={words.source} hint={words.sourceHint} maxLength={240} {...kept(rejected, 'source')} />
        <Field kind="textarea" name="reason" label={words.reason} hint={words.reasonHint} maxLength={1000} {...kept(rejected, 'reason')} />
      </Confirm>
      <Section title={credit.list.title}>
        <GradeTable grades={grades} />
      </Section>
    </Page>
  )
}
