import type { Bundle, Entry } from './bundle.ts'
import { fromBase64 } from './bytes.ts'
import { courseOf } from './course.ts'
import { check, type Findings, type Work } from './findings.ts'
import { checkEntry } from './ledger-checks.ts'
import { fingerprintOf, jcs, readLogKey } from './primitives.ts'
import { entryOf, exactly, faultsOfShape, list, object, orNull, proven, some, text, uuid, whole, type Shape } from './shape.ts'
import { isSigned, readCheckpoint } from './signatures.ts'

/* What checking the witnesses of a result needs besides; pages load it only where somebody signed (docs/decisions/030). */

const MOST = 3
const pairOf = (signed: Shape, enrolled: Shape) => list(object({ signed, enrolled }, { maybe: ['enrolled'] }), 1, MOST)
const keyShape = text(/^[A-Za-z0-9+/]{43}=$/)
const witnessesShape = pairOf(
  entryOf('witness.signed', {
    witness: object({
      place: whole(1), kind: exactly('citizen', 'organisation'), uscc: orNull(some),
      statement: object({ tender: text(), poolRoot: text(), result: text(), winner: orNull(text()) }),
      key: orNull(object({ alg: exactly('Ed25519'), publicKey: keyShape, signature: text(/^[A-Za-z0-9+/]{86}==$/) })),
      enrolled: orNull(uuid),
    }),
  }),
  entryOf('witness.enrolled', { enrolment: object({ witness: uuid, publicKey: orNull(keyShape) }, { open: true }) }),
)
const proofsShape = pairOf(object(proven), object(proven))

/** Did lay witnesses sign this very result, and were the keys of those who enrolled on record before it? */
export function* witnesses(bundle: Bundle, findings: Findings): Work {
  const { witnesses: shown, ledger } = bundle
  const proofs = ledger?.witnesses
  if (!ledger) return
  const tree = yield* readCheckpoint(ledger.checkpoint, ledger.keys.flatMap((text) => readLogKey(text) ?? []), findings)
  // Without a checkpoint that holds nothing else has been said of the log either.
  if (!tree) return
  const faults = [...faultsOfShape(witnessesShape, shown, findings.say, '/witnesses'), ...faultsOfShape(proofsShape, proofs, findings.say, '/ledger/witnesses')]
  if (faults.length) return void findings.faults.push(...faults)
  const say = findings.say.witnesses!
  if (proofs!.length !== shown!.length || shown!.some(({ enrolled }, place) => !enrolled !== !proofs![place]!.enrolled)) return void findings.faults.push({ field: '/ledger/witnesses', wrong: say.unproven })
  for (const [place, { signed, enrolled }] of shown!.entries()) {
    const at = (name: string) => ({ entry: `/witnesses/${place}/${name}`, ledger: `/ledger/witnesses/${place}/${name}` })
    yield* checkEntry(signed, proofs![place]!.signed, tree, say.signature(place + 1), at('signed'), findings)
    if (enrolled) yield* checkEntry(enrolled, proofs![place]!.enrolled!, tree, say.enrolment(place + 1), at('enrolled'), findings)
  }
  if (findings.faults.length) return
  yield* checkSignatures(bundle, findings)
}

function* checkSignatures(bundle: Bundle, findings: Findings): Work {
  const say = findings.say.witnesses!
  const shown = bundle.witnesses!
  const { entries, decided } = courseOf(bundle)
  const { index: decidedAt, leafHash } = entries.at(-1)!.proven!
  const statement = { tender: bundle.tender, poolRoot: decided.poolRoot, result: leafHash, winner: decided.winner }
  const keys = shown.flatMap(({ signed }) => signed.facts.witness.key?.publicKey ?? [])
  const held: boolean[] = []
  for (const { signed: { facts: { witness: { key, statement: signed } } } } of shown) held.push(key !== null && (yield* isSigned(fromBase64(key.publicKey), `mingdan/witness/v1\n${jcs(signed)}`, fromBase64(key.signature), findings)))
  yield* check(findings, say.under(shown.length), (must) => {
    shown.forEach(({ signed, enrolled }, place) => {
      const { witness } = signed.facts
      const proofs = bundle.ledger!.witnesses![place]!
      const field = `/witnesses/${place}/signed/facts/witness`
      const subjects: [string, Entry | undefined][] = [['signed', signed], ['enrolled', enrolled as Entry | undefined]]
      for (const [name, entry] of subjects) must(!entry || entry.subject === bundle.tender, `/witnesses/${place}/${name}/subject`, say.otherTender)
      must(witness.place === place + 1, `${field}/place`, say.otherPlace(place + 1))
      must((witness.uscc === null) === (witness.kind === 'citizen'), `${field}/uscc`, say.citizens)
      must(proofs.signed.index > decidedAt, `/ledger/witnesses/${place}/signed/index`, say.early)
      for (const [name, value] of Object.entries(statement)) must(witness.statement[name as keyof typeof statement] === value, `${field}/statement/${name}`, say.otherStatement(String(value)))
      const { key } = witness
      if (key) {
        must(held[place]!, `${field}/key/signature`, say.notSigned)
        must(keys.indexOf(key.publicKey) === keys.lastIndexOf(key.publicKey), `${field}/key/publicKey`, say.twice)
      }
      must(witness.enrolled === (enrolled?.id ?? null), `${field}/enrolled`, say.otherEnrolment)
      if (!enrolled) return
      must(enrolled.facts.enrolment.publicKey !== null && enrolled.facts.enrolment.publicKey === key?.publicKey, `/witnesses/${place}/enrolled/facts/enrolment/publicKey`, say.otherKey)
      must(proofs.enrolled!.index < decidedAt, `/ledger/witnesses/${place}/enrolled/index`, say.late)
    })
  }, () => shown.map(({ signed: { facts: { witness: { place, uscc, key, enrolled } } } }) => `${place}. ${uscc ?? say.citizen} ${key ? say.byKey(fingerprintOf({ key: fromBase64(key.publicKey)! })) + (enrolled ? say.before : '') : say.byAccount}`).join('\n'))
}
