import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { LEAD_KINDS } from '#app/domain/oversight/lead.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { Empty } from '#app/ui/data-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { LeadList, percent, type LeadLine } from '#app/ui/lead-list.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Money } from '#app/ui/money.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.leads.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'see:leads')
  const asked = new URL(arrived.request.url).searchParams
  // A kind that does not exist filters nothing, as an empty one does.
  const kind = LEAD_KINDS.find((one) => one === asked.get('kind'))
  const after = asked.get('after')
  return { ...(await findLeads(context, { kind, after })), kind, after }
}

export default function Leads() {
  const { leads: words, guard, drafts } = useWords()
  const { items, counts, next, limits, kind, after } = useLoaderData<typeof loader>()
  const { leadLookBackDays, directShareOfOwner, directShareFrom, directYearTotal, concentrationShare, concentrationFrom } = limits
  const source = drafts.route.limitSource
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.regulatorDesk(), label: guard.regulator.title }}>
      <Filter
        action={paths.leads()}
        label={words.filterLabel}
        fields={[{ kind: 'choice', name: 'kind', label: words.kind, value: kind, options: LEAD_KINDS.map((value) => ({ value, label: words.kinds[value], count: counts[value] })) }]}
      />
      {items.length ? <LeadList items={items as LeadLine[]} /> : kind ? <Empty {...words.emptyKind} action={{ href: paths.leads(), label: words.emptyKind.action }} /> : <Empty {...words.empty} action={{ href: paths.demands(), label: words.empty.action }} />}
      <Pager first={after ? paths.leads({ kind }) : null} next={next ? paths.leads({ kind, after: next }) : null} />
      <Section title={words.limits} lead={words.tiesAt}>
        <Facts
          items={[
            { label: words.share, value: percent(directShareOfOwner.value), note: source(directShareOfOwner.source) },
            { label: words.shareFrom, value: words.times(directShareFrom.value), note: source(directShareFrom.source) },
            { label: words.yearTotal, value: <Money fen={directYearTotal.value} />, note: source(directYearTotal.source) },
            { label: words.concentration, value: percent(concentrationShare.value), note: source(concentrationShare.source) },
            { label: words.concentrationFrom, value: words.times(concentrationFrom.value), note: source(concentrationFrom.source) },
            { label: words.lookBack, value: words.days(leadLookBackDays.value), note: source(leadLookBackDays.source) },
          ]}
        />
      </Section>
    </Page>
  )
}
