import { buildBundle, drawSteps, type DrawBundle } from '#app/domain/draw/bundle.ts'
import { DRAW_RULES, drawSecret, labelsOf, type Algorithm, type Beacon, type DrawSource, type PoolLeaf } from '#app/domain/draw/draw.ts'
import { orderUnder } from '#app/domain/draw/order.ts'
import { drawFacts, drawTerms, freezeFacts, type BeaconEvidence, type DrawTerms } from '#app/domain/draw/terms.ts'
import { sha256, type Json } from '#app/domain/ledger/canonical.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { testKeyring } from './keyring.ts'
import { SETTINGS } from './sources.ts'
import { minute, STORY_TENDER, storyLog, type Entered } from './story-log.ts'

/** A received bid; every third one is out. */
export function leafNo(number: number): PoolLeaf {
  const excluded = number % 3 === 2
  const label = `9122010000000000${String(number).padStart(2, '0')}`
  return {
    bid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    bidHash: sha256(`bid ${number}`).toString('hex'),
    label: excluded && number % 2 ? null : label,
    receivedAt: minute(1 + (number % 20)).toISOString(),
    standing: excluded ? 'excluded' : 'eligible',
    reasons: excluded ? ['withdrawn'] : [],
  }
}

/** A whole draw with a ledger around it, made of the product's own nouns and nothing stored. */
export function drawnBundle({ bids = 7, keyring = testKeyring(), around = 5, source = 'local', rules = DRAW_RULES, change = {}, moved = false }: { bids?: number; keyring?: Keyring; around?: number; source?: DrawSource; rules?: Algorithm; change?: { beacon?: object; evidence?: object; terms?: object }; moved?: boolean | Forged } = {}): DrawBundle {
  const { base, beacon: outside, evidence: evident, drawnAt } = SETTINGS[source]
  const at = (count: number) => new Date(base + count * 60_000)
  const { enter, others, proofs, root } = storyLog(keyring, { around, at })
  others()
  const randomness = source === 'lottery' ? { source, rules, game: 'ssq' as const } : { source, rules }
  const terms = { ...drawTerms(keyring, { tender: STORY_TENDER, closesAt: at(moved ? 10 : 30), drawsAfter: at(moved ? 20 : 45), randomness }), ...change.terms } as DrawTerms
  const publication = enter('tender.published', 0, { title: '绿园区学校扩建环境影响评价', procedure: { rules: 'random/v1', method: 'random' }, draw: terms as unknown as Json })
  others()
  const moves = moved ? movesOf(publication.id, { enter, at, forged: moved === true ? {} : moved }) : []
  const dates = moved ? { closesAt: at(30), drawsAfter: at(45), extensions: moves.flatMap(({ id, body }) => (body.includes('"tender.extended"') ? [id] : [])) } : null
  if (moved) others()
  const frozen = freezeFacts(publication.id, Array.from({ length: bids }, (_, number) => ({ ...leafNo(number), receivedAt: at(1 + (number % 20)).toISOString() })), dates)
  const freeze = enter('pool.frozen', 31, frozen.facts, frozen.payload)
  const beacon = { ...(outside ?? { source: 'local', at: at(45).toISOString(), value: root() }), ...change.beacon } as Beacon
  others()
  const secret = drawSecret(keyring, STORY_TENDER)
  const order = orderUnder({ beacon, poolRoot: frozen.root.toString('hex'), tender: STORY_TENDER, rules: terms.rules, secret, purpose: 'pool', labels: labelsOf(frozen.pool) })
  const drawn = drawFacts({ freezeEntry: freeze.id, beacon, evidence: { ...evident, ...change.evidence } as BeaconEvidence, poolRoot: frozen.root, secret, order })
  const draw = enter('draw.drawn', drawnAt, drawn.facts, drawn.payload)
  others()
  const steps = drawSteps({ draw: draw.body, order })
  const bundle = buildBundle({ method: 'random', purpose: 'pool', publication: publication.body, moves: moves.map(({ body }) => body), freeze: freeze.body, leaves: frozen.pool, beacon, secret, winner: order[0]?.label ?? null, steps }) as DrawBundle
  const ledger = proofs(publication, freeze, { draw }, { moves })
  return { ...bundle, ledger: source === 'local' ? ledger : { ...ledger, beacon: [] } }
}

/** What a platform that cheats would put into its own log, well signed: by an extension's number other facts, another minute; or no correction. */
export type Forged = { facts?: Record<number, Record<string, Json>>; made?: Record<number, number>; uncorrected?: boolean }

/** A deadline moved three times: by its owner, by a correction, and by an outage, from minutes 10 and 20 on to 30 and 45. */
export function movesOf(publication: string, { enter, at, forged }: { enter: ReturnType<typeof storyLog>['enter']; at: (count: number) => Date; forged: Forged }): Entered[] {
  const move = (number: number, cause: string, made: number, [closed, drawn]: [number, number], [closes, draws]: [number, number]) =>
    enter('tender.extended', forged.made?.[number] ?? made, { extension: { publication, number, cause, fromClosesAt: at(closed).toISOString(), closesAt: at(closes).toISOString(), fromDrawsAfter: at(drawn).toISOString(), drawsAfter: at(draws).toISOString(), gap: null, ...forged.facts?.[number] } })
  const first = move(1, 'owner', 5, [10, 20], [15, 25])
  const corrected = enter('tender.corrected', 8, { revision: 1, material: true, changed: ['requirements'], closesAt: at(20).toISOString() })
  return [first, ...(forged.uncorrected ? [] : [corrected]), move(2, 'correction', 8, [15, 25], [20, 35]), move(3, 'outage', 21, [20, 35], [30, 45])]
}
