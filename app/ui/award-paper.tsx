import { awardedAmount, boundAt, type MadeAward, type ShownTender } from '#app/domain/tenders/tender-view.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from './code-text.tsx'
import { Facts } from './facts.tsx'
import { useWords } from './locale.tsx'
import { Money } from './money.tsx'
import { Qr } from './qr.tsx'
import { Seal } from './seal.tsx'
import { Instant } from './time.tsx'

/** The award notice on one sheet of paper: who, what, since when, and where the public record of it is. */
export function AwardPaper({ shown, award, qr }: { shown: ShownTender; award: MadeAward; qr: { size: number; path: string; address: string } }) {
  const { life, tenders, sealing, drafts } = useWords()
  const amountFen = awardedAmount(shown, award)
  const words = life.notice
  const { tender, listing, project, owner, demo, awards, draw, entries } = shown
  const { number } = tender.publication!
  // Of several awards the last one stands, and so does its entry.
  const entry = entries.findLast(({ kind }) => kind === 'award.made')
  const declined = awards.filter((made) => made.declined).map(({ name, place }) => life.declining.by(name, place))
  return (
    <article className="award-paper">
      <header>
        <Seal size={72} title={words.seal} />
        <h2>{words.heading(number)}</h2>
      </header>
      <p className="font-bold">{words.to(award.name)}</p>
      <p>{draw && award.place !== null ? (tender.method === 'random' ? words.body(tender.title, award.place, draw.order.length) : words.bodyOrdered(tender.title, drafts.methods[tender.method].name, award.place, draw.order.length)) : words.bodyPlain(tender.title)}</p>
      <p>{words.ask}</p>
      <Facts
        items={[
          { label: words.facts.number, value: <CodeText copy={false}>{number}</CodeText> },
          { label: words.facts.winner, value: award.name },
          { label: words.facts.code, value: <CodeText copy={false}>{award.label}</CodeText> },
          { label: words.facts.owner, value: owner ?? tenders.naturalPerson },
          { label: words.facts.project, value: project.name ?? project.code, note: project.name === null ? undefined : project.code },
          { label: words.facts.service, value: listing.name },
          amountFen !== null && { label: sealing.facts.awarded, value: <Money fen={amountFen} /> },
          { label: words.facts.ceiling, value: <Money fen={tender.ceilingFen} /> },
          { label: words.facts.days, value: tenders.facts.daysOf(tender.serviceDays) },
          { label: words.facts.awarded, value: <Instant at={award.awardedAt} seconds={demo} /> },
          { label: words.facts.bound, value: <Instant at={boundAt(shown, award)} seconds={demo} /> },
          declined.length > 0 && { label: words.facts.declined, value: declined.join('；') },
          entry && { label: words.facts.ledger, value: <a href={paths.ledgerEntry(entry.id)}>{entry.index === null ? tenders.promised : tenders.sequenced(entry.index)}</a>, note: <span className="break-all">{entry.leafHash}</span> },
        ]}
      />
      <footer>
        <Qr code={qr} label={words.qrAlt} />
        <div className="small">
          <p className="font-bold">{words.qr}</p>
          <p className="break-all">{qr.address}</p>
          <p className="muted">{words.sealNote}</p>
        </div>
      </footer>
    </article>
  )
}
