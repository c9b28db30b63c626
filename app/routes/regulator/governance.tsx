import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showGovernance } from '#app/domain/catalogue/show-governance.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Rows } from '#app/ui/rows.tsx'
import { SampleMark } from '#app/ui/sample-mark.tsx'
import { Status } from '#app/ui/status.tsx'
import { Day } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.catalogue.governance.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return orPage(arrived.request, showGovernance(await enterAs(arrived, 'adopt:listing')))
}

export default function Governance() {
  const all = useWords().catalogue
  const words = all.governance
  const { divisionName, versions, demandable, today } = useLoaderData<typeof loader>()
  const samples = demandable.filter(({ details }) => details.sample)
  return (
    <Page title={words.title} lead={words.leadOf(divisionName)} action={<ButtonLink kind="main" href={paths.adoptListing()}>{words.adopt}</ButtonLink>}>
      <Section title={words.versions} action={<a href={paths.catalogueVersions()}>{words.allVersions}</a>}>
        <Rows
          empty={all.versions.empty}
          items={versions.map(({ number, effectiveOn, note }) => ({
            key: String(number),
            href: paths.catalogue({ on: effectiveOn }),
            title: all.listing.versionNumber(number),
            note,
            end: effectiveOn > today ? <Status tone="open">{all.versions.future}</Status> : <Day day={effectiveOn} weekday={false} />,
          }))}
        />
      </Section>
      <Section title={words.demandable}>
        <Demandable listings={demandable.filter(({ details }) => !details.sample)} />
        {samples.length ? (
          <details className="fold fold-wide">
            <summary>{words.samples(samples.length)}</summary>
            <Demandable listings={samples} />
          </details>
        ) : null}
      </Section>
    </Page>
  )
}

function Demandable({ listings }: { listings: ReturnType<typeof useLoaderData<typeof loader>>['demandable'] }) {
  const all = useWords().catalogue
  const words = all.governance
  return (
    <Rows
      empty={{ ...words.demandableNone, action: { href: paths.adoptListing(), label: words.adopt } }}
      items={listings.map(({ code, name, details }) => ({
        key: code,
        href: paths.listing(code),
        title: name,
        note: (
          <>
            <code className="code">{code}</code> <SampleMark sample={details.sample} />
          </>
        ),
        end: <ButtonLink small href={paths.adoptListing({ code })}>{all.listing.adoptNew}</ButtonLink>,
      }))}
    />
  )
}
