import { formatYuan } from '#app/domain/money.ts'
import type { ShownAuction } from '#app/domain/bids/auction-view.ts'
import { useNonce } from '#app/nonce.ts'
import { paths } from '#app/paths.ts'
import { useLengthOf } from './auction-length.ts'
import { Facts } from './facts.tsx'
import { useLocale, useWords } from './locale.tsx'
import { Money } from './money.tsx'
import { Section } from './page.tsx'
import { Remaining } from './remaining.tsx'
import { Instant } from './time.tsx'
import { auctionTexts } from '#app/words/auction-texts.ts'

/** Where an auction is now. Parts with a name are written anew by app/client/live-auction.ts as quotes come in; the page alone says the same. */
export function AuctionPanel({ auction, script }: { auction: ShownAuction; script: string | null }) {
  const { auction: words, tenders } = useWords()
  const locale = useLocale()
  const nonce = useNonce()
  const lengthOf = useLengthOf()
  const { number, now, own, terms, startsAt, endsAt } = auction
  const texts = auctionTexts(locale, { ...now, own })
  const part = (name: keyof typeof texts) => <span data-part={name}>{texts[name]}</span>
  // Before the first round there is nothing but its time to say.
  const begun = now.phase !== 'before'
  const next = now.phase === 'before' ? startsAt : (now.next?.startsAt ?? now.round?.endsAt)
  return (
    <Section title={texts.phase}>
      <div data-auction={script ? paths.auctionEvents(number) : undefined} data-phase={now.phase} data-at={new Date(now.at).toISOString()} aria-live="polite">
        <Facts
          items={[
            begun && { label: words.best, value: <strong className="auction-best">{part('best')}</strong> },
            own && begun && { label: words.rank, value: <strong>{part('rank')}</strong> },
            own && begun && { label: words.own, value: part('own') },
            own && now.phase === 'running' && { label: words.highest, value: part('highest') },
            own && now.phase === 'running' && { label: words.left, value: part('left') },
            now.phase === 'running' && { label: words.round, value: part('round') },
            next && { label: now.phase === 'before' ? words.starts : now.phase === 'paused' ? words.resumes : words.roundEnds, value: <><Instant at={next} seconds /> <span className="whole font-bold" role="timer" aria-live="off" data-until={new Date(next).toISOString()} data-label={words.timeLeft}><Remaining at={now.at} until={next} /></span></> },
            { label: words.ends, value: <Instant at={endsAt} seconds /> },
            begun && { label: words.quotes, value: part('quotes') },
            now.bidders > 0 && { label: words.bidders, value: words.biddersOf(now.bidders) },
            { label: words.rounds, value: words.roundsOf(now.rounds, lengthOf(terms.round)) },
            { label: words.step, value: words.stepOf(formatYuan(terms.stepFen)) },
            { label: tenders.facts.ceiling, value: <Money fen={auction.ceilingFen} /> },
          ]}
        />
      </div>
      {script ? <script type="module" src={script} nonce={nonce} suppressHydrationWarning /> : null}
    </Section>
  )
}
