import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ListingCode } from '#app/domain/catalogue/listing.ts'
import { showGovernance } from '#app/domain/governance/show-governance.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { ProposalStatus } from '#app/ui/proposal-state.tsx'
import { Rows } from '#app/ui/rows.tsx'
import { SampleMark } from '#app/ui/sample-mark.tsx'
import { Status } from '#app/ui/status.tsx'
import { Day, Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.catalogue.governance.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const after = ListingCode.safeParse(new URL(arrived.request.url).searchParams.get('after')).data
  const context = await enterAs(arrived, 'propose:listing')
  return { ...(await orPage(arrived.request, showGovernance(context, { after }))), after }
}

export default function Governance() {
  const { catalogue: all, governance } = useWords()
  const words = all.governance
  const { divisionName, drafts, proposals, versions, demandable, next, after, today } = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={words.leadOf(divisionName)} action={<><ButtonLink kind="main" href={paths.newProposal()}>{words.propose}</ButtonLink><ButtonLink href={paths.importList()}>{words.import}</ButtonLink></>}>
      {drafts.length ? (
        <Section title={words.drafts}>
          <Rows empty={all.versions.empty} items={drafts.map(({ id, title, counts, draftedAt }) => ({ key: id, href: paths.draftProposal(id), title, note: <>{governance.counted(counts)} · <Instant at={draftedAt} bare /></>, end: <ProposalStatus state="draft" /> }))} />
        </Section>
      ) : null}
      <Section title={words.running} action={<a href={paths.proposals()}>{governance.page.back}</a>}>
        <Rows
          empty={{ ...governance.none, action: { href: paths.newProposal(), label: words.propose } }}
          items={proposals.map(({ id, number, title, counts, state, comments }) => ({ key: id, href: paths.governProposal(number!), title, note: <><code className="code">{number}</code> · {governance.counted(counts)}{comments ? ` · ${governance.columns.comments} ${comments}` : ''}</>, end: <ProposalStatus state={state} /> }))}
        />
      </Section>
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
      empty={{ ...words.demandableNone, action: { href: paths.newProposal(), label: words.propose } }}
      items={listings.map(({ code, name, details }) => ({
        key: code,
        href: paths.listing(code),
        title: name,
        note: (
          <>
            <code className="code">{code}</code> <SampleMark sample={details.sample} />
          </>
        ),
        end: <ButtonLink small href={paths.newProposal({ code })}>{all.listing.change}</ButtonLink>,
      }))}
    />
  )
}
