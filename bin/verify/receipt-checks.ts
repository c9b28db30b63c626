import type { AnyBundle, AuctionBundle, DirectBundle, FailedAuction, Proof, PublishedKeys, Receipt } from './bundle.ts'
import { toHex } from './bytes.ts'
import { check, type Findings, type Work } from './findings.ts'
import { parseStrictly } from './json.ts'
import { sha256 } from './primitives.ts'
import { keysShape, receiptShape } from './receipt-shape.ts'
import { isSignedObject } from './signatures.ts'
import { faultsOfShape } from './shape.ts'

export const wordsOf = ({ say }: Findings) => say.receipt!

/** What a receipt can be held against: a draw's bundle, the proof of its entry, and what `/.well-known/mingdan-keys.json` said. `quotes` looks among an auction's, and says whether it is there; `accepted` holds it against what a named agency sent. */
export type Beside = { bundle?: AnyBundle | undefined; proof?: Proof | undefined; keys?: string | undefined; quotes?: ((receipt: Receipt, bundle: AuctionBundle | FailedAuction, findings: Findings) => Work<boolean>) | undefined; accepted?: ((receipt: Receipt, bundle: DirectBundle, findings: Findings) => Work) | undefined }

/** Reads a receipt's file; its faults are told where it is none. */
export function readReceipt(text: string, findings: Findings): Receipt | undefined {
  const { say } = findings
  const json = /-----BEGIN MINGDAN RECEIPT-----(.*)-----END MINGDAN RECEIPT-----/s.exec(text)?.[1] ?? text
  const given = parseStrictly(json, say)
  if (given.fault) findings.faults.push({ field: 'receipt', wrong: wordsOf(findings).none })
  else findings.faults.push(...faultsOfShape(receiptShape, given.value, say, 'receipt'))
  return findings.faults.length ? undefined : (given.value as Receipt)
}

/** Is this receipt what the platform signed, and was its bid taken into the pool and the log as it was received? */
export function* checkReceipt(receipt: Receipt, { bundle, proof, keys, quotes, accepted }: Beside, findings: Findings): Work {
  const say = wordsOf(findings)
  const hash = toHex(sha256(receipt.body))
  const published = keys === undefined ? undefined : readKeys(keys, findings)
  const signer = published?.keys.find(({ keyId, purpose }) => keyId === receipt.signature.keyId && purpose === 'decision')
  // A signature that holds over the hash that the body really has shows which of the two was changed.
  const bodyChanged = hash !== receipt.bidHash && signer !== undefined && !(yield* isSignedObject('receipt', { ...receipt, bidHash: hash }, signer.publicKey, findings))
  yield* check(findings, say.hashed, (must) => must(hash === receipt.bidHash, bodyChanged ? 'receipt/body' : 'receipt/bidHash', say.otherHash), () => receipt.bidHash)
  if (published) {
    const isSigned = signer !== undefined && (yield* isSignedObject('receipt', receipt, signer.publicKey, findings))
    yield* check(findings, say.signed, (must) => {
      must(signer !== undefined, 'receipt/signature/keyId', say.strangeKey)
      if (signer) must(hash !== receipt.bidHash || isSigned, 'receipt', say.notSigned)
    }, () => say.signedValue(receipt.receivedAt, receipt.promisedBy, receipt.signature.keyId))
  }
  const parts = sealedParts(receipt.body)
  if (parts) {
    yield* check(findings, say.sealed, (must) => must(parts.every(({ header }) => header?.tender === receipt.tender && header.bid === receipt.bid), 'receipt/body', say.sealedElsewhere), () => parts.map(({ header }) => `${header?.part} → ${header?.holders}`).join(' · '))
  }
  if (bundle) yield* checkInBundle(receipt, bundle, { quotes, accepted }, findings)
  if (proof) {
    yield* check(findings, say.inLog, (must) => {
      must(proof.entry.id === receipt.entry, 'receipt/entry', say.otherEntry(proof.entry.id))
      must(proof.ledger.leafHash === receipt.leafHash, 'receipt/leafHash', say.otherLeafHash)
      must(proof.entry.facts.bid === receipt.bidHash, 'receipt/bidHash', say.otherBid)
      must(proof.entry.at === receipt.receivedAt, 'receipt/receivedAt', say.otherTime(proof.entry.at))
    }, () => say.place(proof.ledger.index))
  }
}

/** The parts of a bid that was sealed; undefined where the receipt's bid was not. Its text was hashed already, so a strange one is what was sent. */
function sealedParts(body: string): { header?: { tender?: unknown; bid?: unknown; part?: unknown; holders?: unknown } }[] | undefined {
  try {
    const { format, parts } = JSON.parse(body) as { format?: string; parts?: unknown }
    return format === 'mingdan-sealed-bid/v1' && Array.isArray(parts) ? parts.map((part: object | null) => part ?? {}) : undefined
  } catch {
    return undefined
  }
}

function* checkInBundle(receipt: Receipt, bundle: AnyBundle, { quotes, accepted }: Pick<Beside, 'quotes' | 'accepted'>, findings: Findings): Work {
  const say = wordsOf(findings)
  yield* check(findings, say.ofTender, (must) => must(receipt.tender === bundle.tender, 'receipt/tender', say.otherTender(receipt.tender)), () => receipt.tender)
  if (bundle.method === 'direct') return yield* accepted!(receipt, bundle, findings)
  if (quotes && bundle.method === 'live-auction' && (yield* quotes(receipt, bundle, findings))) return
  const place = bundle.leaves.findIndex(({ bidHash }) => bidHash === receipt.bidHash)
  const leaf = bundle.leaves[place]
  yield* check(findings, say.inPool, (must) => {
    must(leaf !== undefined, '/leaves', say.notInPool)
    must(!leaf || (leaf.bid === receipt.bid && leaf.receivedAt === receipt.receivedAt), '/leaves', say.otherLeaf)
  }, () => leaf && say.leaf(place, leaf.standing, leaf.reasons.join(', ')))
}

function readKeys(text: string, findings: Findings): PublishedKeys | undefined {
  const { value, fault } = parseStrictly(text, findings.say)
  const faults = fault ? [fault] : faultsOfShape(keysShape, value, findings.say)
  if (faults.length === 0) return value as PublishedKeys
  findings.faults.push({ field: 'keys', wrong: wordsOf(findings).noKeys })
  return undefined
}
