import { isDecided, type FailedMerit, type JudgeEntry, type MeritBundle, type Scored } from './bundle.ts'
import { toHex } from './bytes.ts'
import { check, type Findings, type Work } from './findings.ts'
import type { Priced } from './opening-checks.ts'
import { earliestAfter } from './periods.ts'
import { withPlan } from './plan-checks.ts'
import { openPrices } from './sealed-checks.ts'
import { jcs, sha256 } from './primitives.ts'
import { byPosition, checkOrder, positionsOf } from './result-checks.ts'

/** Points are counted in hundredths. */
const POINT = 100

const wordsOf = ({ say }: Findings) => say.merit!

/** Were all seats taken and all sheets committed before any was shown, and do prices and marks come to the order that the result says? Of a failure: were all seats taken, and too few bids valid? */
export function* checkMerit(bundle: MeritBundle | FailedMerit, findings: Findings): Work {
  const say = wordsOf(findings)
  const { facts } = bundle.publication
  const { criteria, judges } = facts.procedure
  const prices = yield* openPrices(bundle, findings, { also: withPlan })
  if (!prices) return
  yield* check(findings, say.weighed, (must) => {
    const field = '/publication/facts/procedure'
    must(criteria.reduce((sum, { weight }) => sum + weight, 0) === 100, `${field}/criteria`, say.notHundred)
    must(criteria.filter(({ kind }) => kind === 'price').length === 1 && new Set(criteria.map(({ code }) => code)).size === criteria.length, `${field}/criteria`, say.twice)
    must(judges % 2 === 1, `${field}/judges`, say.even)
  }, () => criteria.map(({ name, code, weight }) => `${name || code} ${weight}`).join('\n'))
  yield* checkSeats(bundle, findings)
  if (!isDecided(bundle)) return
  yield* checkSheets(bundle, prices, findings)
  yield* checkOrder(bundle, rank(bundle, prices), findings, say.ranked, ({ label, points }) => `${label}  ${say.points((points!.total / judges / POINT).toFixed(2))}`)
}

type Seat = 'invited' | 'declared' | 'committed'
/** What a seat must have come to before each entry, and what it comes to by it; undefined is a free seat. */
const MOVES: Record<string, { from: (Seat | undefined)[]; to?: Seat; stays?: true }> = {
  'judge.invited': { from: [undefined], to: 'invited' },
  'judge.declared': { from: ['invited'], to: 'declared' },
  'judge.silent': { from: ['invited', 'declared'], stays: true },
  'judge.stepped-back': { from: ['invited', 'declared'] },
  'judge.replaced': { from: ['invited', 'declared'] },
  'sheet.committed': { from: ['declared'], to: 'committed' },
}

/** Nobody judges who has not declared, nothing is opened before all have, nobody is replaced who has committed, and nothing is shown before all have. */
function* checkSeats(bundle: MeritBundle | FailedMerit, findings: Findings): Work {
  const say = wordsOf(findings)
  const { judges } = bundle.publication.facts.procedure
  const seats = new Map<number, Seat>()
  const all = (state: Seat) => seats.size === judges && [...seats.values()].every((each) => each === state)
  const isWhole = isDecided(bundle)
  yield* check(findings, isWhole ? say.seated(judges) : say.declared(judges), (must) => {
    const follow = (list: 'seated' | 'judged', entries: readonly JudgeEntry[]) => entries.forEach(({ kind, facts: { seat, by } }, place) => {
      const [move, state] = [MOVES[kind]!, seats.get(seat)]
      const fits = seat <= judges && move.from.includes(state) && (kind !== 'sheet.committed' || list === 'judged') && (by !== 'absent' || state === 'invited') && (by !== 'silent' || state === 'declared')
      must(fits, `/steps/${list}/${place}`, say.outOfTurn)
      if (move.to) seats.set(seat, move.to)
      else if (!move.stays) seats.delete(seat)
    })
    follow('seated', bundle.steps.seated)
    must(all('declared'), '/steps/seated', say.notDeclared)
    if (!isWhole) return
    follow('judged', bundle.steps.judged)
    must(all('committed'), '/steps/judged', say.notCommitted)
  })
}

