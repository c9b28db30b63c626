import { hasSignatures } from '#verify/crypto'
import { AWARD, checkAward } from './award-checks.ts'
import { isDecided, type AnyBundle, type AuctionBundle, type Bundle, type Consistency, type DirectBundle, type FailedAuction, type FailedMerit, type FailedPrices, type MeritBundle, type PriceBundle, type Proof, type Receipt, type ShortlistBundle } from './bundle.ts'
import type { Outside } from './beacon-checks.ts'
import { checkDraw } from './draw-checks.ts'
import { findingsIn, settled, type Fault, type Findings, type Say, type Work } from './findings.ts'
import { parseStrictly } from './json.ts'
import type { Kept } from './kept-checks.ts'
import { checkLedger } from './ledger-checks.ts'
import { checkProof } from './proof-checks.ts'
import type { Beside } from './receipt-checks.ts'
import { checkResult } from './result-checks.ts'
import { bundleShape, drawShape, faultsOfShape, notLoaded, proofShape, type PriceShapes, type Shape } from './shape.ts'
import type { Library } from './signatures.ts'

/** Texts to check, each at most once; `award` is the proof of an award's entry, `proof` of any other, and `keys` is what `/.well-known/mingdan-keys.json` said. */
export type Given = { bundle?: string | undefined; award?: string | undefined; proof?: string | undefined; consistency?: string | undefined; receipt?: string | undefined; keys?: string | undefined }

/** The findings, and what was read. */
export type Verified = Findings & { bundle?: AnyBundle | undefined; award?: Proof | undefined; proof?: Proof | undefined; receipt?: Receipt | undefined }

/** Parts of the program that a page loads only where they are needed; what is not at hand cannot be called right. */
export type Parts = { prices?: { shapes: PriceShapes; check: (bundle: PriceBundle | FailedPrices, findings: Findings) => Work; costAt: (bundle: PriceBundle, place: number) => number | undefined } | undefined; auction?: { shape: Shape; check: (bundle: AuctionBundle | FailedAuction, findings: Findings) => Work; receipt: Beside['quotes'] } | undefined; shortlist?: { shape: Shape; check: (bundle: ShortlistBundle, findings: Findings) => Work } | undefined; merit?: { shape: Shape; check: (bundle: MeritBundle | FailedMerit, findings: Findings) => Work; costAt: (bundle: MeritBundle, place: number) => number | undefined } | undefined; direct?: { shape: Shape; check: (bundle: DirectBundle, findings: Findings) => Work; award: (bundle: DirectBundle, proof: Proof, findings: Findings) => Work; receipt: Beside['accepted'] } | undefined; receipt?: { read: (text: string, findings: Findings) => Receipt | undefined; check: (receipt: Receipt, beside: Beside, findings: Findings) => Work } | undefined; consistency?: { shape: Shape; check: (states: Consistency, findings: Findings) => Work } | undefined; witnesses?: ((bundle: Bundle, findings: Findings) => Work) | undefined; drand?: Outside['drand']; lottery?: Pick<Outside, 'lottery' | 'rfc3797'>; library?: Library | undefined }

const FORMATS: Record<string, keyof Given> = { 'mingdan-proof/v1': 'proof', 'mingdan-consistency/v1': 'consistency', 'mingdan-receipt/v1': 'receipt', 'mingdan-keys/v1': 'keys' }

/** Which of the texts is this? What says nothing else is held for a bundle, so that its faults are named. */
export function kindOf(text: string): keyof Given {
  if (text.includes('-----BEGIN MINGDAN RECEIPT-----')) return 'receipt'
  try {
    const { format, entry } = JSON.parse(text) as { format?: unknown; entry?: { kind?: unknown } }
    const kind = FORMATS[String(format)] ?? 'bundle'
    return kind === 'proof' && entry?.kind === AWARD ? 'award' : kind
  } catch {
    return 'bundle'
  }
}

