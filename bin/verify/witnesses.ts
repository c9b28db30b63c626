import type { Bundle, Entry } from './bundle.ts'
import { fromBase64, utf8 } from './bytes.ts'
import { courseOf } from './course.ts'
import { check, type Findings, type Work } from './findings.ts'
import { checkEntry, type Tree } from './ledger-checks.ts'
import { fingerprintOf, isSignedBy, jcs, readCheckpoint, readLogKey } from './primitives.ts'
import type { Widened } from './sentences.ts'
import { entryOf, exactly, faultsOfShape, list, object, orNull, proven, some, text, uuid, whole, type Shape } from './shape.ts'

/* What checking the witnesses of a result needs besides; pages load it only where somebody signed (docs/decisions/030). */

const en = {
  signature: (place: number) => `signature of witness ${place}`,
  enrolment: (place: number) => `enrolment of witness ${place}`,
  under: (count: number) => `${count} lay ${count === 1 ? 'witness' : 'witnesses'} signed this result, and no other.`,
  unproven: 'There are not as many proofs as entries.',
  otherPlace: (place: number) => `By the order of the signatures this is place ${place}.`,
  otherTender: 'This entry is of another tender.',
  early: 'The signature stands before the result.',
  late: 'The enrolment does not stand before the result.',
  otherStatement: (value: string) => `Of this result the statement says: ${value}.`,
  notSigned: 'The signature is not by this key over this statement.',
  twice: 'Two witnesses have one key.',
  otherEnrolment: 'The signature names another enrolment.',
  otherKey: 'The key that was enrolled is another one.',
  citizens: 'A citizen has no code; an organisation has one.',
  byAccount: 'by the platform’s word: signed in, without a key',
  byKey: (fingerprint: string) => `by the key ${fingerprint}`,
  before: ', on record before the result',
  citizen: 'a citizen',
}
const zh: Widened<typeof en> = {
  signature: (place) => `第 ${place} 位见证人的签名`,
  enrolment: (place) => `第 ${place} 位见证人的报名`,
  under: (count) => `${count} 位见证人签的就是这个结果，不是别的。`,
  unproven: '证明的份数与记录的条数不同。',
  otherPlace: (place) => `按签名的先后，这里是第 ${place} 位。`,
  otherTender: '这条记录属于另一次采购。',
  early: '签名的记录在结果之前。',
  late: '报名的记录不在结果之前。',
  otherStatement: (value) => `这个结果的声明应当写：${value}。`,
  notSigned: '签名不是这把公钥对这份声明签的。',
  twice: '两位见证人用了同一把公钥。',
  otherEnrolment: '签名写的是另一次报名。',
  otherKey: '报名时记下的是另一把公钥。',
  citizens: '自然人没有信用代码，单位有。',
  byAccount: '凭平台的记录：登录账号确认，没有自己的钥匙',
  byKey: (fingerprint) => `用公钥 ${fingerprint} 签名`,
  before: '，结果出来以前已记入账本',
  citizen: '一位公民',
}

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

/** The tree of the checkpoint, whose signatures were looked at before. */
function treeOf(ledger: Bundle['ledger']): Tree | undefined {
  return ledger ? readCheckpoint(ledger.checkpoint, ledger.keys.flatMap((text) => readLogKey(text) ?? [])) : undefined
}

/** Did lay witnesses sign this very result, and were the keys of those who enrolled on record before it? */
export function* witnesses(bundle: Bundle, findings: Findings): Work {
  const { witnesses: shown, ledger } = bundle
  const proofs = ledger?.witnesses
  const tree = treeOf(ledger)
  // Without a checkpoint that holds nothing else has been said of the log either.
  if (!ledger || !tree) return
  const faults = [...faultsOfShape(witnessesShape, shown, findings.say, '/witnesses'), ...faultsOfShape(proofsShape, proofs, findings.say, '/ledger/witnesses')]
  if (faults.length) return void findings.faults.push(...faults)
  const say = findings.say.language === 'zh' ? zh : en
  if (proofs!.length !== shown!.length || shown!.some(({ enrolled }, place) => !enrolled !== !proofs![place]!.enrolled)) return void findings.faults.push({ field: '/ledger/witnesses', wrong: say.unproven })
  for (const [place, { signed, enrolled }] of shown!.entries()) {
    const at = (name: string) => ({ entry: `/witnesses/${place}/${name}`, ledger: `/ledger/witnesses/${place}/${name}` })
    yield* checkEntry(signed, proofs![place]!.signed, tree, say.signature(place + 1), at('signed'), findings)
    if (enrolled) yield* checkEntry(enrolled, proofs![place]!.enrolled!, tree, say.enrolment(place + 1), at('enrolled'), findings)
  }
  if (findings.faults.length) return
  yield* checkSignatures(bundle, findings, say)
}

function* checkSignatures(bundle: Bundle, findings: Findings, say: typeof en): Work {
  const shown = bundle.witnesses!
  const { entries, decided } = courseOf(bundle)
  const { index: decidedAt, leafHash } = entries.at(-1)!.proven!
  const statement = { tender: bundle.tender, poolRoot: decided.poolRoot, result: leafHash, winner: decided.winner }
  const keys = shown.flatMap(({ signed }) => signed.facts.witness.key?.publicKey ?? [])
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
        const [publicKey, signature] = [fromBase64(key.publicKey), fromBase64(key.signature)]
        must(Boolean(publicKey && signature && isSignedBy(publicKey, utf8(`mingdan/witness/v1\n${jcs(witness.statement)}`), signature)), `${field}/key/signature`, say.notSigned)
        must(keys.indexOf(key.publicKey) === keys.lastIndexOf(key.publicKey), `${field}/key/publicKey`, say.twice)
      }
      must(witness.enrolled === (enrolled?.id ?? null), `${field}/enrolled`, say.otherEnrolment)
      if (!enrolled) return
      must(enrolled.facts.enrolment.publicKey !== null && enrolled.facts.enrolment.publicKey === key?.publicKey, `/witnesses/${place}/enrolled/facts/enrolment/publicKey`, say.otherKey)
      must(proofs.enrolled!.index < decidedAt, `/ledger/witnesses/${place}/enrolled/index`, say.late)
    })
  }, () => shown.map(({ signed: { facts: { witness: { place, uscc, key, enrolled } } } }) => `${place}. ${uscc ?? say.citizen} ${key ? say.byKey(fingerprintOf({ key: fromBase64(key.publicKey)! })) + (enrolled ? say.before : '') : say.byAccount}`).join('\n'))
}
