import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { addPractitioner, dropPractitioner, findMyPractitioners } from '#app/domain/agencies/keep-practitioners.server.ts'
import { PractitionerForm } from '#app/domain/agencies/practitioner.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { readForm, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { PractitionerQuestions } from '#app/ui/agency-record.tsx'
import { doneOf } from '#app/ui/agency-standing.tsx'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { useStepLabels } from '#app/ui/registration-steps.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.registration.practitioner.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'keep:agency')
  return { practitioners: await findMyPractitioners(context), done: new URL(arrived.request.url).searchParams.get('done') }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'keep:agency')
  const { request } = arrived
  const { intent } = await readForm(request.clone())
  const saved = (done: string) => redirect(paths.agencyPractitioners({ done }))
  if (intent === 'remove') return submit(request, z.object({ practitionerId: z.uuid('forms.invalid_value') }), async (input) => (await dropPractitioner(context, input), saved('removed')))
  return submit(request, PractitionerForm, async (input) => (await addPractitioner(context, input), saved('added')))
}

export default function Practitioners() {
  const { registration, agencies } = useWords()
  const words = registration.practitioner
  const { practitioners, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const said = doneOf(done, words.done)
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.agencyDesk(), label: agencies.desk.title }}>
      {said ? <Notice tone="kept">{said}</Notice> : null}
      <DataTable
        caption={words.title}
        rows={practitioners}
        keyOf={({ id }) => id}
        columns={[
          { key: 'name', label: words.name, main: true, cell: (one) => one.name },
          { key: 'licences', label: words.licences, cell: (one) => <ul>{one.licences.map(({ kind, number }) => <li key={number}>{kind} <code className="code">{number}</code></li>)}</ul> },
          { key: 'proof', label: words.proof, cell: (one) => words.proofs[one.proof] },
          { key: 'end', label: words.remove, cell: (one) => <Confirm title={words.remove} consequences={[words.removeWhy(one.name)]} action={paths.agencyPractitioners()} values={{ intent: 'remove', practitionerId: one.id }} /> },
        ]}
        empty={words.empty}
      />
      <Section title={words.addTitle} lead={words.addLead}>
        <PostForm action={paths.agencyPractitioners()} rejected={rejected} labels={useStepLabels('practitioners')}>
          <PractitionerQuestions rejected={rejected} />
          <div className="actions"><Button kind="main">{registration.add.practitioners}</Button></div>
        </PostForm>
      </Section>
    </Page>
  )
}
