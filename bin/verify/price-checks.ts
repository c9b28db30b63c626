import { isDecided, type FailedPrices, type PriceBundle } from './bundle.ts'
import type { Findings, Work } from './findings.ts'
import { byLots } from './lots.ts'
import { rank } from './opening-checks.ts'
import { WHOLE } from './price.ts'
import { checkReleases } from './release-checks.ts'
import { checkOrder, eligibleOf, positionsOf } from './result-checks.ts'
import { openPrices } from './sealed-checks.ts'

/** Do the sealed bids open to what the opening says of them, and do the prices rank as the result says? */
export function* checkPrices(bundle: PriceBundle | FailedPrices, findings: Findings): Work {
  const say = findings.say.prices!
  const prices = yield* openPrices(bundle, findings, { shared: checkReleases })
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
