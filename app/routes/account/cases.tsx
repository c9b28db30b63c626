import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { can } from '#app/domain/accounts/actor.ts'
import { findDivisionCases, findMyCases, findOwnCases } from '#app/domain/cases/find-cases.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { normalise } from '#app/http/normalise.ts'
import { otherSide } from '#app/http/other-side.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { CaseStatus } from '#app/ui/case-status.tsx'
import { CodeText } from '#app/ui/code-text.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { SupplementDays } from '#app/ui/supplement-days.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.cases.list.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'see:case')
  const asked = new URL(arrived.request.url).searchParams
  const wanted = { q: normalise(asked.get('q') ?? '').slice(0, 64) || undefined, before: asked.get('before') }
  const { actor } = context
  const find = can(actor, 'see:cases') ? findDivisionCases : can(actor, 'see:own-cases') ? findOwnCases : findMyCases
  return { ...(await find(context, wanted)), ...wanted, mayOpen: can(actor, 'keep:case'), otherSide: can(actor, 'keep:case') ? otherSide('/') : null, reader: can(actor, 'see:cases') ? ('regulator' as const) : can(actor, 'see:own-cases') ? ('authority' as const) : ('owner' as const) }
}

/** Cases of one's own: an authority's, an applicant's, and for the regulator the division's. */
export default function Cases() {
  const { cases } = useWords()
  const words = cases.list
  const { items, next, q, before, mayOpen, otherSide, reader } = useLoaderData<typeof loader>()
  const open = mayOpen ? { href: paths.newCase(), label: words.empty.action } : undefined
  return (
    <Page title={words.title} lead={words.leads[reader]} action={open ? <ButtonLink kind="main" href={open.href}>{words.open}</ButtonLink> : undefined}>
      <Filter action={paths.cases()} label={words.find} fields={[{ kind: 'search', name: 'q', label: words.q, value: q }]} />
      <DataTable
        caption={words.caption}
        rows={items}
        keyOf={({ id }) => id}
        empty={q ? { title: words.emptyFound.title, text: words.emptyFound.text, action: { href: paths.cases(), label: words.emptyFound.action } } : { title: words.empty.title, text: words.emptyTexts[reader], action: open }}
        pager={{ first: before ? paths.cases({ q }) : null, next: next ? paths.cases({ q, before: next }) : null }}
        columns={[
          { key: 'number', label: words.number, main: true, cell: ({ id, number }) => <a href={paths.case(id)}>{number}</a> },
          { key: 'item', label: words.item, cell: ({ item }) => item },
          ...(reader !== 'authority' ? [{ key: 'authority', label: cases.page.authority, cell: ({ authority }: { authority: string }) => authority }] : []),
          { key: 'state', label: words.state, cell: ({ state, supplement }) => <><CaseStatus state={state} />{supplement ? <div className="row-note"><SupplementDays of={supplement} /></div> : null}</> },
          reader === 'owner'
            ? { key: 'project', label: words.project, cell: ({ projectCode }) => <CodeText>{projectCode}</CodeText> }
            : { key: 'applicant', label: words.applicant, cell: ({ applicant, projectCode }) => <>{applicant.name}<div className="small"><CodeText>{projectCode}</CodeText></div></> },
          { key: 'received', label: words.received, cell: ({ receivedAt }) => <Instant at={receivedAt} bare /> },
        ]}
      />
      {otherSide ? <p><a href={otherSide} data-no-prefetch>{cases.page.otherSide}</a></p> : null}
    </Page>
  )
}
