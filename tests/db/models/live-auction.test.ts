import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect } from 'vitest'
import { placeQuote } from '#app/domain/bids/place-quote.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { served } from '#tests/support/served.ts'
import { aTender } from '#tests/support/tenders.ts'
import { act, anAgency, command } from './command.ts'
import { attendNow, bid, waitForNext } from './commands.ts'
import { CEILING, MOST, STEP, tell, type Model } from './model.ts'
import { outage } from './outage.ts'
import { atPrice, explaining } from './prices.ts'
import { roundNow } from './rounds.ts'
import { offeringTo, walkMethod } from './walk.ts'

const bids = (by: number) => bid(by, 0, ({ as, agencies, number }) => submitBid(as(agencies[by]!), { number, contribution: '' }))

/** As low as one must go now: a step below one's own last price, and below the best of the rounds before. */
function highest({ quotes }: Model, by: number, round: number): number {
  return Math.min(CEILING, ...quotes.filter((each) => each.by === by || each.round < round).map(({ yuan }) => yuan - STEP))
}

/** @param below how far below the highest that is taken; above it where it is negative */
const quote = (by: number, below: number) => {
  const price = (model: Model) => Math.max(1, highest(model, by, roundNow(model) ?? 1) - below)
  return act(`agency ${by} quotes ${below} below the highest`, {
    refusal: (model) => {
      const round = roundNow(model)
      if (!model.auction) return 'auction.not-started'
      if (model.held) return 'changes.suspended'
      if (model.cancelled) return 'changes.cancelled'
      if (model.now < model.auction.startsAt) return 'auction.not-started'
      if (!round) return model.now < model.auction.endsAt ? 'auction.paused' : 'auction.over'
      if (!model.standing.has(by)) return 'auction.not-a-bidder'
      if (model.quotes.filter((each) => each.by === by && each.round === round).length >= MOST.quotes) return 'auction.too-many-quotes'
      return price(model) > CEILING ? 'auction.over-ceiling' : price(model) > highest(model, by, round) ? 'auction.not-lower' : null
    },
    really: ({ as, agencies, number }, model) => placeQuote(as(agencies[by]!), { number, id: randomUUID(), amountFen: price(model) * 100 }),
    done: (model) => {
      model.quotes.push({ by, round: roundNow(model)!, yuan: price(model) })
      tell(model, 'quote.received')
    },
  })
}

walkMethod({
  name: 'live-auction',
  rules: { least: 2, decidedBy: 'auction', mayBeFirst: (prices) => atPrice(prices, Math.min(...prices.values())), inTurn: true },
  publish: async (database, as) => {
    await served(database, [])
    const stage = await aTender(database, as, { method: 'live-auction' })
    return { ...stage, agencies: await offeringTo(database, stage.listing) }
  },
  commands: [
    { weight: 5, arbitrary: anAgency.map(bids) },
    { weight: 12, arbitrary: fc.tuple(anAgency, fc.constantFrom(0, 0, 500, 20_000, -1)).map((given) => quote(...given)) },
    { weight: 3, arbitrary: fc.constantFrom(11, 12, 18, 25).map(outage) },
    explaining,
  ],
  bids: [bids(0), bids(1), bids(3)],
  // To the deadline, the freeze and the first round; then an outage in it, and on to the further rounds.
  known: [[waitForNext(0), waitForNext(0), attendNow(), waitForNext(0), quote(0, 0), outage(12), quote(1, 500), waitForNext(0), waitForNext(0), attendNow(), quote(1, 0), waitForNext(0), quote(3, 0), quote(0, 500), outage(11), attendNow(), command('there were further rounds', async ({ told }) => expect(told.get('auction.extended') ?? 0).toBeGreaterThan(0))]],
})
