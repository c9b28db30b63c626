import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { TenderDraft } from '#app/domain/tenders/draft.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { prepareTender } from '#app/domain/tenders/prepare-tender.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/data-table.tsx'
import { Field, kept, type Rejected } from '#app/ui/field.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { TenderRoute } from '#app/ui/tender-route.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.tenders.newTitle)

export async function loader(arrived: LoaderFunctionArgs) {
  const asked = new URL(arrived.request.url).searchParams
  const [projectCode, listingCode] = [asked.get('project') ?? '', asked.get('service') ?? '']
  const context = await enterAs(arrived, 'draft:tender')
  return { ...(await prepareTender(context, { projectCode, listingCode })), projectCode, listingCode }
}

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'draft:tender')
  return submit(arrived.request, TenderDraft, async (draft) => redirect(paths.draft((await draftTender(context, draft)).id)))
}

export default function NewTender() {
  const words = useWords().tenders
  const { projects, services, projectCode, listingCode, chosen, forecast } = useLoaderData<typeof loader>()
  const rejected = useActionData<typeof action>() as Rejected | undefined
  const { fields } = words
  if (!projects.length) {
    return (
      <Page title={words.newTitle} lead={words.newLead} back={{ href: paths.ownerDesk(), label: words.backToDesk }}>
        <Empty title={words.noProjects.title} text={words.noProjects.text} action={{ href: paths.newProject(), label: words.noProjects.action }} />
      </Page>
    )
  }
  const projectOptions = projects.map(({ code, name }) => ({ value: code, label: `${name} · ${code}` }))
  const serviceOptions = services.map(({ code, name, nature }) => ({ value: code, label: `${name} · ${code} · ${words.natures[nature]}` }))
  const labels = { projectCode: fields.project, listingCode: fields.service, title: fields.title, requirements: fields.requirements, serviceDays: fields.days, ceiling: fields.ceiling }
  const isOpen = !forecast || forecast.route === 'marketplace' || forecast.route === 'free'
  return (
    <Page title={words.newTitle} lead={words.newLead} back={{ href: paths.ownerDesk(), label: words.backToDesk }} aside={forecast ? <TenderRoute forecast={forecast} /> : undefined}>
      <Section title={words.choose.title}>
        <form method="get" action={paths.newTender()} className="form">
          <Field kind="select" name="project" label={fields.project} value={projectCode || projects[0]!.code} options={projectOptions} />
          <Field kind="select" name="service" label={fields.service} value={listingCode} options={serviceOptions} />
          <div className="actions">
            <Button kind={chosen ? 'plain' : 'main'}>{words.choose.apply}</Button>
          </div>
        </form>
      </Section>
      {chosen && isOpen ? (
        <Section title={`${chosen.listing.name} · ${chosen.project.name}`}>
          <PostForm rejected={rejected} labels={labels}>
            <input type="hidden" name="projectCode" value={chosen.project.code} />
            <input type="hidden" name="listingCode" value={chosen.listing.code} />
            <Field name="title" label={fields.title} hint={fields.titleHint} maxLength={80} {...kept(rejected, 'title')} />
            <Field kind="radio" name="method" label={fields.method} hint={fields.methodHint} options={[{ value: 'random', label: words.method.random }]} {...kept(rejected, 'method', 'random')} />
            <Field kind="textarea" name="requirements" label={fields.requirements} hint={fields.requirementsHint} rows={6} maxLength={4000} {...kept(rejected, 'requirements')} />
            <Field name="serviceDays" label={fields.days} short inputMode="numeric" unit={fields.daysUnit} {...kept(rejected, 'serviceDays')} />
            <Field name="ceiling" label={fields.ceiling} hint={fields.ceilingHint} short inputMode="decimal" unit={fields.yuan} {...kept(rejected, 'ceiling')} />
            <div className="actions">
              <Button kind="main">{words.saveDraft}</Button>
            </div>
          </PostForm>
        </Section>
      ) : null}
    </Page>
  )
}
