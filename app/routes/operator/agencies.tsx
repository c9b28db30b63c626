import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CHECK_STATES } from '#app/domain/agencies/agency-state.ts'
import { showQueue } from '#app/domain/agencies/show-check.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { normalise } from '#app/http/normalise.ts'
import { paths } from '#app/paths.ts'
import { doneOf } from '#app/ui/agency-standing.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { Status } from '#app/ui/status.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.registration.queue.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'check:agency')
  const asked = new URL(arrived.request.url).searchParams
  const state = CHECK_STATES.find((one) => one === asked.get('state')) ?? 'unchecked'
  const after = normalise(asked.get('after') ?? '').slice(0, 18).toUpperCase() || undefined
  return { ...(await showQueue(context, { state, after })), state, after, done: asked.get('done') }
}

export default function AgencyQueue() {
  const { registration, agencies: agencyWords } = useWords()
  const words = registration.queue
  const { counts, agencies, next, state, after, done } = useLoaderData<typeof loader>()
  const said = doneOf(done, words.done)
  return (
    <Page title={words.title} lead={words.lead}>
      {said ? <Notice tone="kept">{said}</Notice> : null}
      <Filter action={paths.agencyQueue()} label={words.filter} fields={[{ kind: 'choice', name: 'state', label: words.state, value: state, options: CHECK_STATES.map((one) => ({ value: one, label: registration.checkStates[one], count: counts[one] })) }]} />
      <DataTable
        caption={words.title}
        rows={agencies}
        keyOf={({ uscc }) => uscc}
        columns={[
          { key: 'name', label: agencyWords.list.name, main: true, cell: (one) => <a href={paths.checkAgency(one.uscc)}>{one.name}</a> },
          { key: 'seat', label: agencyWords.list.seat, cell: (one) => one.seat },
          { key: 'since', label: agencyWords.list.admitted, cell: (one) => <Instant at={one.admittedAt} bare /> },
          { key: 'notice', label: registration.noticeEnds, cell: (one) => (one.noticeEndsAt ? <Instant at={one.noticeEndsAt} bare /> : registration.none) },
          { key: 'documents', label: words.documents, number: true, cell: (one) => String(one.documents) },
          { key: 'kind', label: words.origin, cell: (one) => (one.imported ? <Status>{one.managed ? words.claimed : words.imported}</Status> : words.registered) },
        ]}
        empty={words.empty[state]}
        pager={{ first: after ? paths.agencyQueue({ state }) : null, next: next ? paths.agencyQueue({ state, after: next }) : null }}
      />
    </Page>
  )
}
