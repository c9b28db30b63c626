import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { prepareProject } from '#app/domain/projects/prepare-project.server.ts'
import { FLOW_TYPES, MONEY_SOURCES, ProjectForm } from '#app/domain/projects/project.ts'
import { registerProject } from '#app/domain/projects/register-project.server.ts'
import { enter, enterAs } from '#app/http/enter.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { ProjectFactQuestions } from '#app/ui/project-facts.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.projects.new.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return prepareProject(await enterAs(arrived, 'register:project'))
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enter(arrived)
  return submit(arrived.request, ProjectForm, async (input) => {
    const { project } = await registerProject(context, input)
    return redirect(paths.project(project.code, { done: 'registered' }))
  })
}

export default function NewProject() {
  const { projects, frame } = useWords()
  const words = projects.new
  const { divisions } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const labels = { code: words.code, name: words.name, divisionCode: words.division, flowType: words.flowType, moneySource: words.moneySource, investment: words.investment, ...projects.facts }
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.ownerDesk(), label: projects.desk.title }}>
      <PostForm action={paths.newProject()} rejected={rejected} labels={labels}>
        <Section title={words.basics}>
          <Field name="code" label={words.code} hint={words.codeHint} {...kept(rejected, 'code')} />
          <Field name="name" label={words.name} {...kept(rejected, 'name')} />
          <Field kind="select" name="divisionCode" label={words.division} options={divisions.map((one) => ({ value: one.code, label: one.name }))} {...kept(rejected, 'divisionCode')} />
          <Field kind="select" name="flowType" label={words.flowType} options={FLOW_TYPES.map((value) => ({ value, label: projects.flowTypes[value] }))} {...kept(rejected, 'flowType')} />
          <Field kind="radio" name="moneySource" label={words.moneySource} options={MONEY_SOURCES.map((value) => ({ value, label: projects.moneySources[value], hint: projects.moneySourceHints[value] }))} {...kept(rejected, 'moneySource')} />
          <Field name="investment" label={words.investment} unit={frame.yuan} inputMode="decimal" short optional {...kept(rejected, 'investment')} />
        </Section>
        <Section title={words.facts} lead={words.factsLead}>
          <ProjectFactQuestions rejected={rejected} />
        </Section>
        <div className="actions">
          <Button kind="main">{words.button}</Button>
        </div>
      </PostForm>
    </Page>
  )
}
