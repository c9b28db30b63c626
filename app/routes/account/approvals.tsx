import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { can } from '#app/domain/accounts/actor.ts'
import { showProjectTimes } from '#app/domain/contracts/show-project-times.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { keptCode } from '#app/http/kept-code.server.ts'
import { paths } from '#app/paths.ts'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { ProjectTimesSections } from '#app/ui/project-times.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => data?.times.name ?? words.clock.project.pageTitle)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'see:case')
  const times = await showProjectTimes(context, { code: keptCode(arrived.request, arrived.params.code) })
  if (!times) throw new Response(null, { status: 404 })
  return { times, isOffice: can(context.actor, 'see:own-cases') && !times.total }
}

/** All approvals of a project for whoever may see its cases: the regulator of its division, its applicant, and an office as far as the cases are its own. */
export default function Approvals() {
  const { clock, cases } = useWords()
  const { times, isOffice } = useLoaderData<typeof loader>()
  return (
    <Page title={times.name ?? times.code} kicker={<>{clock.project.pageTitle} {times.code}</>} back={{ href: paths.cases({ q: times.code }), label: cases.list.title }}>
      <ProjectTimesSections times={times} lead={isOffice ? clock.project.leadOfOffice : clock.project.lead} />
    </Page>
  )
}
