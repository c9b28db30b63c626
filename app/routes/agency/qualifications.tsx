import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { addQualification, dropQualification, renewQualification } from '#app/domain/agencies/keep-qualifications.server.ts'
import { QualificationForm, RenewalForm } from '#app/domain/agencies/qualification.ts'
import { findMyQualifications } from '#app/domain/agencies/show-my-agency.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { readForm, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { CertificateQuestions, QualificationQuestions } from '#app/ui/agency-record.tsx'
import { doneOf } from '#app/ui/agency-standing.tsx'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { Empty } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { QualificationFacts } from '#app/ui/qualification-facts.tsx'
import { useStepLabels } from '#app/ui/registration-steps.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.registration.qualification.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'keep:agency')
  const asked = new URL(arrived.request.url).searchParams
  return { ...(await findMyQualifications(context)), done: asked.get('done') }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'keep:agency')
  const { request } = arrived
  const { intent } = await readForm(request.clone())
  const saved = (done: string) => redirect(paths.agencyQualifications({ done }))
  if (intent === 'remove') return submit(request, z.object({ qualificationId: z.uuid('forms.invalid_value') }), async (input) => (await dropQualification(context, input), saved('removed')))
  if (intent === 'renew') return submit(request, RenewalForm, async (input) => (await renewQualification(context, input), saved('renewed')))
  return submit(request, QualificationForm, async (input) => (await addQualification(context, input), saved('added')))
}

export default function Qualifications() {
  const { registration, agencies } = useWords()
  const words = registration.qualification
  const { qualifications, kinds, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const renewing = rejected?.values.intent === 'renew' ? rejected.values.qualificationId : null
  const labels = useStepLabels()
  // A renewal of what another tab has renewed or removed has no place of its own any more: what was typed stays in the form below.
  const adding = rejected && (!rejected.values.intent || (renewing !== null && !qualifications.some(({ id }) => id === renewing))) ? rejected : undefined
  const said = doneOf(done, words.done)
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.agencyDesk(), label: agencies.desk.title }}>
      {rejected?.values.intent === 'remove' ? <ErrorSummary errors={rejected.errors} /> : null}
      {said ? <Notice tone="kept">{said}</Notice> : null}
      <Section title={words.held}>
        {qualifications.length ? null : <Empty {...words.empty} />}
        {qualifications.map((one) => {
          const grades = kinds.find(({ code }) => code === one.kind)?.grades ?? []
          const own = renewing === one.id ? rejected : undefined
          return (
            <section key={one.id} className="mb-8">
              <QualificationFacts qualification={one} />
              <details className="fold mt-3" open={Boolean(own)}>
                <summary>{words.renewOf(one.name)}</summary>
                <PostForm action={paths.agencyQualifications()} rejected={own} labels={labels}>
                  <input type="hidden" name="intent" value="renew" />
                  <input type="hidden" name="qualificationId" value={one.id} />
                  {grades.length ? <Field kind="select" name="grade" label={words.grade} options={grades.map((grade) => ({ value: grade, label: grade }))} {...kept(own, 'grade', one.grade ?? '')} /> : null}
                  <CertificateQuestions rejected={own ?? { errors: {}, values: { number: one.number, issuer: one.issuer, scope: one.scope } }} />
                  <div className="actions"><Button kind="main">{words.renew}</Button></div>
                </PostForm>
              </details>
              <div className="mt-3">
                <Confirm title={words.remove} consequences={[words.removeWhy(one.name)]} action={paths.agencyQualifications()} values={{ intent: 'remove', qualificationId: one.id }} />
              </div>
            </section>
          )
        })}
      </Section>
      <Section title={words.addTitle} lead={words.addLead}>
        <PostForm action={paths.agencyQualifications()} rejected={adding} labels={labels}>
          <QualificationQuestions rejected={adding} kinds={kinds} />
          <div className="actions"><Button kind="main">{registration.add.qualifications}</Button></div>
        </PostForm>
      </Section>
    </Page>
  )
}
