import { canDecrypt } from '#verify/cipher'
import { isDecided, type FailedMerit, type FailedPrices, type OpenedBid, type PriceBundle, type SealedBundle } from './bundle.ts'
import { check, type Findings, type Work } from './findings.ts'
import { byLots } from './lots.ts'
import { WHOLE } from './price.ts'
import { checkOpening, rank, wordsOf, type Priced } from './opening-checks.ts'
import { checkReleases, type Put } from './release-checks.ts'
import { checkOrder, eligibleOf, positionsOf, type EligibleLeaf } from './result-checks.ts'
import { hashOf, KEYLESS, rulingOn, strangePart, type Quote, type Ruling } from './sealed.ts'

const valueOf = (quote: Quote): number => (quote.kind === 'money' ? quote.fen : WHOLE - quote.basisPoints)

/** Do the sealed bids open to what the opening says of them, and do the prices rank as the result says? */
export function* checkPrices(bundle: PriceBundle | FailedPrices, findings: Findings): Work {
  const say = wordsOf(findings)
  const prices = yield* openPrices(bundle, findings)
  if (!prices || !isDecided(bundle)) return
  const { quote, tie } = bundle.publication.facts.procedure
  const ordered = rank(bundle.method, prices, positionsOf(bundle))
  const leafOf = new Map(eligibleOf(bundle).map((leaf) => [leaf.bid, leaf]))
  const givenOf = new Map(prices.map(({ bid, given }) => [bid, given!]))
  const isLot = tie === 'electronic-lot'
  const order = isLot ? byLots(ordered, (bid) => ({ ...leafOf.get(bid)!, given: givenOf.get(bid)! })) : ordered
  // A number where none was asked for would be one that nobody gave.
  bundle.steps.order.forEach(({ lot }, place) => isLot || lot === undefined || findings.faults.push({ field: `/steps/order/${place}/lot`, wrong: say.noLot }))
  const priceOf = ({ value, lot }: { value?: number; lot?: number }) => `${quote.kind === 'money' ? say.money(value!) : say.discount(WHOLE - value!)}${lot === undefined ? '' : `  ${say.lot(lot)}`}`
  yield* checkOrder(bundle, order, findings, (isLot ? say.rankedByLot : say.ranked)[bundle.method], (placed) => `${placed.label}  ${priceOf(placed)}`)
}

/** What else must hold of a bid whose price is valid. */
type Also<B> = (bundle: B, opened: OpenedBid, ruling: Ruling) => Work<Ruling>

function* asRuled(_: unknown, __: OpenedBid, ruling: Ruling): Work<Ruling> {
  return ruling
}

/** Opens every sealed bid again and holds what comes out against the opening. @returns the valid prices, or undefined where the bids are not those of the pool */
export function* openPrices<B extends SealedBundle | FailedPrices | FailedMerit>(bundle: B, findings: Findings, also: Also<B> = asRuled): Work<Priced[] | undefined> {
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

  const put = yield* checkReleases(bundle, findings)
  if (findings.faults.length) return undefined
  const rulings = yield* openAgain(bundle, leafOf, put, findings, also)
  yield* check(findings, say.ruled, (must) => {
    rulings.forEach(({ reason }, place) => {
      const { outcome, reason: said } = opened[place]!
      must(reason === said, `/steps/opened/${place}/${reason === 'other-commitment' ? 'keys/offer' : reason === 'no-plan' && opened[place]!.keys.plan !== undefined ? 'keys/plan' : 'reason'}`, say.ruledInstead(reason))
      must(outcome === (reason === null ? 'valid' : 'invalid'), `/steps/opened/${place}/outcome`, say.ruledInstead(reason))
    })
  }, () => say.validOf(rulings.filter(({ reason }) => reason === null).length, rulings.length))

  const prices = rulings.flatMap((ruling, place) => (ruling.reason === null ? [{ bid: opened[place]!.bid, label: leafOf.get(opened[place]!.bid)!.label, value: valueOf(ruling.quote), given: ruling.lot }] : []))
  yield* checkOpening(bundle, prices, findings)
  return prices
}

function* openAgain<B extends SealedBundle | FailedPrices | FailedMerit>(bundle: B, leafOf: ReadonlyMap<string, EligibleLeaf>, put: readonly Put[] | undefined, findings: Findings, also: Also<B>): Work<Ruling[]> {
  const { opened } = bundle.steps
  const rulings: Ruling[] = []
  for (const [place, each] of opened.entries()) {
    const key = each.keys.offer
    const { label } = leafOf.get(each.bid)!
    const ruling = key === undefined ? (put ? { reason: put[place]!.reason! } : KEYLESS) : yield* rulingOn(each, key, label, bundle.tender, bundle.publication.facts)
    rulings.push(ruling.reason === null ? yield* also(bundle, each, ruling) : ruling)
    yield rulings.length < opened.length ? { done: rulings.length, of: opened.length } : findings
  }
  return rulings
}
