import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showPatterns } from '#app/domain/oversight/show-violations.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { percent } from '#app/ui/lead-list.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { RepeatTable } from '#app/ui/repeat-table.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.inquiries.patterns.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return showPatterns(await enterAs(arrived, 'see:leads'))
}

export default function Patterns() {
  const { inquiries, guard, drafts } = useWords()
  const words = inquiries.patterns
  const { repeats, shares, limits } = useLoaderData<typeof loader>()
  const { concentrationShare, concentrationFrom, concentrationDays } = limits
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.regulatorDesk(), label: guard.regulator.title }}>
      <Section title={words.sharesTitle} lead={words.sharesLead(concentrationDays.value)}>
        <DataTable
          caption={words.sharesCaption}
          rows={shares}
          keyOf={({ authority, uscc }) => `${authority} ${uscc}`}
          empty={words.noShares}
          columns={[
            { key: 'authority', label: words.authority, main: true, cell: ({ authority }) => authority },
            { key: 'agency', label: words.agency, cell: ({ agency, uscc }) => <a href={paths.agency(uscc)}>{agency}</a> },
            { key: 'won', label: words.won, cell: ({ count, of }) => words.of(count, of) },
            { key: 'delivered', label: words.delivered, number: true, cell: ({ delivered }) => words.times(delivered) },
            { key: 'share', label: words.share, number: true, cell: ({ count, of }) => percent(count / of) },
          ]}
        />
        <p className="small muted mt-4">{words.limit(percent(concentrationShare.value), concentrationFrom.value, drafts.route.limitSource(concentrationShare.source))}</p>
      </Section>
      <Section title={inquiries.violations.repeatsTitle}><RepeatTable rows={repeats} /></Section>
    </Page>
  )
}
