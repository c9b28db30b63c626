import { canonical, sha256, type Json } from '#app/domain/ledger/canonical.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { buildDirect, type DirectBundle } from '#app/domain/draw/direct-bundle.ts'
import { LIFE_BEFORE } from '#app/domain/tenders/life.ts'
import { directProcedure } from '#app/domain/tenders/procedure.ts'
import { testKeyring } from './keyring.ts'
import { minute, STORY_TENDER, storyLog, type Entered } from './story-log.ts'

export const NAMED = '91220100MA0000001X'
const BID = '00000000-0000-4000-8000-000000000001'
const REASON = '同一项目前一阶段由该机构完成，资料齐全。'

type Step = 'publication' | 'acceptance' | 'closing' | 'award' | 'declined'
/** What a platform that cheats would put into its own log, well signed; `first` is what it puts before the acceptance. */
export type NameForgery = { facts?: Partial<Record<Step, Record<string, Json>>>; at?: Partial<Record<Step, number>>; body?: Record<string, Json>; subject?: string; extension?: Record<string, Json>; winner?: string; first?: 'closing' | 'award' }
type Given = { keyring?: Keyring; moved?: boolean; declined?: boolean; forged?: NameForgery }

/**
 * A whole direct selection with a ledger around it, made of the product's own nouns. It closes in minute 30; where it is `moved` a correction makes that 35 before the agency accepts, and its owner 40 after that.
 */
export function namedBundle({ keyring = testKeyring(), moved = false, declined = false, forged = {} }: Given = {}): DirectBundle {
  const { enter, others, proofs } = storyLog(keyring)
  const tender = STORY_TENDER
  const at = (step: Step, usual: number) => forged.at?.[step] ?? usual
  const instant = (count: number) => minute(count).toISOString()
  others()
  const procedure = directProcedure({ application: { n: 30, unit: 'min' }, bidsPerAgency: 20, life: LIFE_BEFORE })
  const publication = enter('tender.published', at('publication', 0), { title: '续做水土保持监测', procedure: procedure as unknown as Json, named: NAMED, reason: REASON, closesAt: instant(30), ...forged.facts?.publication })
  others()
  const extend = (number: number, when: number, cause: string, from: number, to: number) =>
    enter('tender.extended', when, { extension: { publication: publication.id, number, cause, fromClosesAt: instant(from), closesAt: instant(to), fromDrawsAfter: null, drawsAfter: null, gap: null, ...forged.extension } }, { reason: '资料补充。' })
  const before = moved ? [enter('tender.corrected', 5, { revision: 1, material: true, changed: ['serviceDays'], closesAt: instant(35) }, { reason: '资料补充。' }), extend(1, 5, 'correction', 30, 35)] : []
  const deadline = moved ? 40 : 30
  const body = { tender, bid: BID, agency: { uscc: NAMED, name: '示例岩土勘察有限公司' }, contribution: '', salt: '0123456789abcdef0123456789abcdef', ...forged.body }
  const accept = () => enter('bid.received', at('acceptance', 10), { bid: sha256(canonical(body)).toString('hex'), ...forged.facts?.acceptance }, undefined, forged.subject ?? BID)
  const close = () => enter('tender.closed', at('closing', deadline), { outcome: 'accepted', received: 1, eligible: 1, minimumBidders: 1, closesAt: instant(deadline), ...forged.facts?.closing })
  const make = () => enter('award.made', at('award', deadline), { winner: NAMED, method: 'direct', reason: REASON, publicityEndsAt: instant(120), declineUntil: instant(90), ...forged.facts?.award })
  // A log that took them in another order than they happened.
  const early: Partial<Record<'closing' | 'award', Entered>> = forged.first ? { [forged.first]: forged.first === 'closing' ? close() : make() } : {}
  const acceptance = accept()
  others()
  const moves = [...before, ...(moved ? [extend(2, 20, 'owner', 35, 40)] : [])]
  const closing = early.closing ?? close()
  const award = early.award ?? make()
  others()
  const later = declined ? enter('award.declined', at('declined', 60), { agency: NAMED, place: 1, reason: 'no-capacity', ...forged.facts?.declined }, { words: '人员另有安排。' }) : null
  others()
  const built = buildDirect({ publication: publication.body, moves: moves.map((move) => move.body), acceptance: acceptance.body, body: canonical(body), closing: closing.body, award: award.body, declined: later && later.body })!
  const { freeze: _freeze, beacon: _beacon, ...ledger } = proofs(publication, publication, { acceptance, closing, award, ...(later && { declined: later }) }, { moves })
  return { ...built, ...(forged.winner && { winner: forged.winner }), ledger }
}
