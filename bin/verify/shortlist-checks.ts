import type { ShortlistBundle } from './bundle.ts'
import { compare, toHex, utf8 } from './bytes.ts'
import { check, type Findings, type Work } from './findings.ts'
import { earliestAfter } from './periods.ts'
import { byPosition, checkOrder, eligibleOf, positionsOf } from './result-checks.ts'

const wordsOf = ({ say }: Findings) => say.shortlist!

/** Does the shortlist come out the same again, and was one picked who is on it? */
export function* checkShortlist(bundle: ShortlistBundle, findings: Findings): Work {
  const say = wordsOf(findings)
  const { publication, steps } = bundle
  const { credit, bigList, smallList, pick: rule } = publication.facts.procedure
  const rankOf = (grade: string | undefined) => credit.balls.findIndex((each) => each.grade === grade)

  yield* check(findings, say.graded, (must) => {
    bundle.leaves.forEach(({ standing, credit: shown }, place) => {
      if (standing === 'excluded') return must(shown === null, `/leaves/${place}/credit`, say.noGrade)
      must(shown !== null && rankOf(shown?.grade) >= 0, `/leaves/${place}/credit`, say.strangeGrade)
      must(!shown || shown.entry !== null || shown.grade === credit.unrated, `/leaves/${place}/credit/grade`, say.unrated(credit.unrated))
    })
  }, () => credit.balls.map(({ grade, balls }) => `${grade} ${balls}`).join(' · '))

  const ranked = eligibleOf(bundle)
    .map(({ label, credit: shown }) => ({ label, rank: rankOf(shown?.grade) }))
    .filter(({ rank }) => rank >= 0)
    .sort((one, other) => one.rank - other.rank || compare(utf8(one.label), utf8(other.label)))
  const last = ranked[Math.min(bigList, ranked.length) - 1]
  const positionOf = positionsOf(bundle)
  const order = ranked
    .filter(({ rank }) => last !== undefined && rank <= last.rank)
    .map(({ label, rank }) => {
      const { balls } = credit.balls[rank]!
      const positions = Array.from({ length: balls }, (_, ball) => positionOf(`${label}\0${ball + 1}`)).sort(compare)
      return { label, balls, position: positions[0]! }
    })
    .sort(byPosition)
    .map(({ label, balls, position }, place) => ({ place: place + 1, label, balls, position: toHex(position) }))
  yield* checkOrder(bundle, order, findings, say.drawnAgain(order.length, Math.min(smallList, order.length)), ({ label, balls }) => `${label} · ${balls}`)

  const { draw, holds = [], pick } = steps
  const earliest = earliestAfter(draw.at, rule.within)
  // Each hold of the small list gave its owner the time back that it took.
  let { pickBy } = draw.facts.draw
  yield* check(findings, pick ? say.picked : say.notYet, (must) => {
    const by = Date.parse(draw.facts.draw.pickBy)
    must(earliest.exact ? by === earliest.at : by >= earliest.at, '/steps/draw/facts/draw/pickBy', say.pickByInstead(new Date(earliest.at).toISOString()))
    must(pick !== null || !bundle.ledger?.steps.pick, '/ledger/steps/pick', say.strayProof)
    must((bundle.ledger?.steps.holds?.length ?? holds.length) <= holds.length, '/ledger/steps/holds', say.strayProof)
    holds.forEach(({ at, facts: { picking } }, place) => {
      const field = `/steps/holds/${place}/facts/picking`
      must(picking.draw === draw.id, `${field}/draw`, say.otherDraw)
      must(picking.fromPickBy === pickBy, `${field}/fromPickBy`, findings.say.draw.givesInstead(pickBy))
      must((holds[place - 1] ?? draw).at <= picking.since && picking.since < pickBy, `${field}/since`, say.otherHold)
      pickBy = new Date(Date.parse(pickBy) + Date.parse(at) - Date.parse(picking.since)).toISOString()
      must(picking.pickBy === pickBy, `${field}/pickBy`, findings.say.draw.givesInstead(pickBy))
    })
    if (!pick) return
    const { label, place, by: whose, reason, draw: named } = pick.facts.pick
    must(named === draw.id, '/steps/pick/facts/pick/draw', say.otherDraw)
    must(place <= smallList && order[place - 1]?.label === label, '/steps/pick/facts/pick/label', say.notOnList)
    must((whose === 'owner') === pick.at < pickBy, '/steps/pick/at', say.otherTime)
    must(whose === 'owner' || place === 1, '/steps/pick/facts/pick/place', say.notFirst)
    must((whose === 'owner') === (reason !== undefined), '/steps/pick/facts/pick/reason', say.noReason)
  }, () => (pick ? `${pick.facts.pick.place}. ${pick.facts.pick.label}${pick.facts.pick.reason ? ` · ${pick.facts.pick.reason}` : ''}` : pickBy))
}
