import { byMerit, scored } from '#app/domain/awards/merit-ranking.ts'
import { SHEET_FORMAT, type ScoreSheet } from '#app/domain/awards/score-sheet.ts'
import { comparable, type Quote } from '#app/domain/bids/offer.ts'
import { planSaltDigits } from '#app/domain/bids/offer-salt.ts'
import { openBid, pricedOf, type Opened } from '#app/domain/bids/opened.ts'
import { lowMarks, ranked, type Ranked } from '#app/domain/bids/ranking.ts'
import { sealBid } from '#app/domain/bids/seal.ts'
import { buildBundle, meritSteps, seatedSteps, type MeritBundle } from '#app/domain/draw/bundle.ts'
import { drawKey, drawSecret, positionOf, type PoolLeaf } from '#app/domain/draw/draw.ts'
import { buildFailure, type Failure } from '#app/domain/draw/failure.ts'
import { drawTerms, freezeFacts } from '#app/domain/draw/terms.ts'
import { canonical, sha256, type Json } from '#app/domain/ledger/canonical.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { PLATFORM, sealingKey } from '#app/domain/ledger/sealing-key.ts'
import { LIFE_BEFORE } from '#app/domain/tenders/life.ts'
import { meritProcedure } from '#app/domain/tenders/merit-procedure.ts'
import type { Criterion } from '#app/domain/tenders/merit.ts'
import { testKeyring } from './keyring.ts'
import { bidNo, labelNo } from './priced.ts'
import { minute, STORY_TENDER, storyLog, type Entered } from './story-log.ts'

const CEILING = 50_000_00
export const CRITERIA: Criterion[] = [{ code: 'price', name: '价格', weight: 40, kind: 'price' }, { code: 'c1', name: '技术方案', weight: 35, kind: 'judged' }, { code: 'c2', name: '人员', weight: 25, kind: 'judged' }]
type Step = [kind: string, facts: Record<string, Json>]
/** What a platform that cheats would put into its own log, well signed. */
export type MeritForgery = {
  sheets?: (sheets: ScoreSheet[]) => ScoreSheet[]
  seated?: (steps: Step[]) => Step[]
  judged?: (steps: Step[]) => Step[]
  order?: (order: Ranked[]) => Ranked[]
  opened?: (opened: Opened[]) => Opened[]
  decidesAfter?: string
  criteria?: Criterion[]
}
/** What each judge gives each bid for both criteria, in hundredths of a point. */
export type Marks = [number, number][][]
type Given = { keyring?: Keyring; fens?: number[]; plans?: 'sealed' | 'opened'; texts?: (string | undefined)[]; marks?: Marks; forged?: MeritForgery }

const FENS = [30_000_00, 40_000_00, 30_000_00]
const MARKS: Marks = [[[3000, 2000], [3500, 2500], [3000, 2000]], [[2000, 1000], [3400, 2300], [2000, 1000]], [[1525, 1250], [3300, 2100], [1525, 1250]]]

const bodies = (entered: Entered[]) => entered.map(({ body }) => body)

/** A selection by plan and price until its bids are opened, with a ledger around it; a judge stepped back and another took the seat. */
async function openedStory({ keyring = testKeyring(), fens = FENS, plans = 'sealed', texts = [], marks = MARKS, forged = {} }: Given) {
  const { enter, others, proofs, root } = storyLog(keyring, { around: 2 })
  const tender = STORY_TENDER
  others()
  const minutes = (n: number) => ({ n, unit: 'min' }) as const
  const procedure = { ...meritProcedure({ minimumBidders: 2, application: minutes(30), drawDelay: minutes(15), bidsPerAgency: 20, life: LIFE_BEFORE, quote: { kind: 'money' }, lowQuote: { ofMean: 0.5, ofNext: 0.5, ofCeiling: 0.45, explanation: minutes(30) }, merit: { judges: marks.length, criteria: CRITERIA }, scoring: minutes(60), planCharacters: 8000, plans }), criteria: forged.criteria ?? CRITERIA }
  const terms = drawTerms(keyring, { tender, closesAt: minute(30), drawsAfter: minute(45) })
  const holder = { id: PLATFORM, ...sealingKey(keyring, tender) }
  const sealing = { suite: 'intl-1', holders: [{ id: PLATFORM, publicKey: holder.publicKey }] }
  const publication = enter('tender.published', 0, { ceilingFen: CEILING, procedure: procedure as unknown as Json, draw: terms as unknown as Json, sealing })

  const envelopes = new Map<string, string>()
  for (const [number, fen] of fens.entries()) {
    const about = { tender, bid: bidNo(number), uscc: labelNo(number) }
    const offer = { ...about, quote: { kind: 'money', fen } satisfies Quote, contribution: '', salt: sha256(`salt ${number}`).toString('hex').slice(0, 32) }
    const written = { ...about, text: texts[number] ?? `三阶段方案 ${number}` }
    const plan = { ...written, salt: 'a'.repeat(planSaltDigits(written)) }
    envelopes.set(about.bid, await sealBid({ offer, plan }, { ...about, rules: procedure.rules, holders: sealing.holders }))
  }
  const leaves = [...envelopes].map(([bid, body], number): PoolLeaf => ({ bid, bidHash: sha256(body).toString('hex'), label: labelNo(number), receivedAt: minute(1 + number).toISOString(), standing: 'eligible', reasons: [] }))
  const frozen = freezeFacts(publication.id, leaves)
  const freeze = enter('pool.frozen', 31, frozen.facts, frozen.payload)

  const seats = marks.map((_, place) => place + 1)
  const enterAll = (steps: Step[], at: number): Entered[] => steps.map(([kind, facts]) => enter(kind, at, facts))
  const seating: Step[] = [['judge.invited', { seat: 1 }], ['judge.stepped-back', { seat: 1 }], ...seats.flatMap((seat): Step[] => [['judge.invited', { seat }], ['judge.declared', { seat }]])]
  const seated = enterAll(forged.seated?.(seating) ?? seating, 32)
  others()

  const found = await Promise.all(fens.map((_, number) => openBid({ id: bidNo(number), body: envelopes.get(bidNo(number))!, uscc: labelNo(number) }, { tender, procedure, ceilingFen: CEILING, holder })))
  const low = lowMarks(pricedOf(found), CEILING, procedure.lowQuote)
  const honest = found.map((each) => ({ ...each, lowMarks: low.get(each.bid) ?? [] }))
  const opened = forged.opened?.(honest) ?? honest
  const bids = pricedOf(opened)
  const opening = { freeze: freeze.id, outcome: 'to-rank', valid: bids.length, invalid: opened.length - bids.length, low: low.size, decidesAfter: minute(low.size ? 63 : 45).toISOString() }
  const payload = opened.map(({ bid, outcome, reason, keys, lowMarks: marked }) => ({ bid, outcome, reason, keys, low: marked })) as Json
  return { keyring, forged, marks, enter, enterAll, others, proofs, root, tender, procedure, terms, publication, freeze, frozen, seats, seated, opening, opened, payload, envelopes, bids }
}

