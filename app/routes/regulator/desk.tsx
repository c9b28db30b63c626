import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { VERDICTS } from '#app/domain/guard/judgement.ts'
import { showRegulatorDesk } from '#app/domain/oversight/show-regulator-desk.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { VerdictStatus } from '#app/ui/demand-table.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Rows } from '#app/ui/rows.tsx'
import { TenderStatus } from '#app/ui/tender-state.tsx'
import { Day, dayText } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.guard.regulator.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return showRegulatorDesk(await enterAs(arrived, 'see:demands'))
}

export default function RegulatorDesk() {
  const { guard: all, frame } = useWords()
  const words = all.regulator
  const locale = useLocale()
  const { refused, figures, tenders, version } = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={words.lead}>
      <Section title={words.refusedTitle} action={<a href={paths.demands()}>{words.all}</a>}>
        <Rows
          empty={{ ...words.refusedEmpty, action: { href: paths.demands(), label: words.refusedEmpty.action } }}
          items={refused.map(({ id, authority, approvalItem, listing, demandedOn, verdict }) => ({
            key: id,
            href: paths.decision(id),
            title: listing?.name ?? all.decision.unlisted,
            note: (
              <>
                {authority} · {approvalItem} · <Day day={demandedOn} weekday={false} />
              </>
            ),
            end: <VerdictStatus verdict={verdict} />,
          }))}
        />
      </Section>
      <Section title={words.figuresTitle}>
        <dl className="figure-row">
          {VERDICTS.map((verdict) => (
            <div key={verdict}>
              <dt>{words.figures[verdict]}</dt>
              <dd>{figures.verdicts[verdict]}</dd>
            </div>
          ))}
        </dl>
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
      <Section title={words.listTitle} action={<a href={paths.governance()}>{words.governance}</a>}>
        <p>{version ? words.listVersion(version.number, dayText(version.effectiveOn, locale)) : words.noList}</p>
      </Section>
    </Page>
  )
}
