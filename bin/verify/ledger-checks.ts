import { isDecided, type AnyBundle, type Proven } from './bundle.ts'
import { equal, fromHex, toHex } from './bytes.ts'
import { courseOf, entriesOf } from './course.ts'
import { check, type Findings, type Work } from './findings.ts'
import { checkKept, type Kept } from './kept-checks.ts'
import { hashLeaf, jcs, readLogKey, rootByInclusion, rootsByConsistency, type LogKey } from './primitives.ts'
import { readCheckpoint, type SignedCheckpoint } from './signatures.ts'

const bytes = (hexes: readonly string[]) => hexes.map(fromHex)

/** Are the bundle's entries in the log, unchanged and in their order, under a checkpoint that the log signed? */
export function* checkLedger(bundle: AnyBundle, findings: Findings, kept: Kept): Work {
  const { ledger } = bundle
  const { say } = findings
  if (!ledger) {
    findings.faults.push({ field: '/ledger', wrong: say.ledger.notYet })
    return
  }
  const signed = yield* checkSigned(ledger, findings)
  if (!signed) return
  const { size, root } = signed.checkpoint
  const entries = entriesOf(bundle)
  const all = [...entries, ...(isDecided(bundle) ? courseOf(bundle).later : [])]
  // Only the lists of moves, of quotes, of releases and of holds, and a pick, may lack a proof; moves with more proofs are found here, quotes with the auction.
  const unproven = all.find(({ proven }) => !proven)
  const short = ledger.moves?.length !== bundle.moves?.length ? '/ledger/moves' : unproven && `/ledger${unproven.field.replace(/\/\d+$/, '')}`
  if (short) return void findings.faults.push({ field: short, wrong: say.ledger.unproven })
  const indices = all.map(({ proven }) => proven!.index)
  for (const { name, field, entry, proven } of all) yield* checkEntry(entry, proven!, { size, root }, say.entries[name], { entry: field, ledger: `/ledger${field}` }, findings)
  yield* check(findings, say.ledger.inOrder, (must) => {
    indices.forEach((index, place) => must(place === 0 || indices[place - 1]! < index, `/ledger${all[place]!.field}/index`, say.ledger.tooEarly(say.entries[all[place]!.name])))
  }, () => indices.map((index) => index + 1).join(' < '))
  // The entry's own value, which the log vouches for; the bundle's copy of it is compared elsewhere.
  const { source, value } = isDecided(bundle) ? courseOf(bundle).decided.beacon : { source: null, value: '' }
  const way = 'beacon' in ledger ? ledger.beacon : []
  if (source === 'local') yield* check(findings, say.ledger.beaconIsRoot(say.entries[entries.at(-2)!.name]), (must) => {
    const roots = rootsByConsistency(indices[entries.length - 2]! + 1, size, fromHex(value), bytes(way))
    must(roots !== undefined, '/ledger/beacon', say.ledger.steps)
    if (!roots) return
    const older = toHex(roots.older) === value
    must(older && equal(roots.newer, root), '/ledger/beacon', say.ledger.beaconLeads)
  }, () => value)
  else if (source) yield* check(findings, say.ledger.beaconElsewhere, (must) => must(way.length === 0, '/ledger/beacon', say.ledger.steps))
  yield* checkKept(signed, findings, kept)
}

/** Do the keys name themselves truly, and did they sign the checkpoint? */
export function* checkSigned(ledger: { checkpoint: string; keys: readonly string[] }, findings: Findings): Work<{ checkpoint: SignedCheckpoint; keys: LogKey[] } | undefined> {
  const { ledger: say } = findings.say
  const keys: LogKey[] = []
  yield* check(findings, say.keysNamed, (must) => {
    ledger.keys.forEach((text, place) => {
      const key = readLogKey(text)
      must(key !== undefined, `/ledger/keys/${place}`, say.noKey)
      if (key) keys.push(key)
    })
  }, () => ledger.keys.join('\n'))
  const checkpoint = yield* readCheckpoint(ledger.checkpoint, keys, findings)
  yield* check(findings, say.signed, (must) => {
    must(checkpoint !== undefined, '/ledger/checkpoint', say.notSigned)
    if (checkpoint) for (const [place, { name }] of keys.entries()) must(name === checkpoint.origin, `/ledger/keys/${place}`, say.otherLog(name, checkpoint.origin))
  }, () => checkpoint && say.sizeAndRoot(checkpoint.size, toHex(checkpoint.root)))
  return checkpoint && { checkpoint, keys }
}

/** Is this entry, as it is shown, in the tree under its index? */
export function* checkEntry(entry: unknown, proven: Proven, tree: Tree, name: string, fields: { entry: string; ledger: string }, findings: Findings): Work {
  const { say } = findings
  const fault = yield* faultOfProof(jcs(entry), proven, tree, findings)
  yield* check(findings, say.ledger.inLog(name, proven.index, tree.size), (must) => {
    if (fault) must(false, fault.part === 'entry' ? fields.entry : `${fields.ledger}/${fault.part}`, fault.wrong)
  }, () => proven.leafHash)
}

export type Tree = { size: number; root: Uint8Array }
type ProofFault = { part: 'entry' | 'leafHash' | 'index' | 'proof'; wrong: string }
const MOST_PLACES_TRIED = 65_536
const PLACES_AT_ONCE = 512

/** Is the entry in the tree? If not, which of its four parts is the odd one out: what leads to the root when exchanged was changed. */
function* faultOfProof(entry: string, { index, leafHash, proof }: Proven, { size, root }: Tree, { say: { ledger: say } }: Findings): Work<ProofFault | undefined> {
  const beside = bytes(proof)
  const leads = (leaf: Uint8Array, place: number) => {
    const found = rootByInclusion(place, size, leaf, beside)
    return found !== undefined && equal(found, root)
  }
  const own = hashLeaf(entry)
  const named = fromHex(leafHash)
  if (equal(own, named) && leads(own, index)) return undefined
  if (leads(own, index)) return { part: 'leafHash', wrong: say.otherLeafHash }
  if (leads(named, index)) return { part: 'entry', wrong: say.otherEntry }
  const places = Math.min(size, MOST_PLACES_TRIED)
  for (let place = 0; place < places; place++) {
    if (leads(own, place)) return { part: 'index', wrong: say.otherIndex(place) }
    if (place % PLACES_AT_ONCE === 0) yield { done: place, of: places }
  }
  return { part: 'proof', wrong: say.otherProof }
}
