import type { Quote } from '#app/domain/bids/offer.ts'
import { openBid, pricedOf, type Opened } from '#app/domain/bids/opened.ts'
import { byAverage, byLowest, lowMarks, ranked, rankedByLot, type Ranked } from '#app/domain/bids/ranking.ts'
import { countWrong, heldShare, offerOf, releaseFacts, type Share } from '#app/domain/bids/release.ts'
import { sealBid } from '#app/domain/bids/seal.ts'
import { recoverShare, sealInShares } from '#app/domain/bids/two-keys.ts'
import { buildBundle, priceSteps, type PriceBundle } from '#app/domain/draw/bundle.ts'
import { drawKey, drawSecret, positionOf, type PoolLeaf } from '#app/domain/draw/draw.ts'
import { buildFailure, type Failure } from '#app/domain/draw/failure.ts'
import { drawTerms, freezeFacts } from '#app/domain/draw/terms.ts'
import { sha256, type Json } from '#app/domain/ledger/canonical.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { sealingKey, type Holder } from '#app/domain/ledger/sealing-key.ts'
import type { QuoteRule } from '#app/domain/tenders/quote-rule.ts'
import { pricedProcedure } from '#app/domain/tenders/procedure.ts'
import { LIFE_BEFORE } from '#app/domain/tenders/life.ts'
import type { HolderName } from '#app/domain/tenders/two-keys-rule.ts'
import { movesOf, type Forged } from './drawn.ts'
import { testKeyring } from './keyring.ts'
import { sealRaw } from './sealed-raw.ts'
import { minute, STORY_TENDER, storyLog, type Entered } from './story-log.ts'

const CEILING = 50_000_00
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const money = (fen: number): Quote => ({ kind: 'money', fen })
/** Two prices are equal, one is abnormally low by two marks, and one is above the ceiling. */
const PRICES = [money(40_123_45), money(30_777_11), money(12_000_00), money(30_777_11), money(50_000_01)]

/** A price, or whatever bytes a stranger's program sealed. */
export type Sent = Quote | { raw: string | Buffer; commitment?: string; damage?: boolean }
/** What a platform that cheats would put into its own log, well signed. */
export type Forgery = {
  sealing?: (holders: readonly Holder[]) => Holder[]
  threshold?: number
  /** What the holders show, before anything is put together. */
  released?: (shown: { holder: HolderName; shares: Share[] }[]) => { holder: HolderName; shares: Share[] }[]
  opened?: (opened: Opened[]) => Opened[]
  opening?: Partial<Record<'outcome' | 'valid' | 'invalid' | 'low' | 'decidesAfter', Json>>
  order?: (order: Ranked[]) => Ranked[]
}
type Given = { forged?: Forgery; inShares?: boolean; /** The bidders' own numbers, where those put equals in order. */ lots?: readonly string[]; moved?: boolean | Forged; method?: PriceBundle['method']; sent?: readonly Sent[]; quote?: QuoteRule; keyring?: Keyring; newId?: () => string; chance?: (count: number) => Uint8Array }

export const bidNo = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
export const labelNo = (number: number): string => `9122010000000000${String(number).padStart(2, '0')}`

