import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findProjects } from '#app/domain/projects/find-projects.server.ts'
import { findMyTenders } from '#app/domain/tenders/find-my-tenders.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { OwnTenders } from '#app/ui/own-tenders.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.projects.desk.title)

/** Longer than any project code. */
const MOST = 40

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'register:project')
  const asked = new URL(arrived.request.url).searchParams
  const before = asked.get('before')?.slice(0, MOST) || undefined
  const [{ projects, next }, { tenders }] = await Promise.all([findProjects(context, { before }), findMyTenders(context, { limit: 10 })])
  return { organisationName: context.actor.organisationName, projects, next, before, tenders, registered: asked.get('done') === 'registered' }
}

export default function OwnerDesk() {
  const { projects: all, accounts, drafts } = useWords()
  const words = all.desk
  const { organisationName, projects, next, before, tenders, registered } = useLoaderData<typeof loader>()
  return (
    <Page
      title={words.title}
      kicker={organisationName}
      lead={words.lead}
      action={
        <>
          <ButtonLink kind={projects.length ? 'plain' : 'main'} href={paths.newProject()}>{words.newProject}</ButtonLink>
          {projects.length ? <ButtonLink kind="main" href={paths.newTender()}>{words.newTender}</ButtonLink> : null}
        </>
      }
    >
      {registered ? <Notice tone="kept" title={accounts.register.welcomeOwner.title} next={{ href: paths.newProject(), label: words.newProject }}>{accounts.register.welcomeOwner.text}</Notice> : null}
      <Notice next={{ href: paths.ask(), label: all.page.ask }}>{words.asked}</Notice>
      <Section title={words.tendersTitle} action={<a href={paths.ownTenders()}>{drafts.list.all}</a>}>
        <OwnTenders tenders={tenders} caption={words.tendersTitle} empty={words.noTenders} />
      </Section>
      <Section title={words.projectsTitle} action={<a href={paths.projects()}>{drafts.projects.all}</a>}>
        <DataTable
          caption={words.caption}
          rows={projects}
          keyOf={({ code }) => code}
          columns={[
            { key: 'name', label: words.name, main: true, cell: (one) => <a href={paths.project(one.code)}>{one.name}</a> },
            { key: 'code', label: words.code, cell: (one) => <code className="code">{one.code}</code> },
            { key: 'money', label: all.new.moneySource, cell: (one) => all.moneySources[one.moneySource] },
            { key: 'registered', label: words.registered, cell: (one) => <Instant at={one.registeredAt} bare /> },
          ]}
          empty={{ ...words.noProjects, action: { href: paths.newProject(), label: words.noProjects.action } }}
          pager={{ first: before ? paths.ownerDesk() : null, next: next ? paths.ownerDesk({ before: next }) : null }}
        />
      </Section>
    </Page>
  )
}
