import { canDecrypt } from '#verify/cipher'
import type { FailedMerit, FailedPrices, OpenedBid, SealedBundle } from './bundle.ts'
import { check, type Findings, type Work } from './findings.ts'
import { checkOpening, type Priced } from './opening-checks.ts'
import { WHOLE } from './price.ts'
import type { Put } from './release-checks.ts'
import { eligibleOf, type EligibleLeaf } from './result-checks.ts'
import { hashOf, KEYLESS, rulingOn, strangePart, type Quote, type Ruling } from './sealed.ts'

const valueOf = (quote: Quote): number => (quote.kind === 'money' ? quote.fen : WHOLE - quote.basisPoints)

/** What else must hold of a bid whose price is valid. */
type Also<B> = (bundle: B, opened: OpenedBid, ruling: Ruling) => Work<Ruling>
/** What the shares that holders showed come to, where bids may be sealed in shares. */
type Shared<B> = (bundle: B, findings: Findings) => Work<Put[] | undefined>

/** Opens every sealed bid again and holds what comes out against the opening. @returns the valid prices, or undefined where the bids are not those of the pool */
export function* openPrices<B extends SealedBundle | FailedPrices | FailedMerit>(bundle: B, findings: Findings, { shared, also }: { shared?: Shared<B>; also?: Also<B> }): Work<Priced[] | undefined> {
  const say = findings.say.sealed!
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

  const put = shared && (yield* shared(bundle, findings))
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

function* openAgain<B extends SealedBundle | FailedPrices | FailedMerit>(bundle: B, leafOf: ReadonlyMap<string, EligibleLeaf>, put: readonly Put[] | undefined, findings: Findings, also?: Also<B>): Work<Ruling[]> {
  const { opened } = bundle.steps
  const rulings: Ruling[] = []
  for (const [place, each] of opened.entries()) {
    const key = each.keys.offer
    const { label } = leafOf.get(each.bid)!
    const ruling = key === undefined ? (put ? { reason: put[place]!.reason! } : KEYLESS) : yield* rulingOn(each, key, label, bundle.tender, bundle.publication.facts)
    rulings.push(ruling.reason === null && also ? yield* also(bundle, each, ruling) : ruling)
    yield rulings.length < opened.length ? { done: rulings.length, of: opened.length } : findings
  }
  return rulings
}
