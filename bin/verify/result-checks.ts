import { checkBeacon } from './beacon-checks.ts'
import { datesOf, isDecided, type Bundle, type PoolBundle, type Leaf, type Placed, type Scored } from './bundle.ts'
import { compare, concat, fromHex, toHex, utf8 } from './bytes.ts'
import { courseOf, entriesOf } from './course.ts'
import { check, hashLeavesCalmly, treeRootCalmly, type Findings, type Must, type Work } from './findings.ts'
import { checkMoves } from './move-checks.ts'
import { hmac, jcs, sha256 } from './primitives.ts'

/** What holds of every method's result: its entries name one another, secret and pool are those that were committed to, the beacon is the announced one. */
export function* checkResult(bundle: PoolBundle, findings: Findings): Work {
  const { draw: say, entries: names } = findings.say
  const { publication, freeze, tender } = bundle
  const entries = entriesOf(bundle)
  const course = isDecided(bundle) ? courseOf(bundle) : null
  const all = [...entries, ...(course?.later ?? [])]
  const terms = publication.facts.draw
  // A bundle's own name is the odd one out only when all entries agree against it.
  const agree = new Set(all.map(({ entry }) => entry.subject)).size === 1

  const dates = datesOf(bundle)

  yield* check(findings, say.named, (must) => {
    for (const { name, field, entry } of all) must(entry.subject === tender, agree ? '/tender' : `${field}/subject`, say.otherTender(names[name], entry.subject, tender))
    must(publication.facts.procedure.method === bundle.method, '/method', say.otherMethod(publication.facts.procedure.method))
    must(freeze.facts.draw.publication === publication.id, '/freeze/facts/draw/publication', say.otherPublication)
    must(!course || course.decided.freeze === freeze.id, `${course?.field}/freeze`, say.otherFreeze)
    must(course !== null || terms.commitment === bundle.commitment, '/commitment', say.otherCommitment)
    must(terms.number === bundle.drawNumber, '/drawNumber', say.otherNumber(terms.number))
    must(jcs(terms.first) === jcs(bundle.first), '/first', say.otherFirst)
    must((terms.first === null) === (terms.number === 1), '/publication/facts/draw/first', say.firstOfFirst)
    if (bundle.method === 'random' || bundle.method === 'credit-shortlist') return
    must(bundle.steps.opening.facts.opening.freeze === freeze.id, '/steps/opening/facts/opening/freeze', say.otherFreeze)
    must(!course || course.decided.opening === bundle.steps.opening.id, `${course?.field}/opening`, say.otherOpening)
  }, () => tender)

  yield* check(findings, say.inTime, (must) => {
    must(publication.at < terms.closesAt && terms.closesAt < terms.drawsAfter, '/publication/facts/draw/closesAt', say.outOfTime)
    must(freeze.at >= dates.closesAt, '/freeze/at', say.frozenEarly)
    all.slice(1).forEach(({ field, entry }, place) => must(entry.at >= all[place]!.entry.at, `${field}/at`, say.outOfTime))
    must(!course || entries.at(-1)!.entry.at >= course.decidesAfter, `${entries.at(-1)!.field}/at`, say.decidedEarly)
  }, () => [publication.at, dates.closesAt, ...entries.slice(1).map(({ entry }) => entry.at)].join(' → '))

  yield* checkMoves(bundle, findings)

  if (course) yield* check(findings, say.committed, (must) => {
    const { decided, field } = course
    must(terms.commitment === bundle.commitment, '/commitment', say.otherCommitment)
    must(decided.secret === bundle.secret, '/secret', say.otherSecret)
    const opened = toHex(sha256('mingdan/draw-secret/v1\0', fromHex(decided.secret)))
    must(opened === terms.commitment, `${field}/secret`, say.notCommitted)
  }, () => terms.commitment)

  const hashes = yield* hashLeavesCalmly(bundle.leaves)
  const root = toHex(yield* treeRootCalmly(hashes))
  yield* check(findings, say.pool(bundle.leaves.length), (must) => {
    checkPool(bundle, { hashes, root }, must, findings)
    must(!course || course.decided.poolRoot === freeze.facts.draw.poolRoot, `${course?.field}/poolRoot`, say.otherPool)
  }, () => root)
  if (!isDecided(bundle) || !course) return
  const { decided, field, decidesAfter } = course
  const [before, last] = entries.slice(-2).map(({ entry }) => entry.at) as [string, string]
  yield* checkBeacon({ shown: bundle.beacon, decided, field, terms, decidesAfter, before, decidedAt: last }, findings)
}

