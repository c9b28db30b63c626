import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findOwnDemands } from '#app/domain/guard/find-demands.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DemandTable } from '#app/ui/demand-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.guard.authority.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'see:own-demands')
  const before = new URL(arrived.request.url).searchParams.get('before')
  return { ...(await findOwnDemands(context, { before })), before }
}

export default function AuthorityDesk() {
  const words = useWords().guard.authority
  const { items, next, before } = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={words.lead} action={<ButtonLink kind="main" href={paths.newDemand()}>{words.newDemand}</ButtonLink>}>
      <Section title={words.listTitle}>
        <DemandTable
          rows={items}
          cases
          caption={words.caption}
          empty={{ ...words.empty, action: { href: paths.newDemand(), label: words.empty.action } }}
          pager={{ first: before ? paths.authorityDesk() : null, next: next ? `${paths.authorityDesk()}?before=${next}` : null }}
        />
      </Section>
      <p className="small muted">
        {words.apiNote} <a href={paths.openData()}>{words.apiLink}</a>
      </p>
    </Page>
  )
}
