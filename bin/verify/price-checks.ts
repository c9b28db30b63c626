import { canDecrypt } from '#verify/cipher'
import type { MeritBundle, OpenedBid, Period, PriceBundle, Ranked, SealedBundle } from './bundle.ts'
import { toHex } from './bytes.ts'
import { check, type Findings, type Work } from './findings.ts'
import { WHOLE } from './price.ts'
import { pricesEn, pricesZh } from './price-sentences.ts'
import { jcs, sha256 } from './primitives.ts'
import { byPosition, checkOrder, eligibleOf, positionsOf, type EligibleLeaf } from './result-checks.ts'
import { hashOf, isPlanIn, keylessRuling, rulingOn, strangePart, type Quote, type Ruling } from './sealed.ts'

/** A price that was opened again. `value` is what is compared: fen, or what a discount leaves in hundredths of a percent. */
export type Priced = { bid: string; label: string; value: number }

const valueOf = (quote: Quote): number => (quote.kind === 'money' ? quote.fen : WHOLE - quote.basisPoints)
const sumOf = (prices: readonly Priced[]): bigint => prices.reduce((sum, { value }) => sum + BigInt(value), 0n)

export const wordsOf = ({ say: { language } }: Findings) => (language === 'zh' ? pricesZh : pricesEn)

/** Do the sealed bids open to what the opening says of them, and do the prices rank as the result says? */
export function* checkPrices(bundle: PriceBundle, findings: Findings): Work {
  const say = wordsOf(findings)
  const prices = yield* openPrices(bundle, findings)
  if (!prices) return
  const { quote } = bundle.publication.facts.procedure
  const order = rank(bundle.method, prices, positionsOf(bundle))
  yield* checkOrder(bundle, order, findings, say.ranked[bundle.method], ({ label, value }) => `${label}  ${quote.kind === 'money' ? say.money(value!) : say.discount(WHOLE - value!)}`)
}

/** Opens every sealed bid again and holds what comes out against the opening. @returns the valid prices, or undefined where the bids are not those of the pool */
export function* openPrices(bundle: SealedBundle, findings: Findings): Work<Priced[] | undefined> {
  const say = wordsOf(findings)
  const { opened } = bundle.steps
  if (!canDecrypt()) {
    findings.faults.push({ field: '/steps/opened', wrong: say.cannotDecrypt })
    return undefined
  }
  const leafOf = new Map(eligibleOf(bundle).map((leaf) => [leaf.bid, leaf]))

  yield* check(findings, say.allOpened(leafOf.size), (must) => {
    opened.forEach(({ bid }, place) => must(leafOf.has(bid), `/steps/opened/${place}/bid`, say.notEligible))
    must(opened.length === leafOf.size && new Set(opened.map(({ bid }) => bid)).size === leafOf.size, '/steps/opened', say.otherOpened(leafOf.size, opened.length))
  })
  yield* check(findings, say.asReceived, (must) => {
    opened.forEach((each, place) => {
      const leaf = leafOf.get(each.bid)
      if (!leaf) return
      must(hashOf(each) === leaf.bidHash, `/steps/opened/${place}/envelope`, say.otherEnvelope)
      const odd = strangePart(each, leaf.label, bundle.tender, bundle.publication.facts)
      must(odd === undefined, `/steps/opened/${place}/envelope/${odd}`, say.strangeHeader)
    })
  })
  if (findings.faults.length) return undefined

  const rulings = yield* openAgain(bundle, leafOf, findings)
  yield* check(findings, say.ruled, (must) => {
    rulings.forEach(({ reason }, place) => {
      const { outcome, reason: said } = opened[place]!
      must(reason === said, `/steps/opened/${place}/${reason === 'other-commitment' ? 'keys/offer' : reason === 'no-plan' && opened[place]!.keys.plan !== undefined ? 'keys/plan' : 'reason'}`, say.ruledInstead(reason))
      must(outcome === (reason === null ? 'valid' : 'invalid'), `/steps/opened/${place}/outcome`, say.ruledInstead(reason))
    })
  }, () => say.validOf(rulings.filter(({ reason }) => reason === null).length, rulings.length))

  const prices = rulings.flatMap((ruling, place) => (ruling.reason === null ? [{ bid: opened[place]!.bid, label: leafOf.get(opened[place]!.bid)!.label, value: valueOf(ruling.quote) }] : []))
  yield* checkOpening(bundle, prices, findings)
  return prices
}

