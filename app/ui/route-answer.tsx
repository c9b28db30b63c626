import { citationIn } from '#app/domain/divisions/citation.ts'
import type { Forecast } from '#app/domain/tenders/forecast.ts'
import { paths } from '#app/paths.ts'
import { DataTable } from './data-table.tsx'
import { Facts } from './facts.tsx'
import { useLocale, useWords } from './locale.tsx'
import { Money } from './money.tsx'
import { Section } from './page.tsx'
import { Instant } from './time.tsx'
import { Verdict, VerdictPart } from './verdict.tsx'

/** How a purchase has to be made, before anybody begins: the answer, its law, and how the sum behind it was added up. */
export function RouteAnswer({ forecast, what }: { forecast: Forecast; what: string }) {
  const { drafts, tenders } = useWords()
  const words = drafts.route
  const locale = useLocale()
  const sourced = (source: string) => {
    const citation = citationIn(source)
    return words.limitSource(citation ? words.citation(citation.title, citation.articles[locale]) : source)
  }
  const { route, sumFen, limitFen, ceilingFen, yearTotalFen, earlier, limits, direct } = forecast
  const isHere = route === 'marketplace' || route === 'free'
  const elsewhere: Record<string, string> = words.where
  const rows = [
    ...earlier.map(({ number, title, publishedAt, ceilingFen: fen }) => ({ key: number, title, href: paths.tender(number), at: publishedAt as Date | string | null, fen })),
    { key: 'this', title: words.thisOne, href: null, at: null, fen: ceilingFen },
    { key: 'sum', title: <strong>{words.total}</strong>, href: null, at: null, fen: sumFen },
  ]
  const shownFen = earlier.reduce((sum, { ceilingFen: fen }) => sum + fen, 0)
  return (
    <>
      <Verdict verdict={isHere ? 'allowed' : 'refused'} word={words.words[route]} question={what} lead={tenders.route.text[route]} reasons={[{ key: route, text: elsewhere[route] ?? tenders.route[route], law: words.law[route] }]}>
        <VerdictPart title={words.sumTitle}>
          <DataTable
            caption={words.sumCaption}
            rows={rows}
            keyOf={({ key }) => key}
            empty={{ title: words.sumCaption }}
            columns={[
              { key: 'what', label: words.what, main: true, cell: ({ title, href }) => (href ? <a href={href}>{title}</a> : title) },
              { key: 'when', label: words.when, cell: ({ at }) => (at ? <Instant at={at} bare /> : null) },
              { key: 'amount', label: words.amount, number: true, cell: ({ fen }) => <Money fen={fen} /> },
            ]}
          />
          {shownFen < yearTotalFen ? <p className="small muted mt-2">{words.more(earlier.length)}</p> : null}
        </VerdictPart>
      </Verdict>
      <Section title={words.limits}>
        <Facts
          items={[
            { label: tenders.route.limit, value: limitFen === null ? tenders.route.none : <Money fen={limitFen} /> },
            { label: words.procurementLimit, value: <Money fen={limits.procurementLimit.value} />, note: sourced(limits.procurementLimit.source) },
            { label: words.mandatoryTender, value: <Money fen={limits.mandatoryTender.value} />, note: sourced(limits.mandatoryTender.source) },
            { label: words.directCeiling, value: <Money fen={limits.directCeiling.value} />, note: sourced(limits.directCeiling.source) },
            direct.sumFen !== null && { label: words.directYear, value: <Money fen={direct.sumFen} />, note: direct.sumFen > limits.directCeiling.value ? words.directYearOver : words.directYearNote },
          ]}
        />
      </Section>
    </>
  )
}
