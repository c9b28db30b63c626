import { ceiling, lowMarks, lowQuote, openingFacts, tooFew } from './price-shape.ts'
import { drawn, entryOf, evident, exactly, hash, instant, list, object, orFailed, orNull, period, placed, some, text, uuid, whole } from './shape.ts'

const clocked = object({ n: whole(1), unit: exactly('s', 'min', 'h') })
const auctioned = {
  procedure: object({
    rules: exactly('live-auction/v1'), method: text(), minimumBidders: whole(1), drawDelay: period, quote: object({ kind: exactly('money') }), lowQuote,
    auction: object({ delay: clocked, rounds: whole(1), round: clocked, stepFen: whole(1), quotesPerRound: whole(1), outage: clocked }, { maybe: ['outage'] }),
  }, { open: true }),
  ceilingFen: ceiling,
}

const last = object({ quotes: whole(), last: hash, extensions: list(uuid, 1) }, { maybe: ['extensions'] })

/** What a bundle of an auction has. */
export const auctionShape = orFailed('live-auction', auctioned, { before: {
  extensions: list(entryOf('auction.extended', { extension: object({ freeze: uuid, number: whole(1), cause: exactly('outage', 'operator'), gap: object({ from: instant, until: instant }), fromEndsAt: instant, startsAt: instant, endsAt: instant }) }), 1),
  quotes: list(entryOf('quote.received', { bid: hash })),
  bodies: list(object({ tender: some, quote: uuid, sequence: whole(1), round: whole(1), bid: uuid, amountFen: whole(1), quotedAt: instant, previous: hash, salt: text(/^[0-9a-f]{32}$/) })),
  opening: entryOf('auction.ended', { opening: openingFacts('to-rank'), auction: last }),
  opened: list(object({
    bid: uuid, outcome: exactly('valid', 'invalid'), reason: exactly(null, 'no-quote'), amountFen: orNull(whole(1)), low: lowMarks,
    body: object({ tender: some, bid: uuid, agency: object({ uscc: some, name: text() }), contribution: text(), salt: text() }),
  })),
}, after: {
  result: entryOf('bids.ranked', { result: object({ ...drawn, opening: uuid, purpose: exactly('tie') }, evident) }),
  order: list(object({ ...placed, bid: uuid, value: whole() })),
} }, entryOf('tender.failed', { opening: openingFacts('too-few-valid'), auction: last, ...tooFew }), { auction: object({ startsAt: instant, endsAt: instant }) })
