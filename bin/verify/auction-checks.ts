import { checkExtensions, roundAt, spansOf } from './auction-extensions.ts'
import { datesOf, isDecided, type AuctionBundle, type FailedAuction, type QuoteBody } from './bundle.ts'
import { toHex } from './bytes.ts'
import { check, type Findings, type Work } from './findings.ts'
import { checkOpening, rank } from './opening-checks.ts'
import { lengthOf } from './periods.ts'
import { jcs, sha256 } from './primitives.ts'
import { checkOrder, eligibleOf, positionsOf } from './result-checks.ts'

const wordsOf = ({ say }: Findings) => say.auction!
type Ended = AuctionBundle | FailedAuction
const LABEL_DIGITS = 12
const hashed = (value: unknown) => toHex(sha256(jcs(value)))

/** Did the auction run when and as publication said, quote after quote, and was the lowest at its end the winner? */
export function* checkAuction(bundle: Ended, findings: Findings): Work {
  const say = wordsOf(findings)
  yield* checkTimes(bundle, findings)
  if (bundle.steps.extensions || bundle.ledger?.steps.extensions || bundle.steps.opening.facts.auction.extensions) yield* checkExtensions(bundle, findings)
  const labelOf = yield* checkShown(bundle, findings)
  yield* checkChain(bundle, findings)
  if (findings.faults.length) return
  yield* checkSteps(bundle, labelOf, findings)
  const last = new Map(bundle.steps.bodies.map(({ bid, amountFen }) => [bid, amountFen]))
  yield* checkEnd(bundle, last, findings)
  const prices = bundle.steps.opened.flatMap(({ bid }) => (last.has(bid) ? [{ bid, label: labelOf.get(bid)!, value: last.get(bid)! }] : []))
  yield* checkOpening(bundle, prices, findings)
  if (isDecided(bundle)) yield* checkOrder(bundle, rank('live-auction', prices, positionsOf(bundle)), findings, say.ranked, ({ label, value }) => `${label}  ${say.money(value!)}`)
}

/** The rounds are counted from instants that publication, a deadline that moved, or a late freeze fixed. */
function* checkTimes(bundle: Ended, findings: Findings): Work {
  const say = wordsOf(findings)
  const { publication, freeze } = bundle
  const { auction } = publication.facts.procedure
  const { closesAt, drawsAfter } = datesOf(bundle)
  const { startsAt, endsAt } = freeze.facts.auction
  const length = auction.rounds * lengthOf(auction.round)
  const planned = Date.parse(closesAt) + lengthOf(auction.delay)
  const frozen = Date.parse(freeze.at)
  const starts = frozen <= planned ? planned : frozen + lengthOf(auction.delay)
  const [from, to] = [starts, starts + length].map((at) => new Date(at).toISOString()) as [string, string]
  yield* check(findings, say.times, (must) => {
    must(startsAt === from, '/freeze/facts/auction/startsAt', say.timesInstead(from, to))
    must(endsAt === to, '/freeze/facts/auction/endsAt', say.timesInstead(from, to))
    must(Date.parse(drawsAfter) >= planned + length, freeze.facts.draw.moved ? '/freeze/facts/draw/moved/drawsAfter' : '/publication/facts/draw/drawsAfter', say.tooEarly)
  }, () => `${startsAt} → ${endsAt}`)
}

/** Each eligible bid is shown as its leaf has it; from then on a bidder goes by its own code. */
function* checkShown(bundle: Ended, findings: Findings): Work<Map<string, string>> {
  const say = wordsOf(findings)
  const { opened } = bundle.steps
  const leafOf = new Map(eligibleOf(bundle).map((leaf) => [leaf.bid, leaf]))
  const labelOf = new Map(opened.map(({ bid, body }) => [bid, body.agency.uscc]))
  yield* check(findings, say.shown(leafOf.size), (must) => {
    opened.forEach(({ bid }, place) => must(leafOf.has(bid), `/steps/opened/${place}/bid`, say.notEligible))
    must(opened.length === leafOf.size && labelOf.size === leafOf.size, '/steps/opened', say.otherShown(leafOf.size, opened.length))
    opened.forEach(({ bid, body }, place) => {
      const leaf = leafOf.get(bid)
      must(!leaf || (hashed(body) === leaf.bidHash && body.tender === bundle.tender && body.bid === bid), `/steps/opened/${place}/body`, say.otherBody)
    })
    bundle.leaves.forEach(({ standing, label, bidHash }, place) => must(standing === 'excluded' || label === bidHash.slice(0, LABEL_DIGITS), `/leaves/${place}/label`, say.otherLabel))
    must(new Set(labelOf.values()).size === labelOf.size, '/steps/opened', say.twice)
  })
  return labelOf
}

