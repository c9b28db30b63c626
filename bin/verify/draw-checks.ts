import { inOrder, type Findings } from './findings.ts'
import { hashLeaf, hmac, jcs, sha256, treeRoot } from './primitives.ts'
import type { Bundle } from './shape.ts'

/** Do the bundle's own fields say what its entries say, and does the draw come out the same again? */
export function checkDraw(bundle: Bundle, findings: Findings): void {
  const check = inOrder(findings)
  const terms = bundle.publication.facts.draw
  const frozen = bundle.freeze.facts.draw
  const drawn = bundle.draw.facts.draw

  check('Publication, freeze and draw are of this tender and name one another.', (must) => {
    for (const name of ['publication', 'freeze', 'draw'] as const) {
      // A tender's own name is the odd one out only when all three entries agree against it.
      must(bundle[name].subject === bundle.tender, majority(bundle) === bundle.tender ? `/${name}/subject` : '/tender', `The entry is of ${bundle[name].subject}, the bundle of ${bundle.tender}.`)
    }
    must(frozen.publication === bundle.publication.id, '/freeze/facts/draw/publication', 'The freeze names another publication.')
    must(drawn.freeze === bundle.freeze.id, '/draw/facts/draw/freeze', 'The draw names another freeze.')
    must(terms.number === bundle.drawNumber, '/drawNumber', `Publication says draw no. ${terms.number}.`)
    must(jcs(terms.first) === jcs(bundle.first), '/first', 'Publication names another first draw, or none.')
    must((terms.first === null) === (terms.number === 1), '/publication/facts/draw/first', 'A first draw has none before it, and a later one names it.')
  })

  check('Published before the deadline, frozen after it, drawn not before the announced time.', (must) => {
    must(bundle.publication.at < terms.closesAt && terms.closesAt < terms.drawsAfter, '/publication/facts/draw/closesAt', 'Publication, deadline and draw do not follow one another.')
    must(bundle.freeze.at >= terms.closesAt, '/freeze/at', 'The pool was frozen before the deadline.')
    must(bundle.draw.at >= terms.drawsAfter, '/draw/at', 'The draw was held before the announced time.')
  })

  check('The secret is the one that publication was committed to.', (must) => {
    must(terms.commitment === bundle.commitment, '/commitment', 'Publication named another commitment.')
    must(drawn.secret === bundle.secret, '/secret', 'The draw revealed another secret.')
    const opened = sha256('mingdan/draw-secret/v1\0', Buffer.from(drawn.secret, 'hex')).toString('hex')
    must(opened === terms.commitment, '/draw/facts/draw/secret', 'The revealed secret does not hash to the commitment.')
  })

  check(`All ${bundle.leaves.length} received bids are in the pool, each either eligible or out for a stated reason.`, (must) => checkPool(bundle, must))

  check('The beacon is the announced one.', (must) => {
    must(jcs(bundle.beacon) === jcs(drawn.beacon), beaconField(bundle), 'The draw used another value.')
    must(drawn.beacon.source === terms.source, '/draw/facts/draw/beacon/source', 'Publication named another source.')
    must(drawn.beacon.at === terms.drawsAfter, '/draw/facts/draw/beacon/at', 'Publication named another time.')
  })

  check('Drawing again gives the same order and the same winner.', (must) => {
    const order = drawAgain(bundle)
    must(order.length === bundle.order.length, '/order', `There are ${order.length} tickets, not ${bundle.order.length}.`)
    order.forEach((placed, index) => {
      const published = bundle.order[index]
      for (const name of ['place', 'label', 'position'] as const) must(published?.[name] === placed[name], `/order/${index}/${name}`, `Drawing again gives ${placed[name]}.`)
    })
    const winner = order[0]?.label ?? null
    must(bundle.winner === winner, '/winner', `Drawing again gives ${winner}.`)
    must(drawn.winner === winner, '/draw/facts/draw/winner', `Drawing again gives ${winner}.`)
    must(sha256(jcs(bundle.order)).toString('hex') === bundle.draw.payload, '/order', 'The order is not the one whose hash the draw put into the log.')
  })
}

