import { entryOf, drawn, evident, exactly, hash, instant, list, object, orFailed, period, placed, some, tagged, text, uuid, whole, wrongAt, type Members, type Shape } from './shape.ts'

/** A number that need not be whole. */
const number: Shape = (value, field, told) => {
  if (typeof value !== 'number') wrongAt(told, field, told.say.shape.number)
}

const base64 = text(/^(?=.)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)
export const REASONS = ['key-not-recovered', 'share-wrong', 'shares-missing', 'other-commitment', 'not-decrypted', 'not-canonical', 'no-offer', 'other-bid', 'other-kind', 'over-ceiling', 'outside-bounds']
const sealed = exactly('mingdan-sealed-bid/v1')
/** What both prices and auctions have. */
export const ceiling = whole(1)
export const lowQuote = object({ ofMean: number, ofNext: number, ofCeiling: number, explanation: period })
export const lowMarks = list(exactly('of-mean', 'of-next', 'of-ceiling'))
export const openingFacts = (outcome: 'to-rank' | 'too-few-valid') => object({ freeze: uuid, outcome: exactly(outcome), valid: whole(), invalid: whole(), low: whole(), decidesAfter: instant })
/** What the entry of a failure says besides. */
export const tooFew = { outcome: exactly('too-few-valid'), minimumBidders: whole(1) }
const part = (...names: string[]) =>
  object({
    header: object({ format: sealed, suite: text(), tender: text(), rules: text(), bid: uuid, uscc: text(), part: exactly(...names), commitment: hash, holders: list(text(), 1), mode: exactly('two-keys'), threshold: whole(2), shares: list(hash, 2) }, { maybe: ['mode', 'threshold', 'shares'] }),
    body: base64,
    keys: list(object({ holder: text(), enc: base64, sealed: base64 }), 1),
  })
const envelopeOf = (...parts: string[]) => object({ format: sealed, parts: list(part(...parts), parts.length, parts.length) })
/** The opened bids, each with its parts; `plan` has a key of its own where plans are public. */
export const openedOf = (parts: string[], reasons: readonly string[]) =>
  list(object({ bid: uuid, outcome: exactly('valid', 'invalid'), reason: exactly(null, ...reasons), keys: object(Object.fromEntries(parts.map((name) => [name, hash])), { maybe: parts }), low: lowMarks, holders: list(some, 1), envelope: envelopeOf(...parts) }, { maybe: ['holders'] }))

/** What publication says of prices; a method may ask more of its procedure. */
export const pricedOf = (more: Members = {}): Members => ({
  procedure: object({
    rules: text(), method: text(), minimumBidders: whole(1), drawDelay: period,
    quote: tagged('kind', { money: object({ kind: text() }), discount: object({ kind: text(), least: whole(), most: whole() }) }),
    lowQuote, tie: exactly('draw', 'electronic-lot'),
    ...more,
  }, { open: true }),
  ceilingFen: ceiling,
  sealing: object({ suite: exactly('intl-1'), holders: list(object({ id: some, publicKey: hash }), 1), threshold: whole(2) }, { maybe: ['threshold'] }),
})
export const opening = entryOf('bids.opened', { opening: openingFacts('to-rank') })
export const failedOpening = entryOf('tender.failed', { opening: openingFacts('too-few-valid'), ...tooFew })

const priceShape = (method: string) => orFailed(method, pricedOf(), { before: {
  releases: list(entryOf('shares.released', { release: object({ freeze: uuid, holder: some, shown: whole(), wrong: whole(), shares: hash }) }), 1),
  released: list(object({ holder: some, shares: list(object({ bid: uuid, share: text(/^[0-9a-f]{66}$/), salt: text(/^[0-9a-f]{32}$/) })) }), 1),
  opening,
  opened: openedOf(['offer'], REASONS),
}, after: {
  result: entryOf('bids.ranked', { result: object({ ...drawn, opening: uuid, purpose: exactly('tie') }, evident) }),
  order: list(object({ ...placed, bid: uuid, value: whole(), lot: whole() }, { maybe: ['lot'] })),
} }, failedOpening)

/** What a bundle by sealed price alone has, by method. */
export const priceShapes = { 'lowest-price': priceShape('lowest-price'), 'average-price': priceShape('average-price') }
