import type { Fault } from './findings.ts'
import type { Sentences } from './sentences.ts'

/** Says what a value should have been where it is something else. */
export type Shape = (value: unknown, field: string, told: Told) => void
export type Told = { faults: Fault[]; say: Sentences }
export type Members = Record<string, Shape>

export const wrongAt = ({ faults }: Told, field: string, wrong: string) => void faults.push({ field, wrong })
const step = (name: string | number) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`

export function text(pattern = /^/): Shape {
  return (value, field, told) => {
    if (typeof value !== 'string') wrongAt(told, field, told.say.shape.text)
    else if (!pattern.test(value)) wrongAt(told, field, told.say.shape.spelled)
  }
}

export function exactly(...allowed: (string | null)[]): Shape {
  return (value, field, told) => {
    if (!allowed.includes(value as string)) wrongAt(told, field, told.say.shape.oneOf(allowed.map(String).join(', ')))
  }
}

export function whole(least = 0): Shape {
  return (value, field, told) => {
    if (!Number.isSafeInteger(value) || (value as number) < least) wrongAt(told, field, told.say.shape.whole(least))
  }
}

export function orNull(shape: Shape): Shape {
  return (value, field, told) => {
    if (value !== null) shape(value, field, told)
  }
}

export function list(of: Shape, least = 0, most = Infinity): Shape {
  return (value, field, told) => {
    if (!Array.isArray(value)) return wrongAt(told, field, told.say.shape.list)
    if (value.length < least) wrongAt(told, field, told.say.shape.short)
    if (value.length > most) wrongAt(told, field, told.say.shape.long)
    value.forEach((item, place) => of(item, field + step(place), told))
  }
}

/** An object of which one member says which of several shapes it has; where it says none of them, `always` is looked at. */
export function tagged(tag: string, shapes: Record<string, Shape>, always: Members = {}): Shape {
  return (value, field, told) => {
    const named = (value as Record<string, unknown> | null)?.[tag]
    if (typeof named === 'string' && Object.hasOwn(shapes, named)) shapes[named]!(value, field, told)
    else object({ ...always, [tag]: exactly(...Object.keys(shapes)) }, { open: true })(value, field, told)
  }
}

/** `open` objects may have members of other names; `maybe` names those that may be missing. */
export function object(members: Members, { open = false, maybe = [] as readonly string[] } = {}): Shape {
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

/** What a part of the program that is loaded later looks at itself. */
const later: Shape = () => {}
export const hash = text(/^[0-9a-f]{64}$/)
export const uuid = text(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
export const instant = text(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
export const some = text(/^[^]/)
export const period = object({ n: whole(), unit: exactly('s', 'min', 'h', 'd', 'wd') })
const first = orNull(object({ tender: text(), entry: uuid }))
const day = text(/^\d{4}-\d\d-\d\d$/)
const beacon = tagged('source', {
  local: object({ source: some, at: instant, value: hash }),
  drand: object({ source: some, at: instant, chain: hash, round: whole(1), signature: text(/^[0-9a-f]{96}$/), value: hash }),
  lottery: object({ source: some, at: instant, game: exactly('ssq', 'dlt'), issue: text(/^\d+$/), day, numbers: list(list(whole(1), 1), 1), value: hash }),
})
/** What publication says of the draw, by the source of its value. */
function drawTerms(...rules: string[]): Shape {
  const terms = { rules: exactly(...rules), source: some, closesAt: instant, drawsAfter: instant, commitment: hash, number: whole(1), first }
  return tagged('source', { local: object(terms), drand: object({ ...terms, chain: hash, round: whole(1) }), lottery: object({ ...terms, game: exactly('ssq', 'dlt') }) })
}
/** By our own construction, or an MD5. */
const position = text(/^([0-9a-f]{32}|[0-9a-f]{64})$/)
export const proven = { index: whole(), leafHash: hash, proof: list(hash) }

function entry(kind: Shape, facts: Shape): Shape {
  return object(
    { format: exactly('mingdan-entry/v1'), suite: exactly('intl-1'), id: uuid, kind, subject: text(), division: text(/^\d{6}$/), facts, at: instant, recordedAt: instant, payload: hash },
    { maybe: ['payload'] },
  )
}

/** An entry may say more under `facts` than the members that are read. */
export const entryOf = (kind: string, facts: Members) => entry(exactly(kind), object(facts, { open: true }))
export const drawn = { freeze: uuid, beacon, poolRoot: hash, secret: hash, winner: orNull(text()), covered: instant, accepted: uuid }
/** What stands beside a value from outside alone. */
export const evident = { maybe: ['covered', 'accepted'] }
export const placed = { place: whole(1), label: text(), position: hash }

export const nothing = exactly(null)
/** What stands only where bids were sealed in shares, where a small list was held, or where an outage gave an auction further rounds. */
const LISTED = ['releases', 'released', 'holds', 'extensions']
export const bundleFormat = exactly('mingdan-bundle/v2')

/** What moved the deadline, and with it the instant of a draw, where there is one. */
export const movesOf = (drawsAfter: Shape) => list(tagged('kind', {
  'tender.extended': entryOf('tender.extended', { extension: object({ publication: uuid, number: whole(1), cause: some, fromClosesAt: instant, closesAt: instant, fromDrawsAfter: drawsAfter, drawsAfter }, { open: true }) }),
  'tender.corrected': entryOf('tender.corrected', { closesAt: instant }),
}), 1)

/** What a bundle of every method has; `published` is what the method's checks read of the publication besides the draw. */
export const resultShape = (method: string, purpose: string, published: Members, steps: Members, { frozen = {}, leaf = {}, isDecided = true }: { frozen?: Members; leaf?: Members; isDecided?: boolean } = {}) =>
  object({
    format: bundleFormat,
    suite: exactly('intl-1'),
    tender: some,
    method: exactly(method),
    drawNumber: whole(1),
    first,
    publication: entryOf('tender.published', { draw: drawTerms('mingdan-draw/v1', ...(method === 'random' ? ['rfc3797'] : [])), ...published }),
    freeze: entryOf('pool.frozen', { draw: object({ publication: uuid, poolRoot: hash, received: whole(), eligible: whole(), excluded: whole(), moved: object({ closesAt: instant, drawsAfter: instant, extensions: list(uuid, 1) }) }, { maybe: ['moved'] }), ...frozen }),
    moves: movesOf(instant),
    // Witnesses sign a result, and a failure is none.
    ...(isDecided && { witnesses: later }),
    leaves: list(object({ bid: uuid, bidHash: hash, label: orNull(some), receivedAt: instant, standing: exactly('eligible', 'excluded'), reasons: list(some), ...leaf }), 1),
    leafHashes: list(hash),
    beacon: isDecided ? beacon : nothing,
    commitment: hash,
    secret: isDecided ? hash : nothing,
    purpose: exactly(purpose),
    steps: object(steps, { maybe: LISTED }),
    winner: isDecided ? orNull(text()) : nothing,
    ledger: orNull(object({ checkpoint: text(), keys: list(text(), 1), publication: object(proven), moves: list(object(proven), 1), freeze: object(proven), ...(isDecided && { witnesses: later }), steps: object(provenSteps(steps), { maybe: LISTED }), beacon: list(hash, 0, isDecided ? Infinity : 0) }, { maybe: ADDED })),
  }, { maybe: ADDED })

/** What only some results have. */
const ADDED = ['moves', 'witnesses']

/** The same where too few prices were valid: the opening failed it, so that nothing came `after` it, nothing was ranked and no value taken. */
export function orFailed(method: string, published: Members, { before, after }: Record<'before' | 'after', Members>, opening: Shape, frozen: Members = {}): Shape {
  const decided = resultShape(method, 'tie', published, { ...before, ...after }, { frozen })
  const failed = resultShape(method, 'tie', published, { ...before, opening }, { frozen, isDecided: false })
  return (value, field, told) => {
    const { steps } = value as { steps?: unknown }
    const isFailed = steps !== null && typeof steps === 'object' && !Object.hasOwn(steps, 'result') && !Object.hasOwn(steps, 'order')
    return (isFailed ? failed : decided)(value, field, told)
  }
}

/** Every step that is an entry has its proof under the same name. */
const provenSteps = (steps: Members): Members => ({
  ...Object.fromEntries(['draw', 'opening', 'reveal', 'result'].filter((name) => Object.hasOwn(steps, name)).map((name) => [name, object(proven)])),
  ...Object.fromEntries(['quotes', 'seated', 'judged'].filter((name) => Object.hasOwn(steps, name)).map((name) => [name, list(object(proven))])),
  ...(steps.releases && { releases: list(object(proven), 1) }),
  ...(steps.holds && { holds: list(object(proven), 1) }),
  ...(steps.extensions && { extensions: list(object(proven), 1) }),
  ...(steps.pick && { pick: orNull(object(proven)) }),
})

export const drawShape = resultShape('random', 'pool', { procedure: object({ method: text() }, { open: true }) }, {
  draw: entryOf('draw.drawn', { draw: object({ ...drawn, purpose: exactly('pool') }, evident) }),
  order: list(object({ ...placed, position })),
})

export type PriceShapes = Record<'lowest-price' | 'average-price', Shape>

/** What needs a part of the program that is not at hand. */
export const notLoaded: Shape = (_, field, told) => wrongAt(told, `${field}/steps`, told.say.draw.notLoaded)

/** The bundle as docs/verification.md describes it: its method says which steps it has. Those of most come with their checks. */
export function bundleShape(own: Record<string, { shape: Shape } | undefined>): Shape {
  return tagged('method', Object.fromEntries(Object.entries(own).map(([method, part]) => [method, part?.shape ?? notLoaded])), { format: bundleFormat })
}

/** One entry of the ledger with its way to a checkpoint. */
export const proofShape = object({
  format: exactly('mingdan-proof/v1'),
  suite: exactly('intl-1'),
  entry: entry(some, object({}, { open: true })),
  ledger: object({ ...proven, checkpoint: text(), keys: list(text(), 1) }),
})

/** The faults of a value's shape; none, and it is what its type says. */
export function faultsOfShape(shape: Shape, value: unknown, say: Sentences, field = ''): Fault[] {
  const told: Told = { faults: [], say }
  shape(value, field, told)
  return told.faults
}
