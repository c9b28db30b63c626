import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Day } from '#app/domain/calendar.ts'
import { headlineOf } from '#app/domain/catalogue/demandability.ts'
import { NATURES, STAGES } from '#app/domain/catalogue/listing.ts'
import { showCatalogue } from '#app/domain/catalogue/show-catalogue.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { normalise } from '#app/http/normalise.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths, type CatalogueQuery } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { Headline } from '#app/ui/headline.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { SampleMark } from '#app/ui/sample-mark.tsx'
import { dayText } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.catalogue.title)

/** Words that long find nothing; they only cost. */
const MOST_WORDS = 60

export async function loader(arrived: LoaderFunctionArgs) {
  const asked = new URL(arrived.request.url).searchParams
  const given = (name: string) => normalise(asked.get(name) ?? '').slice(0, MOST_WORDS) || undefined
  const query: CatalogueQuery = {}
  for (const name of ['q', 'category', 'stage', 'authority', 'nature', 'on', 'after'] as const) {
    const value = given(name)
    if (value !== undefined) query[name] = value
  }
  const day = Day.optional().safeParse(query.on)
  const { q: words, category, stage, authority, nature } = query
  const filters = Object.fromEntries(Object.entries({ words, category, stage, authority, nature }).filter(([, value]) => value !== undefined))
  const shown = await orPage(arrived.request, enter(arrived).then((context) => showCatalogue(context, { on: day.success ? day.data : undefined, filters, after: query.after })))
  const listings = shown.listings.map((listing) => ({ ...listing, headline: headlineOf(listing, shown.on) }))
  return data({ ...shown, listings, query, badDay: !day.success }, { status: day.success ? 200 : 400 })
}

export default function Catalogue() {
  const { catalogue: words, governance } = useWords()
  const { files } = governance
  const locale = useLocale()
  const { listings, next, total, samples, version, counts, groups, on, today, divisionName, query, badDay } = useLoaderData<typeof loader>()
  const { after: _after, ...first } = query
  const past = on !== today
  const none = past ? words.emptyDay : words.emptyList
  return (
    <Page
      title={words.title}
      lead={words.leadOf(divisionName)}
      action={
        <>
          <ButtonLink kind="main" href={paths.ask()}>{words.askAction}</ButtonLink>
          <ButtonLink href={paths.catalogueVersions()}>{words.versionsLink}</ButtonLink>
          <ButtonLink href={paths.proposals()}>{words.versions.proposals}</ButtonLink>
          <ButtonLink href={paths.approvalItems()}>{words.itemsLink}</ButtonLink>
        </>
      }
    >
      {badDay ? <Notice tone="refused" alert>{words.badDay}</Notice> : null}
      {past ? <Notice next={{ href: paths.catalogue({ ...first, on: undefined }), label: words.backToToday }}>{words.historical(dayText(on, locale))}</Notice> : null}
      <Filter
        action={paths.catalogue()}
        label={words.filter.label}
        fields={[
          { kind: 'search', name: 'q', label: words.filter.words, placeholder: words.filter.placeholder, ...(query.q && { value: query.q }) },
          { kind: 'choice', name: 'category', label: words.filter.category, value: query.category ?? '', options: groups.map(({ code, name }) => ({ value: code, label: name, count: counts.category[code] ?? 0 })) },
          { kind: 'choice', name: 'stage', label: words.filter.stage, value: query.stage ?? '', options: STAGES.map((value) => ({ value, label: words.stages[value], count: counts.stage[value] })) },
          { kind: 'choice', name: 'authority', label: words.filter.authority, value: query.authority ?? '', options: Object.entries(counts.authority).map(([value, count]) => ({ value, label: value, count })) },
          { kind: 'choice', name: 'nature', label: words.filter.nature, value: query.nature ?? '', options: NATURES.map((value) => ({ value, label: words.natures[value], count: counts.nature[value] })) },
          { kind: 'day', name: 'on', label: words.filter.on, value: past ? on : '' },
        ]}
      />
      <p className="muted">
        {words.found(total, samples)}
        {version ? ` · ${words.versionOf(version.number, dayText(version.effectiveOn, locale, false))}` : ''}
        <span className="no-print"> · {files.label} <a href={paths.listFile('catalogue.xlsx', { on: past ? on : undefined })} download>{files.xlsx}</a> <a href={paths.listFile('catalogue.json', { on: past ? on : undefined })} download>{files.json}</a></span>
      </p>
      <DataTable
        caption={words.caption}
        rows={listings}
        keyOf={({ code }) => code}
        columns={[
          {
            key: 'name',
            label: words.columns.name,
            main: true,
            cell: ({ code, name, details }) => (
              <>
                <a href={paths.listing(code, past ? { on } : {})}>{name}</a> <SampleMark sample={details.sample} />
              </>
            ),
          },
          { key: 'headline', label: words.columns.nature, cell: ({ headline }) => <Headline of={headline} /> },
          { key: 'stage', label: words.columns.stage, cell: ({ stages }) => stages.map((stage) => words.stages[stage]).join('、') || <Unstated /> },
          { key: 'item', label: words.columns.item, cell: ({ details }) => details.approvalItem ?? <Unstated /> },
          { key: 'code', label: words.columns.code, cell: ({ code }) => <code className="code">{code}</code> },
        ]}
        empty={version ? { ...words.empty, action: { href: paths.ask(query.q ? { service: query.q } : {}), label: words.empty.action } } : { ...none, action: { href: paths.catalogueVersions(), label: none.action } }}
        pager={{ first: query.after ? paths.catalogue(first) : null, next: next ? paths.catalogue({ ...first, after: next }) : null }}
      />
      <p className="small muted">{words.sampleNoteAll}</p>
    </Page>
  )
}

function Unstated() {
  return <span className="unstated">{useWords().frame.notStated}</span>
}
