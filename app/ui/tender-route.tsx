import type { Forecast } from '#app/domain/tenders/forecast.ts'
import { formatYuan } from '#app/domain/money.ts'
import type { Method } from '#app/domain/tenders/tender.ts'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Money } from './money.tsx'
import { Notice } from './notice.tsx'
import { Section } from './page.tsx'
import { Deadline, Instant } from './time.tsx'

/** Where a purchase belongs and what its dates would be, before anybody begins. `dates` leaves out what the page says at length. */
export function TenderRoute({ forecast, method = 'random', dates }: { forecast: Forecast; method?: Method; dates?: boolean }) {
  const { tenders: words, drafts } = useWords()
  const { route, limitFen, yearTotalFen, drawsAfter, minimumBidders, uncovered } = forecast
  const isDirect = method === 'direct'
  const closesAt = isDirect ? forecast.direct.closesAt : forecast.closesAt
  const isHere = route === 'marketplace' || route === 'free'
  return (
    <Section title={dates ? drafts.route.dates : words.route.title}>
      {dates ? null : (
        <Notice tone={isHere ? 'kept' : 'refused'} title={words.route[route]}>
          {words.route.text[route]}
        </Notice>
      )}
      <div className={dates ? undefined : 'mt-4'}>
        <Facts
          narrow
          items={[
            !dates && { label: words.route.total, value: <Money fen={yearTotalFen} /> },
            !dates && { label: words.route.limit, value: limitFen === null ? words.route.none : <Money fen={limitFen} /> },
            isDirect && forecast.direct.sumFen !== null && { label: drafts.route.directYear, value: <Money fen={forecast.direct.sumFen} />, note: drafts.route.directOf(formatYuan(forecast.limits.directCeiling.value)) },
            isHere && { label: words.route.closes, value: <Deadline at={closesAt} seconds />, note: uncovered.length ? words.route.uncovered(uncovered.join(', ')) : undefined },
            isHere && !isDirect && { label: words.route.draws, value: <Instant at={drawsAfter} seconds /> },
            isHere && !isDirect && { label: words.facts.minimum, value: words.facts.minimumOf(minimumBidders), note: words.route.default },
          ]}
        />
      </div>
    </Section>
  )
}