/** Is every sheet the committed one and whole, and are all of them what became public together? */
function* checkSheets({ tender, publication, steps }: MeritBundle, prices: readonly Priced[], findings: Findings): Work {
  const say = wordsOf(findings)
  const { procedure } = publication.facts
  const { opening, reveal, result, sheets } = steps
  const said = reveal.facts.reveal
  const committed = new Map(steps.judged.flatMap(({ kind, facts }) => (kind === 'sheet.committed' ? [[facts.seat, facts.sheet] as const] : [])))
  const wanted = prices.flatMap(({ bid }) => procedure.criteria.flatMap(({ kind, code, weight }) => (kind === 'judged' ? [{ bid, code, weight }] : [])))
  yield* check(findings, say.asCommitted, (must) => {
    sheets.forEach(({ seat, hash, sheet }, place) => {
      const field = `/steps/sheets/${place}`
      must(seat === place + 1, `${field}/seat`, say.otherSeat)
      must(hash === committed.get(seat), `${field}/hash`, say.otherCommitment)
      must(toHex(sha256(jcs(sheet))) === hash, `${field}/sheet`, say.otherSheet)
      must(sheet.tender === tender && sheet.seat === seat, `${field}/sheet`, say.otherSeat)
    })
    must(sheets.length === procedure.judges && said.sheets === sheets.length, '/steps/sheets', say.sheetsInstead(procedure.judges))
    must(toHex(sha256(jcs(sheets))) === reveal.payload, '/steps/sheets', say.otherReveal)
    must(said.opening === opening.id, '/steps/reveal/facts/reveal/opening', say.otherEntry)
    must(result.facts.result.reveal === reveal.id, '/steps/result/facts/result/reveal', say.otherEntry)
  }, () => sheets.map(({ hash }) => hash).join('\n'))
  yield* check(findings, say.whole, (must) => {
    sheets.forEach(({ sheet: { marks } }, place) => {
      const field = `/steps/sheets/${place}/sheet/marks`
      must(marks.length === wanted.length, field, say.marksInstead(wanted.length))
      wanted.forEach(({ bid, code, weight }, nth) => {
        const mark = marks[nth]
        must(mark !== undefined && mark.bid === bid && mark.criterion === code && mark.points <= weight * POINT, `${field}/${nth}`, say.strangeMark)
      })
    })
  }, () => say.marks(wanted.length * sheets.length))
  const value = earliestAfter(reveal.at, procedure.drawDelay)
  yield* check(findings, say.waited, (must) => {
    const earliest = Math.max(value.at, Date.parse(opening.facts.opening.decidesAfter))
    const decides = Date.parse(said.decidesAfter)
    must(value.exact ? decides === earliest : decides >= earliest, '/steps/reveal/facts/reveal/decidesAfter', say.decidesInstead(new Date(earliest).toISOString()))
  }, () => said.decidesAfter)
}

/** The price's points: all of them to the lowest, to any other `weight × lowest ÷ price`, in hundredths, rounded half up. */
function pricePoints(price: number, lowest: number, weight: number): number {
  if (price === lowest) return weight * POINT
  return Number((2n * BigInt(weight * POINT) * BigInt(lowest) + BigInt(price)) / (2n * BigInt(price)))
}

/** The most points first: the price's once for each judge, and all marks; equal ones by their drawn positions. */
function rank(bundle: MeritBundle, prices: readonly Priced[]): Scored[] {
  const { steps: { sheets }, publication: { facts } } = bundle
  const weight = facts.procedure.criteria.find(({ kind }) => kind === 'price')?.weight ?? 0
  const lowest = Math.min(...prices.map(({ value }) => value))
  const marks = sheets.flatMap(({ sheet }) => sheet.marks)
  const positionOf = positionsOf(bundle)
  return prices
    .map(({ label, bid, value }) => {
      const price = pricePoints(value, lowest, weight)
      const judged = marks.reduce((sum, mark) => (mark.bid === bid ? sum + mark.points : sum), 0)
      return { label, bid, price: value, position: positionOf(label), points: { price, judged, total: price * sheets.length + judged } }
    })
    .sort((one, other) => other.points.total - one.points.total || byPosition(one, other))
    .map(({ label, bid, price, position, points }, place) => ({ place: place + 1, label, bid, value: points.total, price, position: toHex(position), points }))
}
