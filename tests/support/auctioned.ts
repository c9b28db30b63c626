import { auctionLabel, highestQuote, lastQuotes, quoteHash, type QuoteBody } from '#app/domain/bids/auction-quote.ts'
import { pricedOf, type Opened } from '#app/domain/bids/opened.ts'
import { byLowest, lowMarks, ranked } from '#app/domain/bids/ranking.ts'
import { auctionSteps, buildBundle, type AuctionBundle } from '#app/domain/draw/bundle.ts'
import { drawKey, drawSecret, positionOf, type PoolLeaf } from '#app/domain/draw/draw.ts'
import { drawTerms, freezeFacts } from '#app/domain/draw/terms.ts'
import { canonical, sha256, type Json } from '#app/domain/ledger/canonical.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { furtherRounds } from '#app/domain/tenders/auction-outage.ts'
import { auctionTimes, roundAt } from '#app/domain/tenders/auction.ts'
import { auctionProcedure } from '#app/domain/tenders/auction-procedure.ts'
import { LIFE_BEFORE } from '#app/domain/tenders/life.ts'
import { testKeyring } from './keyring.ts'
import { bidNo, labelNo } from './priced.ts'
import { minute, STORY_TENDER, storyLog } from './story-log.ts'

const CEILING = 50_000_00
const STEP = 100_00
/** By whom, in which minute after the start, and for how many fen. Three rounds take nine minutes from minute 45 on. */
export type Called = { by: number; after: number; fen: number }
/** Two are equal at the end, one never quotes, and the lowest is abnormally low. */
export const CALLS: readonly Called[] = [{ by: 0, after: 0, fen: 49_000_00 }, { by: 1, after: 1, fen: 49_000_00 }, { by: 2, after: 3, fen: 48_000_00 }, { by: 1, after: 5, fen: 47_000_00 }, { by: 0, after: 5, fen: 47_000_00 }, { by: 2, after: 8, fen: 20_000_00 }]
const BIDDERS = 4

/** Time in which nobody was served and the extension for it, in whole minutes after the start; a measured one unless an operator said so. */
export type Given = { from: number; until: number; at: number; cause?: 'operator' }
/** An outage that touched two rounds: after the last one, and the delay, there are two more. */
export const GIVEN: readonly Given[] = [{ from: 1, until: 5, at: 9 }]
/** Quotes in further rounds after those of {@link CALLS}. */
export const FURTHER: readonly Called[] = [...CALLS.slice(0, 5), { by: 2, after: 24, fen: 46_000_00 }, { by: 0, after: 28, fen: 20_000_00 }]

/** What a platform that cheats would put into its own log, well signed and hashed. */
export type Forgery = { times?: { startsAt: string; endsAt: string }; body?: (body: QuoteBody, place: number) => QuoteBody; taken?: (place: number) => number; opened?: (opened: Opened[]) => Opened[]; extension?: (facts: Record<string, Json>, place: number) => Record<string, Json>; noRule?: boolean; auction?: Record<string, Json>; ended?: number; frozen?: number }