/** The same where it has to fail: as many bids must be valid as two, and there are fewer. */
export async function failedMerit({ least = 2, ...given }: Given & { least?: number } = {}): Promise<Failure> {
  const { enter, others, proofs, publication, freeze, frozen, seated, opening: facts, opened, payload, envelopes } = await openedStory({ fens: [30_000_00, 50_000_01, 40_000_00], texts: [undefined, undefined, ''], ...given })
  const opening = enter('tender.failed', 33, { opening: { ...facts, outcome: 'too-few-valid' }, outcome: 'too-few-valid', minimumBidders: least }, payload)
  others()
  const steps = seatedSteps({ opening: opening.body, opened, envelopes, seated: bodies(seated) })
  const bundle = buildFailure({ method: 'merit', publication: publication.body, moves: [], freeze: freeze.body, leaves: frozen.pool, steps })
  return { ...bundle, ledger: { ...proofs(publication, freeze, { seated, opening }), beacon: [] } } as unknown as Failure
}

/** The same to its result. */
export async function meritBundle(given: Given = {}): Promise<MeritBundle> {
  const { keyring, forged, marks, enter, enterAll, others, proofs, root, tender, procedure, terms, publication, freeze, frozen, seats, seated, opening: facts, opened, payload, envelopes, bids } = await openedStory(given)
  const opening = enter('bids.opened', 33, { opening: facts }, payload)
  const written = seats.map((seat): ScoreSheet => ({ format: SHEET_FORMAT, tender, seat, salt: sha256(`sheet ${seat}`).toString('hex'), marks: bids.flatMap(({ bid }) => ['c1', 'c2'].map((criterion, nth) => ({ bid, criterion, points: marks[seat - 1]![Number(bid.slice(-4))]![nth]!, reason: '方案有针对性。' }))) }))
  const hashOf = (sheet: ScoreSheet) => sha256(canonical(sheet)).toString('hex')
  const committing = written.map((sheet): Step => ['sheet.committed', { seat: sheet.seat, sheet: hashOf(sheet) }])
  const judged = enterAll(forged.judged?.(committing) ?? committing, 50)
  const shown = (forged.sheets?.(written) ?? written).map((sheet) => ({ seat: sheet.seat, hash: hashOf(sheet), sheet }))
  const decidesAfter = forged.decidesAfter ?? minute(75).toISOString()
  const reveal = enter('sheets.revealed', 60, { reveal: { opening: opening.id, sheets: shown.length, decidesAfter } }, shown as unknown as Json)
  const beacon = { source: 'local', at: decidesAfter, value: root() } as const
  others()

  const secret = drawSecret(keyring, tender)
  const poolRoot = frozen.root.toString('hex')
  const key = drawKey({ beacon, poolRoot, tender, rules: terms.rules }, secret)
  const fair = ranked(byMerit(scored(bids, shown.map(({ sheet }) => sheet), procedure.criteria)), (label) => positionOf(key, 'tie', label).toString('hex'), ({ quote, points }) => ({ value: points.total, price: comparable(quote), points }))
  const order = forged.order?.(fair) ?? fair
  const winner = order[0]?.label ?? null
  const result = enter('bids.ranked', 76, { result: { freeze: freeze.id, opening: opening.id, reveal: reveal.id, beacon, poolRoot, secret: secret.toString('hex'), purpose: 'tie', winner } }, order as unknown as Json)
  const steps = meritSteps({ opening: opening.body, result: result.body, opened, envelopes, order, reveal: reveal.body, sheets: shown as unknown as Json[], seated: bodies(seated), judged: bodies(judged) })
  const bundle = buildBundle({ method: 'merit', purpose: 'tie', publication: publication.body, freeze: freeze.body, leaves: frozen.pool, beacon, secret, winner, steps }) as MeritBundle
  return { ...bundle, ledger: proofs(publication, freeze, { seated, opening, judged, reveal, result }) }
}
