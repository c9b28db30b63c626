import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readableNote } from '#app/domain/catalogue/source.ts'
import { showApprovalItem } from '#app/domain/catalogue/show-approval-items.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Headline } from '#app/ui/headline.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Rows } from '#app/ui/rows.tsx'
import { SampleMark } from '#app/ui/sample-mark.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled<typeof loader>((words, data) => data?.item.name ?? words.catalogue.items.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return orPage(arrived.request, showApprovalItem(await enter(arrived), arrived.params.code ?? ''))
}

export default function ApprovalItem() {
  const all = useWords().catalogue
  const words = all.items
  const locale = useLocale()
  const { item, listings } = useLoaderData<typeof loader>()
  const days = (count: number | null) => (count === null ? null : count === 0 ? words.atOnce : words.days(count, item.dayUnit))
  return (
    <Page
      title={item.name}
      kicker={
        <>
          <code className="code">{item.code}</code> · {all.stages[item.stage]} <SampleMark sample={item.sample} />
        </>
      }
      back={{ href: paths.approvalItems(), label: words.back }}
      action={<ButtonLink kind="main" href={paths.ask({ item: item.code })}>{all.askAction}</ButtonLink>}
    >
      {item.sample ? <Notice>{all.sampleNote}</Notice> : null}
      <Facts
        items={[
          { label: words.columns.authority, value: item.authority },
          { label: words.columns.days, value: days(item.statutoryDays) },
          { label: words.columns.promised, value: days(item.promisedDays) },
          { label: words.parallelLabel, value: item.parallel ? words.parallel : words.alone },
          { label: words.legalBasis, value: item.legalBasis },
          { label: words.commissioner, value: words.commissioners[item.commissioner] },
          { label: words.selfPrepare, value: item.selfPrepare === null ? null : item.selfPrepare ? words.selfPrepareYes : words.selfPrepareNo },
          { label: words.appliesWhen, value: item.appliesWhen },
          { label: words.usual, value: item.services.join('、') },
          item.note !== null && { label: words.note, value: item.note },
          { label: words.source, value: item.source && readableNote(item.source)[locale] },
          { label: words.promisedSource, value: item.promisedSource && readableNote(item.promisedSource)[locale] },
        ]}
      />
      <Section title={words.servicesTitle}>
        <Rows
          empty={{ ...words.servicesNone, action: { href: paths.catalogue(), label: words.servicesNone.action } }}
          items={listings.map(({ code, name, headline, details }) => ({
            key: code,
            href: paths.listing(code),
            title: name,
            note: (
              <>
                <code className="code">{code}</code> <SampleMark sample={details.sample} />
              </>
            ),
            end: <Headline of={headline} />,
          }))}
        />
      </Section>
    </Page>
  )
}
