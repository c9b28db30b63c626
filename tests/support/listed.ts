import { buildBundle, shortlistSteps, withPick, type ShortlistBundle } from '#app/domain/draw/bundle.ts'
import { drawKey, drawSecret, weightedOrderOf, type PoolLeaf } from '#app/domain/draw/draw.ts'
import { bigListOf } from '#app/domain/draw/shortlist.ts'
import { drawFacts, drawTerms, freezeFacts } from '#app/domain/draw/terms.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { sha256, type Json } from '#app/domain/ledger/canonical.ts'
import { LIFE_BEFORE } from '#app/domain/tenders/life.ts'
import { shortlistProcedure } from '#app/domain/tenders/shortlist-procedure.ts'
import { testKeyring } from './keyring.ts'
import { minute, STORY_TENDER, storyLog } from './story-log.ts'

const GRADES = ['A', 'A', 'B', 'C', 'C', 'D', 'C']
/** What a platform that cheats would put into its own log, well signed. */
export type ListForgery = { leaves?: (leaves: PoolLeaf[]) => PoolLeaf[]; order?: <P>(order: P[]) => P[]; pick?: Record<string, Json>; pickedAt?: number; pickBy?: Date; hold?: Record<string, Json> }
type Given = { keyring?: Keyring; pick?: 'owner' | 'first-drawn' | null; big?: number; held?: boolean; forged?: ListForgery }

/** A whole shortlist with a ledger around it, made of the product's own nouns; the last bid was withdrawn. */
export function listedBundle({ keyring = testKeyring(), pick = 'owner', big = 5, held = false, forged = {} }: Given = {}): ShortlistBundle {
  const tender = STORY_TENDER
  const { enter, others, proofs, root } = storyLog(keyring)
  const minutes = (n: number) => ({ n, unit: 'min' }) as const
  const procedure = shortlistProcedure({ minimumBidders: 3, application: minutes(30), drawDelay: minutes(15), bidsPerAgency: 20, life: LIFE_BEFORE, credit: { unrated: 'C', balls: [{ grade: 'A', balls: 4 }, { grade: 'B', balls: 3 }, { grade: 'C', balls: 2 }, { grade: 'D', balls: 1 }] }, sizes: { big, small: 3 }, pickWithin: minutes(60) })
  const terms = drawTerms(keyring, { tender, closesAt: minute(30), drawsAfter: minute(45) })
  others()
  const publication = enter('tender.published', 0, { title: '绿园区学校扩建工程设计', procedure: procedure as unknown as Json, draw: terms as unknown as Json })
  others()
  const leaves = GRADES.map((grade, number): PoolLeaf => {
    const isOut = number === GRADES.length - 1
    return {
      bid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, bidHash: sha256(`bid ${number}`).toString('hex'), label: isOut ? null : `9122010000000000${String(number).padStart(2, '0')}`, receivedAt: minute(1 + number).toISOString(),
      standing: isOut ? 'excluded' : 'eligible', reasons: isOut ? ['withdrawn'] : [],
      credit: isOut ? null : { grade, entry: number === 3 ? null : `00000000-0000-4000-8000-1${String(number).padStart(11, '0')}` },
    }
  })
  const frozen = freezeFacts(publication.id, forged.leaves?.(leaves) ?? leaves)
  const freeze = enter('pool.frozen', 31, frozen.facts, frozen.payload)
  const beacon = { source: 'local', at: terms.drawsAfter, value: root() } as const
  others()
  const secret = drawSecret(keyring, tender)
  const tickets = bigListOf(frozen.pool, { ...procedure.credit, bigList: procedure.bigList })
  const key = drawKey({ beacon, poolRoot: frozen.root.toString('hex'), tender, rules: terms.rules }, secret)
  const fair = weightedOrderOf(key, 'shortlist', tickets).map((placed) => ({ ...placed, balls: tickets.find(({ label }) => label === placed.label)!.balls }))
  const order = forged.order?.(fair) ?? fair
  const drawn = drawFacts({ freezeEntry: freeze.id, beacon, poolRoot: frozen.root, secret, order, purpose: 'shortlist', pickBy: forged.pickBy ?? minute(106) })
  const draw = enter('shortlist.drawn', 46, drawn.facts, drawn.payload)
  others()
  // Held twice, five minutes and one: the owner's time ends six minutes later.
  const holding = (from: number, until: number, before: number) => enter('tender.resumed', until, { picking: { draw: draw.id, since: minute(from).toISOString(), fromPickBy: minute(before).toISOString(), pickBy: minute(before + until - from).toISOString(), ...forged.hold } })
  const holds = held ? [holding(47, 52, 106), holding(54, 55, 111)] : []
  const bundle = buildBundle({ method: 'credit-shortlist', purpose: 'shortlist', publication: publication.body, freeze: freeze.body, leaves: frozen.pool, beacon, secret, winner: null, steps: shortlistSteps({ draw: draw.body, order }) }) as ShortlistBundle
  const bodies = holds.map(({ body }) => body)
  const proven = <L extends { steps: { holds: unknown } }>({ steps: { holds: proofsOfHolds, ...steps }, ...ledger }: L) => ({ ...ledger, steps: { ...steps, ...(held && { holds: proofsOfHolds }) } })
  if (!pick) {
    const ledger = proven(proofs(publication, freeze, { draw, holds }, { decider: 'draw' }))
    return { ...withPick(bundle, { holds: bodies, pick: undefined }), ledger: { ...ledger, steps: { ...ledger.steps, pick: null } } } as ShortlistBundle
  }
  const place = pick === 'owner' ? 2 : 1
  const facts = { draw: draw.id, label: order[place - 1]!.label, place, by: pick, ...(pick === 'owner' && { reason: '同类项目业绩多，设计方案完整。' }), ...forged.pick }
  const picked = enter('shortlist.picked', forged.pickedAt ?? (pick === 'owner' ? 60 : held ? 112 : 106), { pick: facts })
  others()
  return { ...withPick(bundle, { holds: bodies, pick: picked.body }), ledger: proven(proofs(publication, freeze, { draw, holds, pick: picked }, { decider: 'draw' })) } as ShortlistBundle
}