/** A selection by price until its bids are opened, with a ledger around it. The last bid received was withdrawn, and stays sealed. */
async function openedStory({ method = 'lowest-price', sent = PRICES, quote = { kind: 'money' }, keyring = testKeyring(), newId, chance, forged = {}, inShares = false, moved = false, lots }: Given) {
  const { enter, others, proofs, root } = storyLog(keyring, { ...(newId && { newId }) })
  const tender = STORY_TENDER
  others()
  const minutes = (n: number) => ({ n, unit: 'min' }) as const
  const procedure = pricedProcedure(method, { minimumBidders: 3, application: minutes(30), drawDelay: minutes(15), bidsPerAgency: 20, life: LIFE_BEFORE, quote, lowQuote: { ofMean: 0.5, ofNext: 0.5, ofCeiling: 0.45, explanation: minutes(30) }, ...(lots && { tie: 'electronic-lot' }) })
  const terms = drawTerms(keyring, { tender, closesAt: minute(moved ? 10 : 30), drawsAfter: minute(moved ? 20 : 45) })
  // In shares two more hold keys; here all three are made from one seed.
  const held = (inShares ? ['platform', 'owner', 'regulator'] : ['platform']).map((id) => ({ id, ...sealingKey(keyring, id === 'platform' ? tender : id) }))
  const sealing = { suite: 'intl-1', holders: held.map(({ id, publicKey }) => ({ id, publicKey })), ...(inShares && { threshold: 2 }) }
  const publication = enter('tender.published', 0, { title: '绿园区学校扩建造价咨询', ceilingFen: CEILING, procedure: procedure as unknown as Json, draw: terms as unknown as Json, sealing: { ...sealing, holders: forged.sealing?.(sealing.holders) ?? sealing.holders, ...(forged.threshold && { threshold: forged.threshold }) } })
  others()
  const moves = moved ? movesOf(publication.id, { enter, at: minute, forged: moved === true ? {} : moved }) : []
  const dates = moved ? { closesAt: minute(30), drawsAfter: minute(45), extensions: moves.flatMap(({ id, body }) => (body.includes('"tender.extended"') ? [id] : [])) } : null

  const envelopes = new Map<string, string>()
  for (const [number, each] of [...sent, money(1)].entries()) {
    const about = { tender, rules: procedure.rules, bid: bidNo(number), uscc: labelNo(number) }
    const offer = { tender, bid: about.bid, uscc: about.uscc, quote: each as Quote, contribution: number % 2 ? '运气' : '', ...(lots && { lot: lots[number] ?? '000' }), salt: sha256(`salt ${number}`).toString('hex').slice(0, 32) }
    envelopes.set(about.bid, 'raw' in each ? await sealRaw(each.raw, { ...about, holder: sealing.holders[0]!, ...each }) : inShares ? (await sealInShares({ offer }, { ...about, holders: sealing.holders, threshold: 2 })).envelope : await sealBid({ offer }, { ...about, holders: sealing.holders, ...(chance && { bytes: chance }) }))
  }
  const leaves = [...envelopes].map(([bid, body], number): PoolLeaf => ({ bid, bidHash: sha256(body).toString('hex'), label: number < sent.length ? labelNo(number) : null, receivedAt: new Date(minute(1 + number).getTime() + (lots ? (number * 389 + 254) % 1000 : 0)).toISOString(), standing: number < sent.length ? 'eligible' : 'excluded', reasons: number < sent.length ? [] : ['withdrawn'] }))
  const frozen = freezeFacts(publication.id, leaves, dates)
  const freeze = enter('pool.frozen', 31, frozen.facts, frozen.payload)
  others()

  // Owner and regulator show their shares; what a holder's key does not open, it does not show.
  const parts = new Map([...envelopes].map(([bid, body]) => [bid, offerOf(body)!]))
  const honest = await Promise.all(held.slice(1).map(async (each) => {
    const found = await Promise.all(sent.map((_, number) => recoverShare(parts.get(bidNo(number))!, each)))
    return { holder: each.id as HolderName, shares: found.flatMap((share, number) => (share ? [{ bid: bidNo(number), share: hex(share.share), salt: hex(share.salt) }] : [])) }
  }))
  const shown = inShares ? (forged.released?.(honest) ?? honest) : []
  const releases = await Promise.all(shown.map(async ({ holder, shares }) => ({ holder, shares, wrong: await countWrong(holder, shares, parts) })))
  const entered = releases.map((release) => enter('shares.released', 31, releaseFacts({ ...release, freeze: freeze.id }) as unknown as Record<string, Json>))
  if (inShares) others()
  const sharesOf = (number: number) => shown.flatMap(({ holder, shares }) => shares.filter(({ bid }) => bid === bidNo(number)).map((share) => heldShare(holder, share)))
  const found = await Promise.all(sent.map(async (_, number) => openBid({ id: bidNo(number), body: envelopes.get(bidNo(number))!, uscc: labelNo(number) }, { tender, procedure, ceilingFen: CEILING, ...(inShares ? { shares: sharesOf(number) } : { holder: held[0]! }) })))
  const marks = lowMarks(pricedOf(found), quote.kind === 'money' ? CEILING : 10_000, procedure.lowQuote)
  const marked = found.map((each) => ({ ...each, lowMarks: marks.get(each.bid) ?? [] }))
  const opened = forged.opened?.(marked) ?? marked
  const valid = pricedOf(opened).length
  const decidesAfter = minute(marks.size ? 62 : 45).toISOString()
  const facts = { freeze: freeze.id, outcome: 'to-rank', valid, invalid: opened.length - valid, low: marks.size, decidesAfter, ...forged.opening }
  const payload = opened.map(({ bid, outcome, reason, keys, lowMarks: low, holders }) => ({ bid, outcome, reason, keys, low, ...(holders?.length && { holders }) })) as Json
  const steps = { opened, envelopes, releases: releases.map(({ holder, shares }, place) => ({ holder, shares, entry: entered[place]!.body })) }
  const proven = (last: Record<string, Entered>) => proofs(publication, freeze, { ...(inShares && { releases: entered }), ...last } as Record<string, Entered | Entered[]>, { moves })
  return { method, keyring, forged, enter, others, proven, root, tender, terms, publication, freeze, frozen, moves, opened, steps, facts, payload }
}

