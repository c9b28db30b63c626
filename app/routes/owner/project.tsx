import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showProject } from '#app/domain/projects/show-project.server.ts'
import { findMyTenders } from '#app/domain/tenders/find-my-tenders.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Money } from '#app/ui/money.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { OwnTenders } from '#app/ui/own-tenders.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { ProjectFactList } from '#app/ui/project-facts.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => data?.project.name ?? words.projects.page.kicker)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'register:project')
  const [project, { tenders }] = await orPage(arrived.request, Promise.all([showProject(context, { code: arrived.params.code ?? '' }), findMyTenders(context)]))
  return { project, tenders: tenders.filter(({ tender }) => tender.projectCode === project.code), done: new URL(arrived.request.url).searchParams.get('done') }
}

export default function Project() {
  const { projects } = useWords()
  const words = projects.page
  const { project, tenders, done } = useLoaderData<typeof loader>()
  const flowTypes: Record<string, string> = projects.flowTypes
  return (
    <Page
      title={project.name}
      kicker={words.kicker}
      back={{ href: paths.ownerDesk(), label: projects.desk.title }}
      action={<ButtonLink kind="main" href={paths.newTender({ project: project.code })}>{words.newTender}</ButtonLink>}
      aside={
        <Section title={words.factsTitle}>
          <Facts
            narrow
            items={[
              { label: words.code, value: <CodeText>{project.code}</CodeText> },
              { label: words.place, value: project.divisionName },
              { label: words.flowType, value: flowTypes[project.flowType] },
              { label: words.moneySource, value: projects.moneySources[project.moneySource] },
              { label: words.investment, value: project.investmentFen === null ? null : <Money fen={project.investmentFen} /> },
              { label: words.registered, value: <Instant at={project.registeredAt} /> },
            ]}
          />
          <p>
            <a href={paths.ledgerStory(project.code)}>{words.story}</a>
          </p>
          <p>
            <a href={paths.ask()}>{words.ask}</a>
          </p>
        </Section>
      }
    >
      {done === 'registered' ? <Notice tone="kept">{words.registeredNow}</Notice> : null}
      {done === 'changed' ? <Notice tone="kept">{words.changedNow}</Notice> : null}
      <Section title={words.tendersTitle}>
        <OwnTenders tenders={tenders} caption={words.tendersTitle} empty={{ ...words.noTenders, action: { href: paths.newTender({ project: project.code }), label: words.newTender } }} />
      </Section>
      <Section title={words.siteTitle}>
        <ProjectFactList facts={project.facts} />
        <p>
          <a href={paths.projectFacts(project.code)}>{words.change}</a>
        </p>
      </Section>
    </Page>
  )
}
