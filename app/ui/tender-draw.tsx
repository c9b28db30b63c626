import { isByPrice, namesPrice } from '#app/domain/tenders/priced.ts'
import type { Method } from '#app/domain/tenders/tender.ts'
import type { DrawnPlace, ShownTender } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import type { Words } from '#app/words/words.ts'
import { CodeText } from './code-text.tsx'
import { DataTable } from './data-table.tsx'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Money } from './money.tsx'
import { Section } from './page.tsx'
import { Status } from './status.tsx'
import { Declines, PlaceOutcomeWord } from './tender-award.tsx'
import { useBeaconFacts } from './tender-beacon.tsx'
import { PickReason, useCreditOf } from './tender-pick.tsx'
import { TenderVerify } from './tender-verify.tsx'
import { Instant } from './time.tsx'
import type { VerifyPanelProps } from './verify-panel.tsx'

/** What the order is called: drawn, or ranked where a price decides or takes part. */
export function resultTitle(method: Method, { tenders, sealing }: Words): string {
  return isByPrice(method) || namesPrice(method) ? sealing.result : tenders.result
}

/** The frozen pool, the drawn order, and how to check both without believing us. */
export function TenderDraw({ shown, draw, verifier }: { shown: ShownTender; draw: NonNullable<ShownTender['draw']>; verifier: VerifyPanelProps['verifier'] | null }) {
  const all = useWords()
  const words = all.tenders
  const { drawCommitment } = shown.tender.publication!
  const { award } = all.life
  const factsOf = useBeaconFacts()
  const { sealing, auction, credit, lots, merit } = all
  const title = resultTitle(shown.tender.method, all)
  const creditOf = useCreditOf(shown)
  const procedure = shown.tender.publication!.procedure
  const lead = procedure.method === 'credit-shortlist' ? credit.resultLead(procedure.smallList, procedure.bigList) : words.resultOrder
  const priced = isByPrice(shown.tender.method) ? shown.tender.method : null
  const isLot = shown.tender.tie === 'electronic-lot'
  const named = priced !== null || namesPrice(shown.tender.method)
  const isBound = shown.state === 'awarded'
  const isCut = (label: string | null) => creditOf !== null && draw.order.length > 0 && !draw.order.some((drawn) => drawn.label === label)
  const because = (reason: string) => words.exclusions[reason as keyof typeof words.exclusions] ?? words.ineligible[reason as keyof typeof words.ineligible] ?? reason
  return (
    <>
      {draw.order.length ? (
        <Section title={title} id="result" lead={priced === 'live-auction' ? auction.result : priced ? isLot ? lots.resultOrder(priced) : sealing.resultOrder(priced) : named ? merit.order : lead}>
          <DataTable
            caption={title}
            rows={draw.order}
            keyOf={({ label }) => label}
            empty={{ title }}
            columns={[
              { key: 'place', label: words.place, number: true, cell: ({ place }) => place },
              { key: 'agency', label: words.agency, main: true, cell: ({ name, label }) => <a href={paths.agency(label)}>{name}</a> },
              ...(creditOf ? [{ key: 'credit', label: credit.columns.credit, cell: ({ label }: DrawnPlace) => creditOf(label) }] : []),
              ...(named || creditOf ? [] : [{ key: 'code', label: words.code, cell: ({ label }: DrawnPlace) => <CodeText copy={false}>{label}</CodeText> }]),
              ...(named ? [{ key: 'price', label: sealing.prices.price, number: true, cell: ({ amountFen }: DrawnPlace) => (amountFen === null ? null : <Money fen={amountFen} />) }] : []),
              ...(isLot ? [] : [{ key: 'position', label: words.position, cell: ({ position }: DrawnPlace) => <CodeText short={10}>{position}</CodeText> }]),
              { key: 'outcome', label: words.columns.outcome, cell: ({ outcome }) => <PlaceOutcomeWord outcome={outcome} isBound={isBound} /> },
            ]}
          />
        </Section>
      ) : null}
      <PickReason shown={shown} />
      <Declines shown={shown} />
      <TenderVerify shown={shown} verifier={verifier} />
      <Section title={words.pool} id="pool" lead={words.poolLead}>
        <DataTable
          caption={words.pool}
          rows={draw.pool}
          keyOf={({ bid }) => bid}
          empty={{ title: words.pool }}
          columns={[
            { key: 'agency', label: words.poolAgency, main: true, cell: ({ name, contribution }) => <>{name ?? <span className="unstated">{priced === 'live-auction' && !shown.quotes.length ? auction.nameless : words.poolNameless}</span>}{contribution ? <span className="small muted block break-words">{award.contributions}{words.because}{contribution}</span> : null}</> },
            { key: 'hash', label: words.poolLeaf, cell: ({ bidHash }) => <CodeText short={10}>{bidHash}</CodeText> },
            { key: 'received', label: words.received, cell: ({ receivedAt }) => <Instant at={receivedAt} seconds bare /> },
            { key: 'standing', label: words.poolStanding, cell: ({ standing, reasons, label, credit: shownCredit }) => (standing === 'eligible' ? <><Status tone="kept">{words.eligible}</Status>{shownCredit ? <span className="small block">{shownCredit.entry ? <a href={paths.ledgerEntry(shownCredit.entry)}>{credit.poolCredit(shownCredit.grade)}</a> : credit.poolCredit(shownCredit.grade)}</span> : null}{isCut(label) ? <span className="small muted block">{credit.cut}</span> : null}</> : <>{words.excluded}{words.because}{reasons.map((reason) => because(reason)).join(' ')}</>) },
          ]}
        />
        <div className="mt-4">
          <Facts
            items={[
              { label: words.poolRoot, value: <CodeText>{draw.root}</CodeText> },
              { label: words.commitment, value: <CodeText>{drawCommitment!}</CodeText> },
              draw.secret !== null && { label: award.seed, value: <CodeText>{draw.secret}</CodeText> },
              ...(draw.beacon ? factsOf(draw.beacon) : []),
              draw.beacon && { label: words.beacon, value: <CodeText>{draw.beacon.value}</CodeText> },
            ]}
          />
        </div>
      </Section>
    </>
  )
}
