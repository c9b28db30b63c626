import { datesOf, isDecided, type AuctionBundle, type Failed, type PriceBundle, type Ranked, type SealedBundle } from './bundle.ts'
import { toHex } from './bytes.ts'
import { check, type Findings, type Work } from './findings.ts'
import { earliestAfter } from './periods.ts'
import { WHOLE } from './price.ts'
import { jcs, sha256 } from './primitives.ts'
import { byPosition } from './result-checks.ts'

/** A price that was opened again, or a last quote. `value` is what is compared: fen, or what a discount leaves in hundredths of a percent. */
export type Priced = { bid: string; label: string; value: number; /** The bidder's own number, where one was asked for. */ given?: string | undefined }

const sumOf = (prices: readonly Priced[]): bigint => prices.reduce((sum, { value }) => sum + BigInt(value), 0n)

export type OpenedBundle = SealedBundle | AuctionBundle | Failed

/** What the opening says of all prices together: the marks, the counts, the payload, and when the value may decide. */
export function* checkOpening(bundle: OpenedBundle, prices: readonly Priced[], findings: Findings): Work {
  const say = findings.say.opening!
  const { opening } = bundle.steps
  const opened: readonly { bid: string; low: string[]; envelope?: unknown; body?: unknown }[] = bundle.steps.opened
  const said = opening.facts.opening
  const { procedure } = bundle.publication.facts
  const marks = opened.map(({ bid }) => marksOf(bid, prices, bundle))
  const low = marks.filter(({ length }) => length > 0).length
  yield* check(findings, say.marked, (must) => {
    marks.forEach((found, place) => must(jcs(found) === jcs(opened[place]!.low), `/steps/opened/${place}/low`, say.marksInstead(found.join(', '))))
  }, () => String(low))
  yield* check(findings, say.counted, (must) => {
    must(toHex(sha256(jcs(opened.map(({ envelope: _envelope, body: _body, ...rest }) => rest)))) === opening.payload, '/steps/opened', say.otherPayload)
    must(said.valid === prices.length, '/steps/opening/facts/opening/valid', say.countInstead(prices.length))
    must(said.invalid === opened.length - prices.length, '/steps/opening/facts/opening/invalid', say.countInstead(opened.length - prices.length))
    must(said.low === low, '/steps/opening/facts/opening/low', say.countInstead(low))
    if (isDecided(bundle)) must(prices.length >= procedure.minimumBidders, '/steps/opening/facts/opening/valid', say.tooFew(procedure.minimumBidders))
  })
  if (!isDecided(bundle)) return yield* check(findings, say.failed(procedure.minimumBidders), (must) => {
    must(prices.length < procedure.minimumBidders, '/steps/opening/facts/opening/valid', say.enough(procedure.minimumBidders))
    must(opening.facts.minimumBidders === procedure.minimumBidders, '/steps/opening/facts/minimumBidders', say.otherLeast(procedure.minimumBidders))
  })
  const { drawsAfter } = datesOf(bundle)
  const terms = [opening.at < drawsAfter ? { at: Date.parse(drawsAfter), exact: true } : earliestAfter(opening.at, procedure.drawDelay)]
  if (low > 0) terms.push(earliestAfter(opening.at, procedure.lowQuote.explanation))
  const earliest = Math.max(...terms.map(({ at }) => at))
  yield* check(findings, say.explained, (must) => {
    const decides = Date.parse(said.decidesAfter)
    must(terms.every(({ exact }) => exact) ? decides === earliest : decides >= earliest, '/steps/opening/facts/opening/decidesAfter', say.decidesInstead(new Date(earliest).toISOString()))
  }, () => said.decidesAfter)
}

/** By which marks a price is abnormally low. Shares count in ten thousandths, so that nothing is low by a rounding. */
function marksOf(bid: string, prices: readonly Priced[], { publication: { facts } }: OpenedBundle): string[] {
  const { ofMean, ofNext, ofCeiling } = facts.procedure.lowQuote
  const own = prices.find((each) => each.bid === bid)
  if (!own) return []
  const [lowest, next] = prices.map(({ value }) => value).sort((a, b) => a - b)
  const isBelow = (price: bigint, share: number, whole: bigint) => price * BigInt(WHOLE) < BigInt(Math.round(share * WHOLE)) * whole
  const price = BigInt(own.value)
  const ceiling = facts.procedure.quote.kind === 'money' ? facts.ceilingFen : WHOLE
  return [
    ...(prices.length > 1 && isBelow(price * BigInt(prices.length), ofMean, sumOf(prices)) ? ['of-mean'] : []),
    ...(next !== undefined && own.value === lowest && isBelow(price, ofNext, BigInt(next)) ? ['of-next'] : []),
    ...(isBelow(price, ofCeiling, BigInt(ceiling)) ? ['of-ceiling'] : []),
  ]
}

/** The lowest first; or the nearest to the mean first, all at or below it before those above. Equal ones by their drawn positions. */
export function rank(method: (PriceBundle | AuctionBundle)['method'], prices: readonly Priced[], positionOf: (label: string) => Uint8Array): Ranked[] {
  const sum = sumOf(prices)
  const isAbove = ({ value }: Priced) => BigInt(value) * BigInt(prices.length) > sum
  const byPrice = (one: Priced, other: Priced) => {
    if (method !== 'average-price') return one.value - other.value
    const [above, otherAbove] = [isAbove(one), isAbove(other)]
    if (above !== otherAbove) return above ? 1 : -1
    return above ? one.value - other.value : other.value - one.value
  }
  return prices
    .map((each) => ({ ...each, position: positionOf(each.label) }))
    .sort((one, other) => byPrice(one, other) || byPosition(one, other))
    .map(({ label, bid, value, position }, place) => ({ place: place + 1, label, bid, value, position: toHex(position) }))
}