function* openAgain(bundle: SealedBundle, leafOf: ReadonlyMap<string, EligibleLeaf>, findings: Findings): Work<Ruling[]> {
  const { opened } = bundle.steps
  const rulings: Ruling[] = []
  for (const each of opened) {
    const key = each.keys.offer
    const { label } = leafOf.get(each.bid)!
    const ruling = key === undefined ? keylessRuling(each.reason, bundle.publication.facts.sealing) : yield* rulingOn(each, key, label, bundle.tender, bundle.publication.facts)
    rulings.push(bundle.method === 'merit' && ruling.reason === null ? yield* withPlan(bundle, each, ruling) : ruling)
    yield rulings.length < opened.length ? { done: rulings.length, of: opened.length } : findings
  }
  return rulings
}

/** A valid offer counts only with its plan. Where plans stay sealed, or no holder recovered the key, the word of the platform stands, and only the bidder can show better. */
function* withPlan({ publication: { facts }, tender }: MeritBundle, opened: OpenedBid, ruling: Ruling): Work<Ruling> {
  const { plans, planCharacters } = facts.procedure
  const key = opened.keys.plan
  if (key === undefined) return opened.reason === 'no-plan' || plans === 'opened' ? { reason: 'no-plan' } : ruling
  if (plans === 'sealed') return { reason: 'no-plan' }
  return (yield* isPlanIn(opened, key, opened.envelope.parts[0].header.uscc, tender, planCharacters)) ? ruling : { reason: 'no-plan' }
}

/** What the opening says of all prices together: the marks, the counts, the payload, and when the value may decide. */
function* checkOpening(bundle: SealedBundle, prices: readonly Priced[], findings: Findings): Work {
  const say = wordsOf(findings)
  const { opening, opened } = bundle.steps
  const said = opening.facts.opening
  const { procedure } = bundle.publication.facts
  const marks = opened.map(({ bid }) => marksOf(bid, prices, bundle))
  const low = marks.filter(({ length }) => length > 0).length
  yield* check(findings, say.marked, (must) => {
    marks.forEach((found, place) => must(jcs(found) === jcs(opened[place]!.low), `/steps/opened/${place}/low`, say.marksInstead(found.join(', '))))
  }, () => String(low))
  yield* check(findings, say.counted, (must) => {
    must(toHex(sha256(jcs(opened.map(({ envelope: _envelope, ...rest }: OpenedBid) => rest)))) === opening.payload, '/steps/opened', say.otherPayload)
    must(said.valid === prices.length, '/steps/opening/facts/opening/valid', say.countInstead(prices.length))
    must(said.invalid === opened.length - prices.length, '/steps/opening/facts/opening/invalid', say.countInstead(opened.length - prices.length))
    must(said.low === low, '/steps/opening/facts/opening/low', say.countInstead(low))
    must(prices.length >= procedure.minimumBidders, '/steps/opening/facts/opening/valid', say.tooFew(procedure.minimumBidders))
  })
  const { drawsAfter } = bundle.publication.facts.draw
  const terms = [opening.at < drawsAfter ? { at: Date.parse(drawsAfter), exact: true } : earliestAfter(opening.at, procedure.drawDelay)]
  if (low > 0) terms.push(earliestAfter(opening.at, procedure.lowQuote.explanation))
  const earliest = Math.max(...terms.map(({ at }) => at))
  yield* check(findings, say.explained, (must) => {
    const decides = Date.parse(said.decidesAfter)
    must(terms.every(({ exact }) => exact) ? decides === earliest : decides >= earliest, '/steps/opening/facts/opening/decidesAfter', say.decidesInstead(new Date(earliest).toISOString()))
  }, () => said.decidesAfter)
}

const MILLISECONDS = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000, wd: 86_400_000 }

/** When a period is over at the earliest. Days end by a calendar with holidays that no bundle carries: so many times 24 hours is the least. */
export function earliestAfter(start: string, { n, unit }: Period): { at: number; exact: boolean } {
  return { at: Date.parse(start) + n * MILLISECONDS[unit], exact: unit !== 'd' && unit !== 'wd' }
}

/** By which marks a price is abnormally low. Shares count in ten thousandths, so that nothing is low by a rounding. */
function marksOf(bid: string, prices: readonly Priced[], { publication: { facts } }: SealedBundle): string[] {
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
function rank(method: PriceBundle['method'], prices: readonly Priced[], positionOf: (label: string) => Uint8Array): Ranked[] {
  const sum = sumOf(prices)
  const isAbove = ({ value }: Priced) => BigInt(value) * BigInt(prices.length) > sum
  const byPrice = (one: Priced, other: Priced) => {
    if (method === 'lowest-price') return one.value - other.value
    const [above, otherAbove] = [isAbove(one), isAbove(other)]
    if (above !== otherAbove) return above ? 1 : -1
    return above ? one.value - other.value : other.value - one.value
  }
  return prices
    .map((each) => ({ ...each, position: positionOf(each.label) }))
    .sort((one, other) => byPrice(one, other) || byPosition(one, other))
    .map(({ label, bid, value, position }, place) => ({ place: place + 1, label, bid, value, position: toHex(position) }))
}