function checkPool(bundle: PoolBundle, { hashes, root }: { hashes: readonly Uint8Array[]; root: string }, must: Must, { say: { draw: say } }: Findings): void {
  const frozen = bundle.freeze.facts.draw
  const eligible = eligibleOf(bundle)
  const asFrozen = root === frozen.poolRoot
  must(hashes.length === bundle.leafHashes.length, '/leafHashes', say.leafCount(hashes.length, bundle.leafHashes.length))
  const changed = asFrozen ? 'leafHashes' : 'leaves'
  hashes.forEach((hash, index) => must(toHex(hash) === bundle.leafHashes[index], `/${changed}/${index}`, say.otherLeaf))
  must(asFrozen, '/leaves', say.otherRoot)
  must(toHex(sha256(jcs(bundle.leaves))) === bundle.freeze.payload, '/leaves', say.otherLeaves)
  bundle.leaves.forEach((leaf, index) => {
    must((leaf.standing === 'eligible') === (leaf.reasons.length === 0), `/leaves/${index}`, say.reasons)
    must(leaf.standing === 'excluded' || leaf.label !== null, `/leaves/${index}/label`, say.labelled)
    must(leaf.receivedAt < datesOf(bundle).closesAt, `/leaves/${index}/receivedAt`, say.late)
    must(index === 0 || bundle.leaves[index - 1]!.bidHash < leaf.bidHash, `/leaves/${index}/bidHash`, say.unsorted)
  })
  must(new Set(bundle.leaves.map(({ bid }) => bid)).size === bundle.leaves.length, '/leaves', say.bidTwice)
  must(new Set(eligible.map(({ label }) => label)).size === eligible.length, '/leaves', say.twice)
  must(frozen.received === bundle.leaves.length, '/freeze/facts/draw/received', say.counted(bundle.leaves.length))
  must(frozen.eligible === eligible.length, '/freeze/facts/draw/eligible', say.countedEligible(eligible.length))
  must(frozen.excluded === bundle.leaves.length - eligible.length, '/freeze/facts/draw/excluded', say.countedExcluded(bundle.leaves.length - eligible.length))
}

export type EligibleLeaf = Leaf & { label: string }

export const eligibleOf = ({ leaves }: PoolBundle): EligibleLeaf[] => leaves.filter((leaf): leaf is EligibleLeaf => leaf.standing === 'eligible' && leaf.label !== null)

/** Where a label falls in the draw that publication, freeze and beacon fixed, by the purpose of the bundle. */
export function positionsOf(bundle: Bundle): (label: string) => Uint8Array {
  const { decided } = courseOf(bundle)
  const input = jcs({ beacon: decided.beacon, poolRoot: bundle.freeze.facts.draw.poolRoot, tender: bundle.publication.subject, rules: bundle.publication.facts.draw.rules })
  const key = hmac(fromHex(decided.secret), input)
  return (label) => hmac(key, concat(`mingdan/draw/v1\0${bundle.purpose}\0${label}`, Uint8Array.of(1)))
}

/** By position, and equal ones by the labels' bytes. */
export const byPosition = (one: { position: Uint8Array; label: string }, other: typeof one): number => compare(one.position, other.position) || compare(utf8(one.label), utf8(other.label))

/** How many of an order are shown beside the check; the whole is in the bundle. */
const SHOWN = 3

type Place = Placed & Partial<Scored> & { balls?: number }

/** The order came out again: holds it against the one that the bundle shows, and against the payload and the winner in the log. */
export function* checkOrder(bundle: Bundle, order: readonly Place[], findings: Findings, sentence: string, shown: (placed: Place) => string = ({ label }) => label): Work {
  const { draw: say } = findings.say
  const { entries, decided, field } = courseOf(bundle)
  const published: readonly Place[] = bundle.steps.order
  yield* check(findings, sentence, (must) => {
    must(order.length === published.length, '/steps/order', say.tickets(order.length, published.length))
    order.forEach((placed, index) => {
      for (const name of Object.keys(placed) as (keyof Place)[]) must(jcs(published[index]?.[name] ?? null) === jcs(placed[name]), `/steps/order/${index}/${name}`, say.givesInstead(typeof placed[name] === 'object' ? jcs(placed[name]) : String(placed[name])))
    })
    // A shortlist has no winner until somebody is picked, and its draw names none.
    const winner = bundle.method === 'credit-shortlist' ? null : (order[0]?.label ?? null)
    const first = bundle.method === 'credit-shortlist' ? (bundle.steps.pick?.facts.pick.label ?? null) : winner
    must(bundle.winner === first, '/winner', say.givesInstead(String(first)))
    must(decided.winner === winner, `${field}/winner`, say.givesInstead(String(winner)))
    must(toHex(sha256(jcs(published))) === entries.at(-1)!.entry.payload, '/steps/order', say.otherOrder)
  }, () => order.slice(0, SHOWN).map((placed) => `${placed.place}. ${shown(placed)}`).join('\n') + (order.length > SHOWN ? `\n… (${order.length})` : ''))
}
