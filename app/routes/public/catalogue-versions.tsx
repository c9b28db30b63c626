import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showVersions } from '#app/domain/catalogue/show-versions.server.ts'
import { DivisionCode } from '#app/domain/divisions/division.ts'
import { enter } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { Status } from '#app/ui/status.tsx'
import { Day, Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.catalogue.versions.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return orPage(arrived.request, showVersions(await enter(arrived), { divisionCode: DivisionCode.optional().catch(undefined).parse(new URL(arrived.request.url).searchParams.get('division') ?? undefined) }))
}

export default function CatalogueVersions() {
  const all = useWords().catalogue
  const words = all.versions
  const { versions, today, divisionName, isMarketplace } = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={words.lead} kicker={divisionName} back={{ href: paths.catalogue(), label: all.listing.back }} action={<ButtonLink href={paths.proposals()}>{words.proposals}</ButtonLink>}>
      <DataTable
        caption={words.caption}
        rows={versions}
        keyOf={({ number }) => String(number)}
        columns={[
          { key: 'number', label: words.columns.number, main: true, cell: ({ number, effectiveOn }) => <>{all.listing.versionNumber(number)} {effectiveOn > today ? <Status tone="open">{words.future}</Status> : null}</> },
          {
            key: 'effectiveOn',
            label: words.columns.effectiveOn,
            cell: ({ effectiveOn }) => (
              <>
                <Day day={effectiveOn} weekday={false} /> {isMarketplace ? <><a className="small" href={paths.catalogue({ on: effectiveOn })}>{words.open}</a> <a className="small" href={paths.differences({ to: effectiveOn })}>{words.changed}</a></> : null}
              </>
            ),
          },
          { key: 'note', label: words.columns.note, cell: ({ note, follows, followsName }) => <>{note}{follows ? <div className="small"><a href={paths.catalogueVersions({ division: follows.divisionCode })}>{words.follows(followsName ?? follows.divisionCode, follows.number)}</a></div> : null}</> },
          { key: 'begun', label: words.columns.begun, number: true, cell: ({ begun }) => begun },
          { key: 'ended', label: words.columns.ended, number: true, cell: ({ ended }) => ended },
          { key: 'adoptedAt', label: words.columns.adoptedAt, cell: ({ adoptedAt }) => <Instant at={adoptedAt} bare /> },
          { key: 'proof', label: words.columns.proof, cell: ({ ledgerEntryId }) => <a href={paths.ledgerEntry(ledgerEntryId)}>{words.entry}</a> },
        ]}
        empty={words.empty}
      />
    </Page>
  )
}
