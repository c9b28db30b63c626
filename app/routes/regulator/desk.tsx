import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CHECK_STATES } from '#app/domain/agencies/agency-state.ts'
import { VERDICTS } from '#app/domain/guard/judgement.ts'
import { showRegulatorDesk } from '#app/domain/oversight/show-regulator-desk.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { Agenda, Counts } from '#app/ui/agenda.tsx'
import { agendaAddress } from '#app/ui/agenda-address.ts'
import { DataTable, Empty } from '#app/ui/data-table.tsx'
import { DemandTable } from '#app/ui/demand-table.tsx'
import { LeadList, type LeadLine } from '#app/ui/lead-list.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Status } from '#app/ui/status.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { Day, dayText } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.guard.regulator.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'see:demands')
  return { ...(await showRegulatorDesk(context)), organisationName: context.actor.organisationName }
}

export default function RegulatorDesk() {
  const { guard: all, frame, desks, leads: leadWords } = useWords()
  const words = all.regulator
  const locale = useLocale()
  const { today, leads, demands, figures, tenders, checks, version, versions, organisationName } = useLoaderData<typeof loader>()
  const { regulator: nothing } = desks.empty
  return (
    <Page title={words.title} kicker={organisationName}>
      <Agenda
        items={today}
        hrefOf={agendaAddress}
        titleOf={({ kind, subject, title }) => (kind === 'list-upcoming' ? desks.titles.version(subject, title) : title)}
        empty={{ ...nothing, action: { href: paths.demands(), label: nothing.action } }}
      />
      <Section title={leadWords.title} lead={leads.count > leads.items.length ? leadWords.shownOf(leads.items.length, leads.count) : null} action={<a href={paths.leads()}>{leadWords.all}</a>}>
        {leads.items.length ? <LeadList items={leads.items as LeadLine[]} /> : <Empty title={leadWords.empty.title} text={leadWords.empty.text} />}
      </Section>
      <Section title={desks.demands.title} action={<a href={paths.demands()}>{words.all}</a>}>
        <Counts items={VERDICTS.map((verdict) => ({ key: verdict, label: words.figures[verdict], count: figures.verdicts[verdict], href: paths.demands({ verdict }) }))} />
        <div className="mt-4">
          <DemandTable by rows={demands} caption={all.demands.caption} empty={{ ...desks.demands.none, action: { href: paths.demands(), label: desks.demands.none.action } }} />
        </div>
      </Section>
      <Section title={words.tendersTitle} action={<a href={paths.tenders()}>{frame.nav.tenders}</a>}>
        <DataTable
          caption={words.tenderCaption}
          rows={tenders}
          keyOf={({ state }) => state}
          empty={{ ...words.noTenders }}
          columns={[
            { key: 'state', label: words.state, main: true, cell: ({ state }) => <TenderStatus state={state} /> },
            { key: 'count', label: words.count, number: true, cell: ({ state, count }) => <a href={paths.tenders({ state })}>{count}</a> },
          ]}
        />
      </Section>
      <Section title={desks.checks.title} lead={desks.checks.byOperator} action={<a href={paths.agencies()}>{frame.nav.agencies}</a>}>
        <Counts items={CHECK_STATES.map((state) => ({ key: state, label: desks.checks[state], count: checks[state] }))} />
      </Section>
      <Section title={desks.versions.title} lead={version ? words.listVersion(version.number, dayText(version.effectiveOn, locale)) : words.noList} action={<a href={paths.governance()}>{words.governance}</a>}>
        <DataTable
          caption={desks.versions.caption}
          rows={versions}
          keyOf={({ number }) => String(number)}
          empty={{ ...desks.versions.none, action: { href: paths.governance(), label: words.governance } }}
          columns={[
            { key: 'number', label: desks.versions.number, main: true, cell: ({ number }) => <a href={paths.catalogueVersions()}>{desks.versions.versionOf(number)}</a> },
            { key: 'from', label: desks.versions.effective, cell: (one) => <><Day day={one.effectiveOn} weekday={false} /> <VersionState one={one} current={version} /></> },
            { key: 'changes', label: desks.versions.changes, cell: ({ begun, ended }) => desks.versions.changesOf(begun, ended) },
            { key: 'note', label: desks.versions.note, cell: ({ note }) => note },
          ]}
        />
      </Section>
    </Page>
  )
}

function VersionState({ one, current }: { one: { number: number }; current: { number: number } | null }) {
  const words = useWords().desks.versions
  if (one.number === current?.number) return <Status tone="kept">{words.current}</Status>
  return one.number > (current?.number ?? 0) ? <Status>{words.upcoming}</Status> : null
}