/** A whole auction with a ledger around it. */
export function auctionBundle({ keyring = testKeyring(), calls = CALLS, given = [], forged = {} }: { keyring?: Keyring; calls?: readonly Called[]; given?: readonly Given[]; forged?: Forgery } = {}): AuctionBundle {
  const { enter, others, proofs, root } = storyLog(keyring)
  const tender = STORY_TENDER
  const minutes = (n: number) => ({ n, unit: 'min' }) as const
  const procedure = auctionProcedure({ minimumBidders: 2, application: minutes(30), drawDelay: minutes(15), bidsPerAgency: 20, life: LIFE_BEFORE, lowQuote: { ofMean: 0.5, ofNext: 0.5, ofCeiling: 0.45, explanation: minutes(30) }, auction: { delay: minutes(15), rounds: 3, round: minutes(3), stepFen: STEP, quotesPerRound: 2, ...(given.length > 0 && !forged.noRule && { outage: minutes(1) }) } })
  const terms = drawTerms(keyring, { tender, closesAt: minute(30), drawsAfter: minute(69) })
  const publication = enter('tender.published', 0, { ceilingFen: CEILING, procedure: procedure as unknown as Json, draw: terms as unknown as Json })
  others()

  const bodies = new Map(Array.from({ length: BIDDERS + 1 }, (_, number) => [bidNo(number), canonical({ tender, bid: bidNo(number), agency: { uscc: labelNo(number), name: `机构${number}` }, contribution: '无', salt: sha256(`salt ${number}`).toString('hex').slice(0, 32) })]))
  const leaves = [...bodies].map(([bid, body], number): PoolLeaf => ({ bid, bidHash: sha256(body).toString('hex'), label: number < BIDDERS ? auctionLabel(sha256(body)) : null, receivedAt: minute(1 + number).toISOString(), standing: number < BIDDERS ? 'eligible' : 'excluded', reasons: number < BIDDERS ? [] : ['withdrawn'] }))
  const frozen = freezeFacts(publication.id, leaves)
  const frozenAt = forged.frozen ?? 31
  let times = auctionTimes(procedure.auction, { closesAt: minute(30), frozenAt: minute(frozenAt) })
  const auction = forged.times ?? { startsAt: times.startsAt.toISOString(), endsAt: times.endsAt.toISOString() }
  const freeze = enter('pool.frozen', frozenAt, { ...frozen.facts, auction }, frozen.payload)

  const began = (times.startsAt.getTime() - minute(0).getTime()) / 60_000
  const pending = [...given]
  const extensions: ReturnType<typeof enter>[] = []
  const giveUntil = (after: number) => {
    while (pending.length && pending[0]!.at <= after) {
      const { from, until, at, cause } = pending.shift()!
      const gap = { from: minute(began + from), until: minute(began + until) }
      const span = furtherRounds(gap, times, procedure.auction, minute(began + at))
      const number = extensions.length + 1
      const fair = { freeze: freeze.id, number, cause: cause ?? 'outage', gap: { from: gap.from.toISOString(), until: gap.until.toISOString() }, fromEndsAt: times.endsAt.toISOString(), startsAt: span.startsAt.toISOString(), endsAt: span.endsAt.toISOString() }
      extensions.push(enter('auction.extended', began + at, { extension: forged.extension?.(fair, number - 1) ?? fair }))
      times = { ...times, endsAt: span.endsAt, further: [...(times.further ?? []), span] }
    }
  }
  let previous = frozen.root
  const quotes = calls.map(({ by, after, fen }, place) => {
    giveUntil(after)
    const round = roundAt(times, procedure.auction, minute(began + after))?.number ?? Math.floor(after / 3) + 1
    const fair = { tender, quote: bidNo(100 + place), sequence: place + 1, round, bid: bidNo(by), amountFen: fen, quotedAt: minute(began + after).toISOString(), previous: previous.toString('hex'), salt: sha256(`quote ${place}`).toString('hex').slice(0, 32) }
    const body = canonical(forged.body?.(fair, place) ?? fair)
    previous = quoteHash(body)
    const entered = enter('quote.received', forged.taken?.(place) ?? began + after, { bid: previous.toString('hex') })
    others()
    return { entered, body, bidId: (JSON.parse(body) as QuoteBody).bid, sequence: place + 1, round: fair.round, amountFen: (JSON.parse(body) as QuoteBody).amountFen }
  })
  giveUntil(Infinity)
  const last = lastQuotes(quotes)
  const found = [...bodies].slice(0, BIDDERS).map(([bid, body]): Opened => {
    const fen = last.get(bid)?.amountFen
    const { agency, salt } = JSON.parse(body) as { agency: { uscc: string }; salt: string }
    return fen === undefined ? { bid, outcome: 'invalid', reason: 'no-quote', keys: {}, offer: null, amountFen: null, lowMarks: [] } : { bid, outcome: 'valid', reason: null, keys: {}, offer: { tender, bid, uscc: agency.uscc, quote: { kind: 'money', fen }, contribution: '无', salt }, amountFen: fen, lowMarks: [] }
  })
  const marks = lowMarks(pricedOf(found), CEILING, procedure.lowQuote)
  const marked = found.map((each) => ({ ...each, lowMarks: marks.get(each.bid) ?? [] }))
  const opened = forged.opened?.(marked) ?? marked
  const valid = pricedOf(opened).length
  const ended = forged.ended ?? (times.endsAt.getTime() - minute(0).getTime()) / 60_000
  const decidesAfter = minute(marks.size ? Math.max(69, ended + 30) : Math.max(69, ended >= 69 ? ended + 15 : 69)).toISOString()
  const opening = enter('auction.ended', ended, { opening: { freeze: freeze.id, outcome: 'to-rank', valid, invalid: opened.length - valid, low: marks.size, decidesAfter }, auction: { quotes: quotes.length, last: previous.toString('hex'), ...(extensions.length > 0 && { extensions: extensions.map(({ id }) => id) }), ...forged.auction } }, opened.map(({ bid, outcome, reason, amountFen, lowMarks: low }) => ({ bid, outcome, reason, amountFen, low })) as Json)
  const beacon = { source: 'local', at: decidesAfter, value: root() } as const
  others()

  const secret = drawSecret(keyring, tender)
  const poolRoot = frozen.root.toString('hex')
  const key = drawKey({ beacon, poolRoot, tender, rules: terms.rules }, secret)
  const order = ranked(byLowest(pricedOf(opened)), (label) => positionOf(key, 'tie', label).toString('hex'))
  const winner = order[0]?.label ?? null
  const result = enter('bids.ranked', 120, { result: { freeze: freeze.id, opening: opening.id, beacon, poolRoot, secret: secret.toString('hex'), purpose: 'tie', winner } }, order)
  others()
  const steps = auctionSteps({ quotes: quotes.map(({ entered, body }) => ({ entry: entered.body, body })), extensions: extensions.map(({ body }) => body), opening: opening.body, result: result.body, opened, bodies, order })
  const bundle = buildBundle({ method: 'live-auction', purpose: 'tie', publication: publication.body, freeze: freeze.body, leaves: frozen.pool, beacon, secret, winner, steps }) as AuctionBundle
  const ledger = proofs(publication, freeze, { ...Object.fromEntries(quotes.map(({ entered }, place) => [`quote ${place}`, entered])), ...Object.fromEntries(extensions.map((entered, place) => [`extension ${place}`, entered])), opening, result })
  const { opening: openingProof, result: resultProof, ...own } = ledger.steps
  const proofsOf = (name: string) => Object.entries(own).flatMap(([key, proof]) => (key.startsWith(name) ? [proof] : []))
  return { ...bundle, ledger: { ...ledger, steps: { quotes: proofsOf('quote'), ...(extensions.length > 0 && { extensions: proofsOf('extension') }), opening: openingProof!, result: resultProof! } } } as AuctionBundle
}

/** Any row of quotes that the product would take: each as much below what it might be as the chooser says. */
export function takenCalls(wishes: readonly { by: number; after: number; below: number }[]): Called[] {
  const taken: (Called & { bidId: string; round: number; amountFen: number; sequence: number })[] = []
  for (const { by, after, below } of wishes.toSorted((one, other) => one.after - other.after)) {
    const [bid, round] = [bidNo(by), Math.floor(after / 3) + 1]
    const fen = highestQuote(taken, { bid, round, ceilingFen: CEILING, stepFen: STEP }) - below
    if (fen < 1 || taken.filter((each) => each.bidId === bid && each.round === round).length === 2) continue
    taken.push({ by, after, fen, bidId: bid, round, amountFen: fen, sequence: taken.length + 1 })
  }
  return taken
}
