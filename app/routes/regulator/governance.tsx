import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ListingCode } from '#app/domain/catalogue/listing.ts'
import { showGovernance } from '#app/domain/catalogue/show-governance.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Rows } from '#app/ui/rows.tsx'
import { SampleMark } from '#app/ui/sample-mark.tsx'
import { Status } from '#app/ui/status.tsx'
import { Day } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.catalogue.governance.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const after = ListingCode.safeParse(new URL(arrived.request.url).searchParams.get('after')).data
  const context = await enterAs(arrived, 'adopt:listing')
  return { ...(await orPage(arrived.request, showGovernance(context, { after }))), after }
}

export default function Governance() {
  const all = useWords().catalogue
  const words = all.governance
  const { divisionName, versions, demandable, next, after, today } = useLoaderData<typeof loader>()
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
        <Demandable listings={demandable} />
        <Pager first={after ? paths.governance() : null} next={next ? paths.governance({ after: next }) : null} />
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
