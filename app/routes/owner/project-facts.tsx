import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { showFactNeeds } from '#app/domain/guard/show-fact-needs.server.ts'
import { changeProjectFacts } from '#app/domain/projects/change-project-facts.server.ts'
import { factFieldsOf } from '#app/domain/projects/project-facts.ts'
import { ProjectFactsForm } from '#app/domain/projects/project.ts'
import { showProject } from '#app/domain/projects/show-project.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { keptCode } from '#app/http/kept-code.server.ts'
import { orPage, submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { ProjectFactQuestions } from '#app/ui/project-facts.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.projects.change.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'register:project')
  const code = keptCode(arrived.request, arrived.params.code)
  const [project, { needs }] = await orPage(arrived.request, Promise.all([showProject(context, { code }), showFactNeeds(context, { code })]))
  return { ...project, needs }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'register:project')
  return submit(arrived.request, ProjectFactsForm, async ({ facts }) => {
    const { project } = await changeProjectFacts(context, { code: arrived.params.code!, facts })
    return redirect(paths.project(project.code, { done: 'changed' }))
  })
}

export default function ChangeProjectFacts() {
  const { projects } = useWords()
  const words = projects.change
  const project = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.project(project.code), label: project.name }}>
      <PostForm action={paths.projectFacts(project.code)} rejected={rejected} labels={projects.facts}>
        <ProjectFactQuestions rejected={rejected ?? { errors: {}, values: factFieldsOf(project.facts) }} needs={project.needs as never} />
        <div className="actions">
          <Button kind="main">{words.button}</Button>
        </div>
      </PostForm>
    </Page>
  )
}
