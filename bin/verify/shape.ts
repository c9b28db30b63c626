import type { Fault } from './findings.ts'
import type { Sentences } from './sentences.ts'

/** Says what a value should have been where it is something else. */
type Shape = (value: unknown, field: string, told: Told) => void
type Told = { faults: Fault[]; say: Sentences }
type Members = Record<string, Shape>

const wrongAt = ({ faults }: Told, field: string, wrong: string) => void faults.push({ field, wrong })
const step = (name: string | number) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`

function text(pattern = /^/): Shape {
  return (value, field, told) => {
    if (typeof value !== 'string') wrongAt(told, field, told.say.shape.text)
    else if (!pattern.test(value)) wrongAt(told, field, told.say.shape.spelled)
  }
}

function exactly(...allowed: (string | null)[]): Shape {
  return (value, field, told) => {
    if (!allowed.includes(value as string)) wrongAt(told, field, told.say.shape.oneOf(allowed.map(String).join(', ')))
  }
}

function whole(least = 0): Shape {
  return (value, field, told) => {
    if (!Number.isSafeInteger(value) || (value as number) < least) wrongAt(told, field, told.say.shape.whole(least))
  }
}

function orNull(shape: Shape): Shape {
  return (value, field, told) => {
    if (value !== null) shape(value, field, told)
  }
}

function list(of: Shape, least = 0): Shape {
  return (value, field, told) => {
    if (!Array.isArray(value)) return wrongAt(told, field, told.say.shape.list)
    if (value.length < least) wrongAt(told, field, told.say.shape.short)
    value.forEach((item, place) => of(item, field + step(place), told))
  }
}

/** `open` objects may have members of other names; `maybe` names those that may be missing. */
function object(members: Members, { open = false, maybe = [] as readonly string[] } = {}): Shape {
  return (value, field, told) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return wrongAt(told, field, told.say.shape.object)
    const given = value as Record<string, unknown>
    for (const [name, shape] of Object.entries(members)) {
      if (Object.hasOwn(given, name)) shape(given[name], field + step(name), told)
      else if (!maybe.includes(name)) wrongAt(told, field + step(name), told.say.shape.missing)
    }
    if (open) return
    for (const name of Object.keys(given)) if (!Object.hasOwn(members, name)) wrongAt(told, field + step(name), told.say.shape.unknown)
  }
}

const hash = text(/^[0-9a-f]{64}$/)
const uuid = text(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
const instant = text(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const some = text(/^[^]/)
const first = orNull(object({ tender: text(), entry: uuid }))
const beacon = object({ source: exactly('local'), at: instant, value: hash })
const proven = { index: whole(), leafHash: hash, proof: list(hash) }

function entry(kind: Shape, facts: Shape): Shape {
  return object(
    { format: exactly('mingdan-entry/v1'), suite: exactly('intl-1'), id: uuid, kind, subject: text(), division: text(/^\d{6}$/), facts, at: instant, recordedAt: instant, payload: hash },
    { maybe: ['payload'] },
  )
}

/** An entry may say more under `facts` than its draw. */
const drawEntry = (kind: string, draw: Members, maybe: string[] = []) => entry(exactly(kind), object({ draw: object(draw, { maybe }) }, { open: true }))

/** The bundle as docs/verification.md describes it. */
export const bundleShape = object({
  format: exactly('mingdan-draw-bundle/v1'),
  suite: exactly('intl-1'),
  tender: some,
  drawNumber: whole(1),
  first,
  publication: drawEntry('tender.published', { rules: exactly('mingdan-draw/v1'), source: exactly('local'), closesAt: instant, drawsAfter: instant, commitment: hash, number: whole(1), first }),
  freeze: drawEntry('pool.frozen', { publication: uuid, poolRoot: hash, received: whole(), eligible: whole(), excluded: whole(), moved: object({ closesAt: instant, drawsAfter: instant, extensions: list(uuid, 1) }) }, ['moved']),
  leaves: list(object({ bid: uuid, bidHash: hash, label: orNull(some), receivedAt: instant, standing: exactly('eligible', 'excluded'), reasons: list(some) }), 1),
  leafHashes: list(hash),
  draw: drawEntry('draw.drawn', { freeze: uuid, beacon, poolRoot: hash, secret: hash, purpose: exactly('pool'), winner: orNull(text()) }),
  beacon,
  commitment: hash,
  secret: hash,
  purpose: exactly('pool'),
  order: list(object({ place: whole(1), label: text(), position: hash })),
  winner: orNull(text()),
  ledger: orNull(object({ checkpoint: text(), keys: list(text(), 1), publication: object(proven), freeze: object(proven), draw: object(proven), beacon: list(hash) })),
})

/** A bidder's receipt. */
export const receiptShape = object(
  {
    format: exactly('mingdan-receipt/v1'), suite: exactly('intl-1'), tender: some, bid: uuid, bidHash: hash, body: some, receivedAt: instant, entry: uuid, leafHash: hash, promisedBy: instant,
    signature: object({ alg: exactly('Ed25519'), keyId: text(/^[0-9a-f]{16}$/), value: text(/^[A-Za-z0-9+/]{86}==$/) }),
  },
)

/** One entry of the ledger with its way to a checkpoint. */
export const proofShape = object({
  format: exactly('mingdan-proof/v1'),
  suite: exactly('intl-1'),
  entry: entry(some, object({}, { open: true })),
  ledger: object({ ...proven, checkpoint: text(), keys: list(text(), 1) }),
})

/** Two states of the ledger, and that the later one continues the earlier. */
const state = object({ size: whole(1), root: hash })
export const consistencyShape = object({ format: exactly('mingdan-consistency/v1'), suite: exactly('intl-1'), from: state, to: state, proof: list(hash) })

/** What of `/.well-known/mingdan-keys.json` a verifier needs. */
export const keysShape = object({ keys: list(object({ keyId: text(), purpose: text(), publicKey: text() }, { open: true })) }, { open: true })

/** The faults of a value's shape; none, and it is what its type says. */
export function faultsOfShape(shape: Shape, value: unknown, say: Sentences, field = ''): Fault[] {
  const told: Told = { faults: [], say }
  shape(value, field, told)
  return told.faults
}
