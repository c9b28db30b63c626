import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findProjects } from '#app/domain/projects/find-projects.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.drafts.projects.title)

/** Longer than any project code, and than any word that finds one. */
const MOST = 60

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'register:project')
  const asked = new URL(arrived.request.url).searchParams
  const [q, before] = ['q', 'before'].map((name) => asked.get(name)?.trim().slice(0, MOST) || undefined)
  return { ...(await findProjects(context, { q, before })), q, before }
}

/** An owner's projects, found by a part of their name or code. */
export default function Projects() {
  const { projects: all, drafts } = useWords()
  const words = drafts.projects
  const { projects, next, q, before } = useLoaderData<typeof loader>()
  const empty = q ? { ...words.none, action: { href: paths.projects(), label: words.none.action } } : { ...all.desk.noProjects, action: { href: paths.newProject(), label: all.desk.noProjects.action } }
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.ownerDesk(), label: all.desk.title }} action={<ButtonLink kind="main" href={paths.newProject()}>{all.desk.newProject}</ButtonLink>}>
      <Filter action={paths.projects()} label={words.filter} fields={[{ kind: 'search', name: 'q', label: words.search, value: q }]} />
      <DataTable
        caption={all.desk.caption}
        rows={projects}
        keyOf={({ code }) => code}
        columns={[
          { key: 'name', label: all.desk.name, main: true, cell: (one) => <a href={paths.project(one.code)}>{one.name}</a> },
          { key: 'code', label: all.desk.code, cell: (one) => <code className="code">{one.code}</code> },
          { key: 'money', label: all.new.moneySource, cell: (one) => all.moneySources[one.moneySource] },
          { key: 'registered', label: all.desk.registered, cell: (one) => <Instant at={one.registeredAt} bare /> },
        ]}
        empty={empty}
        pager={{ first: before ? paths.projects({ q }) : null, next: next ? paths.projects({ q, before: next }) : null }}
      />
    </Page>
  )
}
