import { entryOf, drawn, evident, exactly, hash, instant, list, object, placed, orFailed, some, tagged, text, uuid, whole, wrongAt, type PriceShapes, type Shape } from './shape.ts'

/** A number that need not be whole. */
const number: Shape = (value, field, told) => {
  if (typeof value !== 'number') wrongAt(told, field, told.say.shape.number)
}

export const period = object({ n: whole(), unit: exactly('s', 'min', 'h', 'd', 'wd') })
const base64 = text(/^(?=.)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)
const REASONS = ['key-not-recovered', 'share-wrong', 'shares-missing', 'other-commitment', 'not-decrypted', 'not-canonical', 'no-offer', 'other-bid', 'other-kind', 'over-ceiling', 'outside-bounds']
const sealed = exactly('mingdan-sealed-bid/v1')
/** What both prices and auctions have. */
export const ceiling = whole(1)
export const lowQuote = object({ ofMean: number, ofNext: number, ofCeiling: number, explanation: period })
export const lowMarks = list(exactly('of-mean', 'of-next', 'of-ceiling'))
export const openingFacts = (outcome: 'to-rank' | 'too-few-valid') => object({ freeze: uuid, outcome: exactly(outcome), valid: whole(), invalid: whole(), low: whole(), decidesAfter: instant })
/** What the entry of a failure says besides. */
export const tooFew = { outcome: exactly('too-few-valid'), minimumBidders: whole(1) }
const envelope = object({
  format: sealed,
  parts: list(object({
    header: object({ format: sealed, suite: text(), tender: text(), rules: text(), bid: uuid, uscc: text(), part: exactly('offer'), commitment: hash, holders: list(text(), 1), mode: exactly('two-keys'), threshold: whole(2), shares: list(hash, 2) }, { maybe: ['mode', 'threshold', 'shares'] }),
    body: base64,
    keys: list(object({ holder: text(), enc: base64, sealed: base64 }), 1),
  }), 1, 1),
})

const priced = {
  procedure: object({
    rules: text(), method: text(), minimumBidders: whole(1), drawDelay: period,
    quote: tagged('kind', { money: object({ kind: text() }), discount: object({ kind: text(), least: whole(), most: whole() }) }),
    lowQuote,
  }, { open: true }),
  ceilingFen: ceiling,
  sealing: object({ suite: exactly('intl-1'), holders: list(object({ id: some, publicKey: hash }), 1), threshold: whole(2) }, { maybe: ['threshold'] }),
}
const priceShape = (method: string) => orFailed(method, priced, {
  releases: list(entryOf('shares.released', { release: object({ freeze: uuid, holder: some, shown: whole(), wrong: whole(), shares: hash }) }), 1),
  released: list(object({ holder: some, shares: list(object({ bid: uuid, share: text(/^[0-9a-f]{66}$/), salt: text(/^[0-9a-f]{32}$/) })) }), 1),
  opening: entryOf('bids.opened', { opening: openingFacts('to-rank') }),
  opened: list(object({ bid: uuid, outcome: exactly('valid', 'invalid'), reason: exactly(null, ...REASONS), keys: object({ offer: hash }, { maybe: ['offer'] }), low: lowMarks, holders: list(some, 1), envelope }, { maybe: ['holders'] })),
  result: entryOf('bids.ranked', { result: object({ ...drawn, opening: uuid, purpose: exactly('tie') }, evident) }),
  order: list(object({ ...placed, bid: uuid, value: whole() })),
}, entryOf('tender.failed', { opening: openingFacts('too-few-valid'), ...tooFew }))

/** What a bundle by sealed price has, by method. */
export const priceShapes: PriceShapes = { 'lowest-price': priceShape('lowest-price'), 'average-price': priceShape('average-price') }
