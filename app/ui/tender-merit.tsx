import { formatPoints, meanPoints } from '#app/domain/awards/score-sheet.ts'
import { scored } from '#app/domain/awards/merit-ranking.ts'
import type { ShownSeat, ShownTender } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from './code-text.tsx'
import { DataTable } from './data-table.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { Price } from './tender-prices.tsx'
import { Deadline } from './time.tsx'

/** The judges of a selection by merit, how far they are, and, once all sheets are shown, every mark with its reason and what it comes to. */
export function TenderMerit({ shown }: { shown: ShownTender }) {
  const words = useWords().merit
  const { tender, seats, state, isMine, prices } = shown
  const { procedure, number } = tender.publication!
  if (procedure.method !== 'merit' || !seats || !tender.frozenAt || !tender.judging) return null
  const { judging } = tender
  const revealed = judging.revealedAt !== null
  const rows = Array.from({ length: procedure.judges }, (_, place) => place + 1).flatMap((seat) => {
    const asked = seats.filter((one) => one.seat === seat)
    return asked.some(({ ended }) => !ended) ? asked : [...asked, free(seat)]
  })
  const standing = (seat: ShownSeat & { free?: boolean }) => words.standings[seat.free ? 'free' : seat.ended ?? (revealed ? 'revealed' : seat.shownAt ? 'shown' : seat.committedAt ? 'committed' : seat.declaredAt ? 'declared' : 'invited')]
  const now = state === 'frozen' ? words.waitJudges : state !== 'opened' ? null : revealed ? words.waitRank : judging.committed < judging.wanted ? words.waitSheets : words.waitReveal
  const sheets = seats.filter(({ marks }) => marks)
  const whoOf = ({ name, seat }: ShownSeat) => (name ? `${words.seatOf(seat)} ${name}` : words.seatOf(seat))
  const nameOf = (bid: string) => prices?.find((price) => price.bid === bid)?.name ?? bid
  const criterionOf = (code: string) => procedure.criteria.find((criterion) => criterion.code === code)?.name ?? code
  return (
    <>
      <Section title={words.judgesTitle} id="judges" lead={now ?? words.judgesLead} action={isMine && !revealed && (state === 'frozen' || state === 'opened') ? <a href={paths.judges(number)}>{words.manage.link}</a> : undefined}>
        <DataTable
          caption={words.judgesTitle}
          rows={rows.map((row, place) => ({ ...row, key: `${place}` }))}
          keyOf={({ key }) => key}
          empty={{ title: words.standings.free }}
          columns={[
            { key: 'seat', label: words.seat, main: true, cell: whoOf },
            { key: 'standing', label: words.standing, cell: standing },
            { key: 'due', label: words.due, cell: ({ dueAt, ended }) => (dueAt && !ended ? <Deadline at={dueAt} seconds={shown.demo} bare /> : '—') },
            { key: 'hash', label: words.hash, cell: ({ hash }) => (hash ? <CodeText short={10}>{hash}</CodeText> : '—') },
          ]}
        />
      </Section>
      {sheets.length ? <Scores shown={shown} sheets={sheets} /> : null}
      {sheets.length ? (
        <Section title={words.sheetsTitle} id="sheets">
          {sheets.map((seat) => (
            <details className="fold fold-wide" key={seat.seat}>
              <summary>{words.sheetOf(whoOf(seat))}</summary>
              <DataTable
                caption={words.sheetOf(whoOf(seat))}
                rows={seat.marks!}
                keyOf={({ bid, criterion }) => `${bid} ${criterion}`}
                empty={{ title: words.sheetsTitle }}
                columns={[
                  { key: 'agency', label: words.agency, main: true, cell: ({ bid }) => nameOf(bid) },
                  { key: 'item', label: words.item, cell: ({ criterion }) => criterionOf(criterion) },
                  { key: 'points', label: words.mark, number: true, cell: ({ points }) => formatPoints(points) },
                  { key: 'reason', label: words.reason, cell: ({ reason }) => <span className="whitespace-pre-line break-words">{reason}</span> },
                ]}
              />
            </details>
          ))}
        </Section>
      ) : null}
    </>
  )
}

const free = (seat: number) => ({ seat, name: null, declaredAt: null, committedAt: null, hash: null, shownAt: null, dueAt: null, ended: null, marks: null, free: true })

/** What every valid bid has, counted here by the rule that ranks. */
function Scores({ shown, sheets }: { shown: ShownTender; sheets: readonly ShownSeat[] }) {
  const words = useWords().merit
  const { procedure } = shown.tender.publication!
  if (procedure.method !== 'merit') return null
  const bids = (shown.prices ?? []).flatMap(({ bid, label, quote, outcome }) => (outcome === 'valid' && quote ? [{ bid, label, quote }] : []))
  const rows = scored(bids, sheets.map(({ marks }) => ({ marks: marks! })), procedure.criteria).sort((one, other) => other.points.total - one.points.total)
  const nameOf = (bid: string) => shown.prices!.find((price) => price.bid === bid)!.name
  return (
    <Section title={words.scoresTitle} id="scores" lead={words.scoresLead}>
      <DataTable
        caption={words.scoresTitle}
        rows={rows}
        keyOf={({ bid }) => bid}
        empty={{ title: words.scoresTitle }}
        columns={[
          { key: 'agency', label: words.agency, main: true, cell: ({ bid, label }) => <a href={paths.agency(label)}>{nameOf(bid)}</a> },
          { key: 'price', label: words.pricePoints, number: true, cell: ({ points }) => formatPoints(points.price) },
          { key: 'judged', label: words.judgedPoints, number: true, cell: ({ points }) => formatPoints(meanPoints(points.judged, sheets.length)) },
          { key: 'total', label: words.total, number: true, cell: ({ points }) => formatPoints(meanPoints(points.total, sheets.length)) },
        ]}
      />
    </Section>
  )
}

/** The plans and prices of the valid bids, for those who may read them. */
export function Plans({ shown, plans, title }: { shown: Pick<ShownTender, 'prices'>; plans: readonly { bid: string; label: string; text: string | null }[]; title: string }) {
  return (
    <Section title={title} id="plans">
      {plans.map((plan) => (
        <details className="fold fold-wide" key={plan.bid} open>
          <summary>{shown.prices?.find(({ bid }) => bid === plan.bid)?.name ?? plan.label}</summary>
          <PlanText shown={shown} plan={plan} />
        </details>
      ))}
    </Section>
  )
}

/** One plan with its price. */
export function PlanText({ shown, plan: { bid, text } }: { shown: Pick<ShownTender, 'prices'>; plan: { bid: string; text: string | null } }) {
  const words = useWords().merit
  const price = shown.prices?.find((one) => one.bid === bid)
  return (
    <div>
      {price ? <p>{words.price} <Price price={price} /></p> : null}
      <p className="measure mt-2 whitespace-pre-line break-words">{text ?? words.page.noPlan}</p>
    </div>
  )
}
