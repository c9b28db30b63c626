import { inOrder, type Findings } from './findings.ts'
import { hashLeaf, jcs, readCheckpoint, readLogKey, rootByInclusion, rootsByConsistency, type LogKey, type SignedCheckpoint } from './primitives.ts'
import type { Bundle } from './shape.ts'

const ENTRIES = ['publication', 'freeze', 'draw'] as const
const bytes = (hexes: readonly string[]) => hexes.map((hex) => Buffer.from(hex, 'hex'))

export type Kept = { keys: readonly string[]; checkpoint?: string }

/** Are the three entries in the log, unchanged and in this order, under a checkpoint that the log signed? */
export function checkLedger(bundle: Bundle, findings: Findings, kept: Kept): void {
  const check = inOrder(findings)
  const { ledger } = bundle
  if (!ledger) {
    findings.faults.push({ field: '/ledger', wrong: 'The draw is not under a checkpoint yet. Download the bundle again in a minute.' })
    return
  }
  let keys: LogKey[] = []
  check('Every verifier key has the id that its name and bytes give it.', (must) => {
    keys = ledger.keys.flatMap((text, place) => {
      const key = readLogKey(text)
      must(key !== undefined, `/ledger/keys/${place}`, 'This is not a verifier key, or its id is not its own.')
      return key ? [key] : []
    })
  })
  let checkpoint: SignedCheckpoint | undefined
  check('The log signed the checkpoint.', (must) => {
    checkpoint = readCheckpoint(ledger.checkpoint, keys)
    must(checkpoint !== undefined, '/ledger/checkpoint', 'The checkpoint is malformed, or a signature on it is false.')
    if (!checkpoint) return
    for (const [place, { name }] of keys.entries()) must(name === checkpoint.origin, `/ledger/keys/${place}`, `The key is named ${name}, the log ${checkpoint.origin}.`)
  })
  if (!checkpoint) return
  const { size, root } = checkpoint
  for (const name of ENTRIES) {
    check(`The entry of the ${name} is number ${ledger[name].index} of ${size} in the log, as the bundle shows it.`, (must) => {
      const fault = faultOfProof(jcs(bundle[name]), ledger[name], size, root)
      must(!fault, `${fault?.part === 'entry' ? `/${name}` : `/ledger/${name}/${fault?.part}`}`, fault?.wrong ?? '')
    })
  }
  check('The log took publication, freeze and draw in this order.', (must) => {
    must(ledger.publication.index < ledger.freeze.index, '/ledger/freeze/index', 'The freeze stands before the publication.')
    must(ledger.freeze.index < ledger.draw.index, '/ledger/draw/index', 'The draw stands before the freeze.')
  })
  check("The beacon's value is the root of the log as it stood when the freeze was its last entry.", (must) => {
    // The entry's own value, which the log vouches for; the bundle's copy of it is compared elsewhere.
    const { value } = bundle.draw.facts.draw.beacon
    const roots = rootsByConsistency(ledger.freeze.index + 1, size, Buffer.from(value, 'hex'), bytes(ledger.beacon))
    must(roots !== undefined, '/ledger/beacon', 'The proof has not as many steps as these sizes need.')
    if (!roots) return
    const older = roots.older.toString('hex') === value
    must(older && roots.newer.equals(root), '/ledger/beacon', "The proof does not lead from the beacon's value to the checkpoint.")
  })
  checkKept(checkpoint, keys, findings, kept)
}

type ProofFault = { part: 'entry' | 'leafHash' | 'index' | 'proof'; wrong: string }
const MOST_PLACES_TRIED = 65_536

/** Is the entry in the tree? If not, which of its four parts is the odd one out: what leads to the root when exchanged was changed. */
function faultOfProof(entry: string, { index, leafHash, proof }: { index: number; leafHash: string; proof: string[] }, size: number, root: Buffer): ProofFault | undefined {
  const leads = (leaf: Buffer, place: number) => rootByInclusion(place, size, leaf, bytes(proof))?.equals(root) ?? false
  const own = hashLeaf(entry)
  const named = Buffer.from(leafHash, 'hex')
  if (own.equals(named) && leads(own, index)) return undefined
  if (leads(own, index)) return { part: 'leafHash', wrong: 'This is not the hash of the entry, which is in the log.' }
  if (leads(named, index)) return { part: 'entry', wrong: 'The entry is not the one that the log has under this index: something in it was changed.' }
  const elsewhere = Array.from({ length: Math.min(size, MOST_PLACES_TRIED) }, (_, place) => place).find((place) => leads(own, place))
  if (elsewhere !== undefined) return { part: 'index', wrong: `The entry is in the log, but at index ${elsewhere}.` }
  return { part: 'proof', wrong: "The proof does not lead from the entry to the checkpoint's root." }
}

/** What one kept from earlier, or got from somebody else, must agree with what the bundle brings. */
function checkKept(checkpoint: SignedCheckpoint, keys: readonly LogKey[], findings: Findings, kept: Kept): void {
  const check = inOrder(findings)
  if (kept.keys.length) {
    check('A key that you kept signed the checkpoint.', (must) => {
      must(checkpoint.signers.some(({ text }) => kept.keys.includes(text)), '/ledger/keys', 'None of the keys you gave signed this checkpoint.')
    })
  }
  if (kept.checkpoint === undefined) return
  check('The checkpoint that you kept is of the same log and does not contradict this one.', (must) => {
    const trusted = kept.keys.length ? kept.keys.flatMap((text) => readLogKey(text) ?? []) : keys
    const own = readCheckpoint(kept.checkpoint!, trusted, { strangers: true })
    must(own !== undefined, '/ledger/checkpoint', 'The checkpoint you kept carries no valid signature by these keys.')
    if (!own) return
    must(own.origin === checkpoint.origin, '/ledger/checkpoint', `You kept a checkpoint of ${own.origin}; this one is of ${checkpoint.origin}.`)
    if (own.size === checkpoint.size) must(own.root.equals(checkpoint.root), '/ledger/checkpoint', 'The log signed two different trees of the same size. It is forked.')
    else findings.passed.push(`(You kept the checkpoint of ${own.size} entries, the bundle has that of ${checkpoint.size}. "npm run witness" proves that one continues the other.)`)
  })
}