/** A receipt that was fetched once its entry was in the ledger brings the proof of it. */
function proofIn(receipt = ''): string | undefined {
  return /-----BEGIN MINGDAN PROOF-----(.*)-----END MINGDAN PROOF-----/s.exec(receipt)?.[1]
}

function* notAtHand(_: Bundle, { faults, say }: Findings): Work {
  faults.push({ field: '/witnesses', wrong: say.draw.notLoaded })
}

/**
 * Checks texts from nothing but themselves and what the reader kept. A receipt is looked at last, and only when what
 * it is held against stands.
 *
 * Where a field is bound by a hash or a signature over many, the fault names the part that is bound together:
 * what else agrees with the log cannot be the changed one.
 *
 * @param parts `library` checks signatures where the browser cannot; without a part what needs it is refused
 */
export function* verify(given: Given, kept: Kept, say: Say, { prices, auction, shortlist, merit, direct, receipt, consistency, witnesses, drand, lottery, library }: Parts): Work<Verified> {
  const findings: Verified = findingsIn(say, { outside: { drand, ...lottery }, library })
  if (!library && !(yield* settled(hasSignatures()))) {
    findings.faults.push({ field: '', wrong: say.draw.notLoaded })
    return findings
  }
  const own = { random: { shape: drawShape, check: checkDraw }, 'lowest-price': prices && { ...prices, shape: prices.shapes['lowest-price'] }, 'average-price': prices && { ...prices, shape: prices.shapes['average-price'] }, 'live-auction': auction, 'credit-shortlist': shortlist, merit, direct }
  const read = <T>(text: string | undefined, shape: Shape): T | undefined => {
    if (text === undefined) return undefined
    const { value, fault } = parseStrictly(text, say)
    const faults: Fault[] = fault ? [fault] : faultsOfShape(shape, value, say)
    findings.faults.push(...faults)
    if (faults.length === 0) findings.passed.push({ sentence: say.shape.complete, value: (value as { format: string }).format })
    return faults.length ? undefined : (value as T)
  }
  findings.bundle = read<AnyBundle>(given.bundle, bundleShape(own))
  yield findings
  if (findings.bundle) {
    yield* checkLedger(findings.bundle, findings, kept)
    if (findings.bundle.method !== 'direct') yield* checkResult(findings.bundle, findings)
    // Its shape has the bundle's, so that the part which knows the method is at hand.
    yield* own[findings.bundle.method]!.check(findings.bundle as never, findings)
    if (isDecided(findings.bundle) && (findings.bundle.witnesses || findings.bundle.ledger?.witnesses)) yield* (witnesses ?? notAtHand)(findings.bundle, findings)
  }
  for (const name of ['award', 'proof'] as const) {
    const before = findings.faults.length
    const proof = read<Proof>(given[name] ?? (name === 'proof' && given.bundle === undefined ? proofIn(given.receipt) : undefined), proofShape)
    if (proof) yield* checkProof(proof, findings, kept)
    // Beside a bundle the fields of a proof must not be taken for the bundle's.
    if (given.bundle !== undefined) findings.faults.forEach((fault, place) => place >= before && (fault.field = `${name}${fault.field}`))
    if (proof && name === 'award' && findings.bundle?.ledger) yield* findings.bundle.method === 'direct' ? direct!.award(findings.bundle, proof, findings) : checkAward(findings.bundle, proof, findings, findings.bundle.method === 'merit' ? merit?.costAt : prices?.costAt)
    findings[name] = proof
  }
  const states = read<Consistency>(given.consistency, consistency?.shape ?? notLoaded)
  if (states) yield* consistency!.check(states, findings)
  if (given.receipt === undefined || findings.faults.length) return findings
  if (!receipt) findings.faults.push({ field: 'receipt', wrong: say.draw.notLoaded })
  findings.receipt = receipt?.read(given.receipt, findings)
  if (findings.receipt) yield* receipt!.check(findings.receipt, { bundle: findings.bundle, proof: findings.proof, keys: given.keys, quotes: auction?.receipt, accepted: direct?.receipt }, findings)
  return findings
}
