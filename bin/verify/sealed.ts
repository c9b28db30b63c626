import { decrypt } from '#verify/cipher'
import type { OpenedBid, PriceTerms, QuoteRule, SealedPart } from './bundle.ts'
import { concat, fromBase64, fromHex, toHex, utf8 } from './bytes.ts'
import { settled, type Work } from './findings.ts'
import { jcs, sha256 } from './primitives.ts'

export type Quote = { kind: 'money'; fen: number } | { kind: 'discount'; basisPoints: number }
type Offer = { tender: string; bid: string; uscc: string; quote: Quote; contribution: string; salt: string; lot?: string }

/** What a sealed bid turns out to be: its price, or the reason why it has none. */
export type Ruling = { reason: string } | { reason: null; quote: Quote; lot?: string | undefined }

/** A bid without a key, where one holder opens alone: only that holder knows that its copy would not open. */
export const KEYLESS: Ruling = { reason: 'key-not-recovered' }

/** Is this the one key that the bid's header commits to? */
export function commits({ header }: SealedPart, key: Uint8Array): boolean {
  return toHex(sha256(`mingdan/bid-key/v1\0${header.tender}\0${header.bid}\0${header.part}\0`, key)) === header.commitment
}

/** Opens a bid with the published key and rules on it; the reasons stand in the order in which they are looked for. */
export function* rulingOn({ bid, envelope }: OpenedBid, key: string, label: string, tender: string, { procedure, ceilingFen }: PriceTerms): Work<Ruling> {
  const content = yield* contentOf(envelope.parts[0], key)
  if ('reason' in content) return content
  const { value } = content
  if (!isOffer(value, procedure.tie === 'electronic-lot')) return { reason: 'no-offer' }
  if (value.tender !== tender || value.bid !== bid || value.uscc !== label) return { reason: 'other-bid' }
  const fault = faultOf(value.quote, procedure.quote, ceilingFen)
  return fault ? { reason: fault } : { reason: null, quote: value.quote, lot: value.lot }
}

/** What a part says, opened with its published key. */
export function* contentOf(part: SealedPart, key: string): Work<{ value: unknown } | { reason: string }> {
  const { header, body } = part
  if (!commits(part, fromHex(key))) return { reason: 'other-commitment' }
  const sealed = fromBase64(body)
  const plain = sealed && (yield* settled(decrypt(fromHex(key), sealed, utf8(jcs(header)))))
  if (!plain) return { reason: 'not-decrypted' }
  return canonicalIn(plain) ?? { reason: 'not-canonical' }
}

/** JSON in its one spelling, and without half a character, which has none. */
function canonicalIn(plain: Uint8Array): { value: unknown } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
    let whole = true
    const value = JSON.parse(text, (name, inner: unknown) => {
      if (HALF.test(name) || (typeof inner === 'string' && HALF.test(inner))) whole = false
      return inner
    }) as unknown
    return whole && jcs(value) === text ? { value } : undefined
  } catch {
    return undefined
  }
}

const HALF = /\p{Surrogate}/u
const MEMBERS = ['bid', 'contribution', 'quote', 'salt', 'tender', 'uscc']

/** Where equal prices are put in order by the bidders' own numbers, an offer has one of three digits; else it has none. */
function isOffer(value: unknown, withLot: boolean): value is Offer {
  if (!hasMembers(value, withLot ? [...MEMBERS, 'lot'].sort() : MEMBERS)) return false
  if (withLot && !(typeof value.lot === 'string' && /^[0-9]{3}$/.test(value.lot))) return false
  const { tender, bid, uscc, quote, contribution, salt } = value
  if ([tender, bid, uscc, contribution, salt].some((text) => typeof text !== 'string')) return false
  return (contribution as string).length <= 256 && /^[0-9a-f]{32,1024}$/.test(salt as string) && isQuote(quote)
}

function isQuote(value: unknown): value is Quote {
  if (hasMembers(value, ['fen', 'kind'])) return value.kind === 'money' && Number.isSafeInteger(value.fen) && Number(value.fen) >= 1
  if (!hasMembers(value, ['basisPoints', 'kind'])) return false
  const { kind, basisPoints } = value
  return kind === 'discount' && Number.isSafeInteger(basisPoints) && Number(basisPoints) >= 0 && Number(basisPoints) <= 10_000
}

/** An object with exactly these members, which stand in their sorted order. */
export function hasMembers(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).sort().join() === names.join()
}

function faultOf(quote: Quote, rule: QuoteRule, ceilingFen: number): string | undefined {
  if (quote.kind !== rule.kind) return 'other-kind'
  if (quote.kind === 'money') return quote.fen > ceilingFen ? 'over-ceiling' : undefined
  return rule.kind === 'discount' && (quote.basisPoints < rule.least || quote.basisPoints > rule.most) ? 'outside-bounds' : undefined
}

/** Which part of a sealed bid is not what the tender's publication asks for; undefined where all is. */
export function strangePart(opened: OpenedBid, label: string, tender: string, terms: PriceTerms): string | undefined {
  const found = opened.envelope.parts.map((part, place) => ({ place, odd: strangeIn(part, PARTS[place]!, { bid: opened.bid, label, tender }, terms) })).find(({ odd }) => odd)
  return found && `parts/${found.place}/${found.odd}`
}

const PARTS = ['offer', 'plan']

function strangeIn({ header, keys }: SealedPart, part: string, { bid, label, tender }: { bid: string; label: string; tender: string }, { procedure, sealing }: PriceTerms): string | undefined {
  const holders = sealing.holders.map(({ id }) => id)
  const asked = { ...header, suite: sealing.suite, tender, rules: procedure.rules, bid, uscc: label, part, holders }
  if (jcs(keys.map(({ holder }) => holder)) !== jcs(holders)) return 'keys'
  const { threshold } = sealing
  if (header.mode !== (threshold === undefined ? undefined : 'two-keys')) return 'header/mode'
  if (header.threshold !== threshold) return 'header/threshold'
  if (header.shares?.length !== (threshold === undefined ? undefined : holders.length)) return 'header/shares'
  const odd = (Object.keys(header) as (keyof typeof header)[]).find((name) => jcs(header[name]) !== jcs(asked[name]))
  return odd && `header/${odd}`
}

/** The bid's hash, as its receipt and its leaf name it. */
export const hashOf = ({ envelope }: OpenedBid): string => toHex(sha256(concat(jcs(envelope))))
