import { isDecided, type PoolBundle, type Placed, type Proof } from './bundle.ts'
import { courseOf, entriesOf } from './course.ts'
import { check, type Findings, type Work } from './findings.ts'

export const AWARD = 'award.made'

/**
 * Did the award go to who stands at its place in the order? Those before it were passed over, or had the award and declined,
 * which has entries of its own; so no more can have been passed over than stand before it.
 */
export function* checkAward(bundle: PoolBundle, { entry, ledger }: Proof, findings: Findings, costAt?: (bundle: never, place: number) => number | undefined): Work {
  const { award: say } = findings.say
  const { winner, place, passedOver, amountFen } = entry.facts
  const placed = ((isDecided(bundle) ? bundle.steps.order : []) as readonly Placed[]).find((each) => each.place === place)
  yield* check(findings, say.awarded, (must) => {
    must(entry.subject === bundle.tender, 'award/entry/subject', say.otherTender(entry.subject))
    must(placed !== undefined && (bundle.method !== 'credit-shortlist' || placed.place <= bundle.publication.facts.procedure.smallList), 'award/entry/facts/place', say.noPlace)
    must(!placed || placed.label === winner, 'award/entry/facts/winner', say.otherWinner(String(placed?.label)))
    must(!placed || (Number.isSafeInteger(passedOver) && Number(passedOver) >= 0 && Number(passedOver) < placed.place), 'award/entry/facts/passedOver', say.otherCount(Number(place) - 1))
    must(ledger.index > [...entriesOf(bundle), ...(isDecided(bundle) ? courseOf(bundle).later : [])].at(-1)!.proven!.index, 'award/ledger/index', say.early)
    const costs = !isDecided(bundle) || bundle.method === 'random' || bundle.method === 'credit-shortlist' ? undefined : bundle.method === 'live-auction' ? bundle.steps.order.find((each) => each.place === place)?.value : costAt?.(bundle as never, Number(place))
    must(costs === undefined || amountFen === costs, 'award/entry/facts/amountFen', say.otherAmount(Number(costs)))
  }, () => say.to(String(winner), Number(place), Number(passedOver)))
}