/** The same where it has to fail: as many prices must be valid as three, and there are fewer. */
export async function failedBundle({ least = 3, ...given }: Given & { least?: number } = {}): Promise<Failure> {
  const { method, enter, others, proven, publication, freeze, frozen, steps: begun, facts, payload } = await openedStory({ sent: [money(40_123_45), money(50_000_01), { raw: 'no JSON' }], ...given })
  const opening = enter('tender.failed', 32, { opening: { ...facts, outcome: 'too-few-valid' }, outcome: 'too-few-valid', minimumBidders: least }, payload)
  others()
  const steps = priceSteps({ opening: opening.body, ...begun })
  const bundle = buildFailure({ method, publication: publication.body, moves: [], freeze: freeze.body, leaves: frozen.pool, steps })
  return { ...bundle, ledger: { ...proven({ opening }), beacon: [] } } as unknown as Failure
}

/** The same to its result. */
export async function pricedBundle(given: Given = {}): Promise<PriceBundle> {
  const { method, keyring, forged, enter, others, proven, root, tender, terms, publication, freeze, frozen, moves, opened, steps: begun, facts, payload } = await openedStory(given)
  const opening = enter('bids.opened', 32, { opening: facts }, payload)
  const beacon = { source: 'local', at: String(facts.decidesAfter), value: root() } as const
  others()

  const secret = drawSecret(keyring, tender)
  const poolRoot = frozen.root.toString('hex')
  const key = drawKey({ beacon, poolRoot, tender, rules: terms.rules }, secret)
  const groups = (method === 'average-price' ? byAverage : byLowest)(pricedOf(opened))
  const drawnAt = (label: string) => positionOf(key, 'tie', label).toString('hex')
  const fair = given.lots ? rankedByLot(groups, frozen.pool, drawnAt) : ranked(groups, drawnAt)
  const order = forged.order?.(fair) ?? fair
  const winner = order[0]?.label ?? null
  const result = enter('bids.ranked', 63, { result: { freeze: freeze.id, opening: opening.id, beacon, poolRoot, secret: secret.toString('hex'), purpose: 'tie', winner } }, order)
  others()
  const steps = priceSteps({ opening: opening.body, result: result.body, ...begun, order })
  const bundle = buildBundle({ method, purpose: 'tie', publication: publication.body, moves: moves.map(({ body }) => body), freeze: freeze.body, leaves: frozen.pool, beacon, secret, winner, steps }) as PriceBundle
  return { ...bundle, ledger: proven({ opening, result }) } as unknown as PriceBundle
}
