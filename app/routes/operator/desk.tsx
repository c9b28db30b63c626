import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CHECK_STATES } from '#app/domain/agencies/agency-state.ts'
import { showOperation } from '#app/domain/oversight/show-operation.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { Agenda, Counts } from '#app/ui/agenda.tsx'
import { agendaAddress } from '#app/ui/agenda-address.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Status } from '#app/ui/status.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.agencies.operator.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const operation = await showOperation(await enterAs(arrived, 'see:operation'))
  const { oldestUnsequencedAt, at, mergeDelaySeconds } = operation
  const isLate = oldestUnsequencedAt !== null && at.getTime() - oldestUnsequencedAt.getTime() > mergeDelaySeconds * 1000
  return { ...operation, isLate }
}

/** What the machinery owes has no title of its own but a number. */
type HealthKind = 'ledger-late' | 'tenders-overdue' | 'messages-late' | 'events-stuck'

export default function OperatorDesk() {
  const { agencies, operation, desks } = useWords()
  const words = agencies.operator
  const shown = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={words.lead} contents={[{ id: 'checks', label: desks.checks.title }, { id: 'health', label: words.healthTitle }, { id: 'readers', label: operation.readersTitle }, { id: 'newest', label: words.admittedTitle }]} action={<ButtonLink href={paths.find()} kind="main">{operation.find.title}</ButtonLink>}>
      <Agenda items={shown.today} hrefOf={agendaAddress} titleOf={({ kind, title, count = 0 }) => title || (kind in desks.titles ? desks.titles[kind as HealthKind](count) : '')} empty={{ ...desks.empty.operator, action: { href: paths.ledger(), label: desks.empty.operator.action } }} />
      <Section title={desks.checks.title} id="checks" action={<a href={paths.agencyQueue()}>{desks.checks.all}</a>}>
        <Counts items={CHECK_STATES.map((state) => ({ key: state, label: desks.checks[state], count: shown.checks[state], href: paths.agencyQueue({ state }) }))} />
      </Section>
      <Section id="health" title={words.healthTitle}>
        <Facts
          items={[
            { label: words.agencies, value: String(shown.agencies) },
            { label: words.admittedWeek, value: String(shown.admittedThisWeek) },
            { label: words.sessions, value: String(shown.sessions) },
            { label: words.unsequenced, value: <>{shown.unsequenced} {shown.isLate ? <Status tone="refused">{words.late}</Status> : <Status tone="kept">{words.healthy}</Status>}</> },
            { label: words.oldest, value: shown.oldestUnsequencedAt ? <Instant at={shown.oldestUnsequencedAt} seconds /> : words.none },
            { label: words.checkpoint, value: shown.checkpoint ? <>{words.checkpointOf(String(shown.checkpoint.size))} · <Instant at={shown.checkpoint.signedAt} seconds /></> : words.none },
            { label: words.outbox, value: String(shown.outbox) },
            { label: words.overdue, value: <>{shown.overdueTenders} {shown.overdueTenders ? null : <Status tone="kept">{words.healthy}</Status>}</> },
          ]}
        />
      </Section>
      <Section title={operation.readersTitle} id="readers">
        <DataTable
          caption={operation.readersCaption}
          rows={shown.readers}
          keyOf={({ reader }) => reader}
          columns={[
            { key: 'reader', label: operation.reader, main: true, cell: ({ reader }) => operation.readerNames[reader] ?? <code className="code">{reader}</code> },
            { key: 'waiting', label: operation.readerWaiting, number: true, cell: ({ waiting }) => String(waiting) },
            { key: 'lag', label: operation.readerLag, number: true, cell: ({ waiting, seconds }) => (waiting ? operation.seconds(Math.round(seconds)) : words.none) },
          ]}
          empty={{ title: words.none }}
        />
      </Section>
      <Section title={words.admittedTitle} id="newest">
        <DataTable
          caption={words.admittedTitle}
          brief
          rows={shown.newest}
          keyOf={({ uscc }) => uscc}
          columns={[
            { key: 'name', label: agencies.list.name, main: true, cell: (one) => <a href={paths.agency(one.uscc)}>{one.name}</a> },
            { key: 'uscc', label: agencies.list.uscc, cell: (one) => <code className="code">{one.uscc}</code> },
            { key: 'seat', label: agencies.list.seat, cell: (one) => one.seat },
            { key: 'admitted', label: agencies.list.admitted, cell: (one) => <Instant at={one.admittedAt} bare /> },
            { key: 'licence', label: words.licence, cell: (one) => (one.licenceId ? <a href={paths.agencyDocument(one.licenceId)} download>{words.download}</a> : words.noLicence) },
          ]}
          empty={words.empty}
        />
      </Section>
    </Page>
  )
}
