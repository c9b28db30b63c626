import { datesOf, type Bundle } from './bundle.ts'
import { compare, concat, fromHex, toHex, utf8 } from './bytes.ts'
import { check, hashLeavesCalmly, mapCalmly, treeRootCalmly, type Findings, type Must, type Work } from './findings.ts'
import { hmac, jcs, sha256 } from './primitives.ts'

/** Do the bundle's own fields say what its entries say, and does the draw come out the same again? */
export function* checkDraw(bundle: Bundle, findings: Findings): Work {
  const { draw: say, entries } = findings.say
  const terms = bundle.publication.facts.draw
  const frozen = bundle.freeze.facts.draw
  const drawn = bundle.draw.facts.draw
  const dates = datesOf(bundle)

  yield* check(findings, say.named, (must) => {
    for (const name of ['publication', 'freeze', 'draw'] as const) {
      // A tender's own name is the odd one out only when all three entries agree against it.
      must(bundle[name].subject === bundle.tender, majority(bundle) === bundle.tender ? `/${name}/subject` : '/tender', say.otherTender(entries[name], bundle[name].subject, bundle.tender))
    }
    must(frozen.publication === bundle.publication.id, '/freeze/facts/draw/publication', say.otherPublication)
    must(drawn.freeze === bundle.freeze.id, '/draw/facts/draw/freeze', say.otherFreeze)
    must(terms.number === bundle.drawNumber, '/drawNumber', say.otherNumber(terms.number))
    must(jcs(terms.first) === jcs(bundle.first), '/first', say.otherFirst)
    must((terms.first === null) === (terms.number === 1), '/publication/facts/draw/first', say.firstOfFirst)
  }, () => bundle.tender)

  yield* check(findings, say.inTime, (must) => {
    must(bundle.publication.at < terms.closesAt && terms.closesAt < terms.drawsAfter, '/publication/facts/draw/closesAt', say.outOfTime)
    // A deadline only ever moves forwards, and its draw with it.
    must(!frozen.moved || terms.closesAt < dates.closesAt, '/freeze/facts/draw/moved/closesAt', say.outOfTime)
    must(!frozen.moved || (terms.drawsAfter <= dates.drawsAfter && dates.closesAt < dates.drawsAfter), '/freeze/facts/draw/moved', say.outOfTime)
    must(bundle.freeze.at >= dates.closesAt, '/freeze/at', say.frozenEarly)
    must(bundle.draw.at >= dates.drawsAfter, '/draw/at', say.drawnEarly)
  }, () => [bundle.publication.at, dates.closesAt, bundle.freeze.at, bundle.draw.at].join(' → '))

  yield* check(findings, say.committed, (must) => {
    must(terms.commitment === bundle.commitment, '/commitment', say.otherCommitment)
    must(drawn.secret === bundle.secret, '/secret', say.otherSecret)
    const opened = toHex(sha256('mingdan/draw-secret/v1\0', fromHex(drawn.secret)))
    must(opened === terms.commitment, '/draw/facts/draw/secret', say.notCommitted)
  }, () => terms.commitment)

  const hashes = yield* hashLeavesCalmly(bundle.leaves)
  const root = toHex(yield* treeRootCalmly(hashes))
  yield* check(findings, say.pool(bundle.leaves.length), (must) => checkPool(bundle, { hashes, root }, must, findings), () => root)

  yield* check(findings, say.beacon, (must) => {
    must(jcs(bundle.beacon) === jcs(drawn.beacon), beaconField(bundle), say.otherBeacon)
    must(drawn.beacon.source === terms.source, '/draw/facts/draw/beacon/source', say.otherSource)
    must(drawn.beacon.at === dates.drawsAfter, '/draw/facts/draw/beacon/at', say.otherTime)
  }, () => bundle.beacon.value)

  const order = yield* drawAgain(bundle)
  yield* check(findings, say.drawnAgain, (must) => {
    must(order.length === bundle.order.length, '/order', say.tickets(order.length, bundle.order.length))
    order.forEach((placed, index) => {
      const published = bundle.order[index]
      for (const name of ['place', 'label', 'position'] as const) must(published?.[name] === placed[name], `/order/${index}/${name}`, say.givesInstead(String(placed[name])))
    })
    const winner = order[0]?.label ?? null
    must(bundle.winner === winner, '/winner', say.givesInstead(String(winner)))
    must(drawn.winner === winner, '/draw/facts/draw/winner', say.givesInstead(String(winner)))
    must(toHex(sha256(jcs(bundle.order))) === bundle.draw.payload, '/order', say.otherOrder)
  }, () => order.slice(0, SHOWN).map(({ place, label }) => `${place}. ${label}`).join('\n') + (order.length > SHOWN ? `\n… (${order.length})` : ''))
}

/** How many of the order are shown beside the check; the whole is in the bundle. */
const SHOWN = 3

function checkPool(bundle: Bundle, { hashes, root }: { hashes: readonly Uint8Array[]; root: string }, must: Must, { say: { draw: say } }: Findings): void {
  const frozen = bundle.freeze.facts.draw
  const eligible = bundle.leaves.filter(({ standing }) => standing === 'eligible')
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
  must(bundle.draw.facts.draw.poolRoot === frozen.poolRoot, '/draw/facts/draw/poolRoot', say.otherPool)
  must(frozen.received === bundle.leaves.length, '/freeze/facts/draw/received', say.counted(bundle.leaves.length))
  must(frozen.eligible === eligible.length, '/freeze/facts/draw/eligible', say.countedEligible(eligible.length))
  must(frozen.excluded === bundle.leaves.length - eligible.length, '/freeze/facts/draw/excluded', say.countedExcluded(bundle.leaves.length - eligible.length))
}

/** The draw itself, from what publication and freeze fixed. */
export function* drawAgain(bundle: Bundle): Work<Bundle['order']> {
  const { facts } = bundle.draw
  const input = jcs({ beacon: facts.draw.beacon, poolRoot: bundle.freeze.facts.draw.poolRoot, tender: bundle.publication.subject, rules: bundle.publication.facts.draw.rules })
  const key = hmac(fromHex(facts.draw.secret), input)
  const tickets = bundle.leaves.flatMap(({ standing, label }) => (standing === 'eligible' && label !== null ? [label] : []))
  const drawn = yield* mapCalmly(tickets, (label) => ({ label, position: hmac(key, concat(`mingdan/draw/v1\0${bundle.purpose}\0${label}`, Uint8Array.of(1))) }))
  drawn.sort((a, b) => compare(a.position, b.position) || compare(utf8(a.label), utf8(b.label)))
  return drawn.map(({ label, position }, index) => ({ place: index + 1, label, position: toHex(position) }))
}

function majority({ publication, freeze, draw, tender }: Bundle): string {
  const names = [publication.subject, freeze.subject, draw.subject, tender]
  return names.find((name) => names.filter((other) => other === name).length >= 3) ?? tender
}

function beaconField({ beacon, draw }: Bundle): string {
  const differs = (['source', 'at', 'value'] as const).find((name) => beacon[name] !== draw.facts.draw.beacon[name])
  return `/beacon/${differs ?? ''}`
}