/** Is every quote the one that the log took at its time, and does each name the one before it? */
function* checkChain({ tender, freeze, steps: { quotes, bodies }, ledger }: Ended, findings: Findings): Work {
  const say = wordsOf(findings)
  yield* check(findings, say.chained(bodies.length), (must) => {
    must(quotes.length === bodies.length, '/steps/bodies', say.otherCount(quotes.length, bodies.length))
    must(!ledger || ledger.steps.quotes.length === quotes.length, '/ledger/steps/quotes', findings.say.ledger.unproven)
    bodies.forEach((body, place) => {
      const entry = quotes[place]
      if (!entry) return
      const field = `/steps/bodies/${place}`
      if (hashed(body) !== entry.facts.bid) return must(false, field, say.otherQuote)
      const previous = quotes[place - 1]?.facts.bid ?? freeze.facts.draw.poolRoot
      must(body.sequence === place + 1, `${field}/sequence`, say.outOfRow)
      must(body.previous === previous, `${field}/previous`, say.outOfRow)
      must(body.tender === tender, `${field}/tender`, say.outOfRow)
      must(body.quotedAt === entry.at, `${field}/quotedAt`, say.otherInstant)
    })
    must(new Set(bodies.map(({ quote }) => quote)).size === bodies.length, '/steps/bodies', say.outOfRow)
  }, () => quotes.at(-1)?.facts.bid)
}

/** Was each quote made in its round and as low as it had to be? */
function* checkSteps(bundle: Ended, labelOf: ReadonlyMap<string, string>, findings: Findings): Work {
  const say = wordsOf(findings)
  const { bodies } = bundle.steps
  const { ceilingFen, procedure: { auction } } = bundle.publication.facts
  const spans = spansOf(bundle)
  yield* check(findings, say.stepped, (must) => {
    bodies.forEach((body, place) => {
      const field = `/steps/bodies/${place}`
      const round = roundAt(spans, Date.parse(body.quotedAt), lengthOf(auction.round))
      must(labelOf.has(body.bid), `${field}/bid`, say.stranger)
      if (round === null) return must(false, `${field}/quotedAt`, say.outside)
      must(round === body.round, `${field}/round`, say.roundInstead(round))
      const earlier = bodies.slice(0, place)
      const most = highest(earlier, body, { ceilingFen, stepFen: auction.stepFen })
      must(body.amountFen <= most, `${field}/amountFen`, say.tooHigh(most))
      must(earlier.filter(({ bid, round: of }) => bid === body.bid && of === body.round).length < auction.quotesPerRound, field, say.tooMany(auction.quotesPerRound))
    })
  }, () => String(bodies.length))
}

/** At most the ceiling, a step below one's own last quote, and a step below the best price of the rounds before. */
function highest(earlier: readonly QuoteBody[], { bid, round }: QuoteBody, { ceilingFen, stepFen }: { ceilingFen: number; stepFen: number }): number {
  const above = earlier.filter((quote) => quote.bid === bid || quote.round < round).map(({ amountFen }) => amountFen - stepFen)
  return Math.min(ceilingFen, ...above)
}

/** Does the end count every quote, and give each bidder the price of its last? */
function* checkEnd(bundle: Ended, last: ReadonlyMap<string, number>, findings: Findings): Work {
  const say = wordsOf(findings)
  const { freeze, steps: { opening, opened, quotes } } = bundle
  yield* check(findings, say.ended, (must) => {
    must(Date.parse(opening.at) >= spansOf(bundle).at(-1)!.to, '/steps/opening/at', say.endedEarly)
    must(opening.facts.auction.quotes === quotes.length, '/steps/opening/facts/auction/quotes', say.otherLast)
    must(opening.facts.auction.last === (quotes.at(-1)?.facts.bid ?? freeze.facts.draw.poolRoot), '/steps/opening/facts/auction/last', say.otherLast)
    opened.forEach(({ bid, outcome, reason, amountFen }, place) => {
      const fen = last.get(bid) ?? null
      const field = `/steps/opened/${place}`
      must(amountFen === fen, `${field}/amountFen`, say.otherPrice(fen))
      must(outcome === (fen === null ? 'invalid' : 'valid'), `${field}/outcome`, say.otherPrice(fen))
      must(reason === (fen === null ? 'no-quote' : null), `${field}/reason`, say.otherPrice(fen))
    })
  })
}
