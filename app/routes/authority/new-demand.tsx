import { randomUUID } from 'node:crypto'
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { memberWho } from '#app/domain/accounts/actor.ts'
import { decideAtDesk } from '#app/domain/guard/decide-at-desk.server.ts'
import { DemandForm, demandOf } from '#app/domain/guard/demand-form.ts'
import { prepareQuestion } from '#app/domain/guard/prepare-question.server.ts'
import { enter, enterAs } from '#app/http/enter.server.ts'
import { normalise } from '#app/http/normalise.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { DemandQuestions } from '#app/ui/demand-questions.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { ProjectFactQuestions } from '#app/ui/project-facts.tsx'
import { titled } from '#app/ui/titled.ts'

/** What an address may bring along: a demand that is made again, or the case that it is made in. */
const GIVEN = ['service', 'item', 'caseNumber', 'project'] as const

export const meta = titled((words) => words.guard.demand.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const asked = new URL(arrived.request.url).searchParams
  const given: Rejected = { errors: {}, values: Object.fromEntries(GIVEN.map((name) => [name, normalise(asked.get(name) ?? '').slice(0, 200)])) }
  return { ...(await prepareQuestion(await enterAs(arrived, 'record:demand'))), given, decisionId: randomUUID() }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enter(arrived)
  return submit(arrived.request, DemandForm, async (fields) => {
    const officer = memberWho(context.actor, 'record:demand')
    const { today } = await prepareQuestion(context)
    const demand = { ...demandOf(fields, today), caseNumber: fields.caseNumber || null }
    const { body } = await decideAtDesk({ ...context, actor: officer }, { demand, say: sayingIn(localeOf(arrived.request)), id: fields.decisionId })
    return redirect(paths.decision((JSON.parse(body) as { id: string }).id))
  })
}

export default function NewDemand() {
  const { guard, projects } = useWords()
  const words = guard.demand
  const { items, today, given, decisionId } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const labels = { service: words.what, item: words.item, caseNumber: words.caseNumber, commissioner: words.commissioner, designation: words.designation, agency: words.agency, on: words.on, project: words.project, ...projects.facts }
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.authorityDesk(), label: guard.authority.title }}>
      <PostForm action={paths.newDemand()} rejected={rejected} labels={labels}>
        <input type="hidden" name="decisionId" value={kept(rejected, 'decisionId', decisionId).value || decisionId} />
        <Field name="caseNumber" label={words.caseNumber} hint={words.caseHint} optional maxLength={64} {...kept(rejected ?? given, 'caseNumber')} />
        <DemandQuestions rejected={rejected ?? given} items={items} today={today} labels={words} />
        <Section title={words.facts} lead={words.factsHint}>
          <ProjectFactQuestions rejected={rejected} />
        </Section>
        <div className="actions">
          <Button kind="main">{words.button}</Button>
        </div>
      </PostForm>
    </Page>
  )
}
