import { buildBundle, drawSteps, type DrawBundle } from '#app/domain/draw/bundle.ts'
import { drawKey, drawSecret, labelsOf, orderOf, type PoolLeaf } from '#app/domain/draw/draw.ts'
import { drawFacts, drawTerms, freezeFacts } from '#app/domain/draw/terms.ts'
import { sha256, type Json } from '#app/domain/ledger/canonical.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { testKeyring } from './keyring.ts'
import { minute, STORY_TENDER, storyLog } from './story-log.ts'

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
export function drawnBundle({ bids = 7, keyring = testKeyring(), around = 5 }: { bids?: number; keyring?: Keyring; around?: number } = {}): DrawBundle {
  const { enter, others, proofs, root } = storyLog(keyring, { around })
  others()
  const terms = drawTerms(keyring, { tender: STORY_TENDER, closesAt: minute(30), drawsAfter: minute(45) })
  const publication = enter('tender.published', 0, { title: '绿园区学校扩建环境影响评价', procedure: { rules: 'random/v1', method: 'random' }, draw: terms as unknown as Json })
  others()
  const frozen = freezeFacts(publication.id, Array.from({ length: bids }, (_, number) => leafNo(number)))
  const freeze = enter('pool.frozen', 31, frozen.facts, frozen.payload)
  const beacon = { source: 'local', at: terms.drawsAfter, value: root() } as const
  others()
  const secret = drawSecret(keyring, STORY_TENDER)
  const order = orderOf(drawKey({ beacon, poolRoot: frozen.root.toString('hex'), tender: STORY_TENDER, rules: terms.rules }, secret), 'pool', labelsOf(frozen.pool))
  const drawn = drawFacts({ freezeEntry: freeze.id, beacon, poolRoot: frozen.root, secret, order })
  const draw = enter('draw.drawn', 46, drawn.facts, drawn.payload)
  others()
  const steps = drawSteps({ draw: draw.body, order })
  const bundle = buildBundle({ method: 'random', purpose: 'pool', publication: publication.body, freeze: freeze.body, leaves: frozen.pool, beacon, secret, winner: order[0]?.label ?? null, steps }) as DrawBundle
  return { ...bundle, ledger: proofs(publication, freeze, { draw }) }
}