function checkPool(bundle: Bundle, must: (holds: boolean, field: string, wrong: string) => void): void {
  const frozen = bundle.freeze.facts.draw
  const eligible = bundle.leaves.filter(({ standing }) => standing === 'eligible')
  const hashes = bundle.leaves.map((leaf) => hashLeaf(jcs(leaf)))
  const asFrozen = (leaves: readonly Buffer[]) => treeRoot(leaves).toString('hex') === frozen.poolRoot
  must(hashes.length === bundle.leafHashes.length, '/leafHashes', `There are ${hashes.length} leaves and ${bundle.leafHashes.length} hashes.`)
  const changed = asFrozen(hashes) ? 'leafHashes' : 'leaves'
  hashes.forEach((hash, index) => must(hash.toString('hex') === bundle.leafHashes[index], `/${changed}/${index}`, 'The leaf and its hash differ.'))
  must(asFrozen(hashes), '/leaves', "The leaves do not give the pool's root.")
  must(sha256(jcs(bundle.leaves)).toString('hex') === bundle.freeze.payload, '/leaves', 'The leaves are not those whose hash the freeze put into the log.')
  bundle.leaves.forEach((leaf, index) => {
    must((leaf.standing === 'eligible') === (leaf.reasons.length === 0), `/leaves/${index}`, 'An eligible bid has no reason against it, an excluded one has.')
    must(leaf.standing === 'excluded' || leaf.label !== null, `/leaves/${index}/label`, 'An eligible bid has a label.')
    must(leaf.receivedAt < bundle.publication.facts.draw.closesAt, `/leaves/${index}/receivedAt`, 'This bid came at the deadline or after it.')
    must(index === 0 || bundle.leaves[index - 1]!.bidHash < leaf.bidHash, `/leaves/${index}/bidHash`, 'The leaves do not stand in the order of their hashes.')
  })
  must(new Set(eligible.map(({ label }) => label)).size === eligible.length, '/leaves', 'A bidder has two tickets.')
  must(bundle.draw.facts.draw.poolRoot === frozen.poolRoot, '/draw/facts/draw/poolRoot', 'The draw used another pool.')
  must(frozen.received === bundle.leaves.length, '/freeze/facts/draw/received', `There are ${bundle.leaves.length} leaves.`)
  must(frozen.eligible === eligible.length, '/freeze/facts/draw/eligible', `${eligible.length} leaves are eligible.`)
  must(frozen.excluded === bundle.leaves.length - eligible.length, '/freeze/facts/draw/excluded', `${bundle.leaves.length - eligible.length} leaves are excluded.`)
}

/** The draw itself, from what publication and freeze fixed. */
export function drawAgain(bundle: Bundle): Bundle['order'] {
  const { facts } = bundle.draw
  const input = jcs({ beacon: facts.draw.beacon, poolRoot: bundle.freeze.facts.draw.poolRoot, tender: bundle.publication.subject, rules: bundle.publication.facts.draw.rules })
  const key = hmac(Buffer.from(facts.draw.secret, 'hex'), input)
  const tickets = bundle.leaves.flatMap(({ standing, label }) => (standing === 'eligible' && label !== null ? [label] : []))
  const drawn = tickets.map((label) => ({ label, position: hmac(key, Buffer.concat([Buffer.from(`mingdan/draw/v1\0${bundle.purpose}\0${label}`), Uint8Array.of(1)])) }))
  drawn.sort((a, b) => a.position.compare(b.position) || Buffer.from(a.label).compare(Buffer.from(b.label)))
  return drawn.map(({ label, position }, index) => ({ place: index + 1, label, position: position.toString('hex') }))
}

function majority({ publication, freeze, draw, tender }: Bundle): string {
  const names = [publication.subject, freeze.subject, draw.subject, tender]
  return names.find((name) => names.filter((other) => other === name).length >= 3) ?? tender
}

function beaconField({ beacon, draw }: Bundle): string {
  const differs = (['source', 'at', 'value'] as const).find((name) => beacon[name] !== draw.facts.draw.beacon[name])
  return `/beacon/${differs ?? ''}`
}
